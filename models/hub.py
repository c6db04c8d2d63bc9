"""What sunto asks of a model hub: which files a revision has, and their bytes, from wherever it was broken off.

Through huggingface_hub, so that HF_ENDPOINT, HF_HOME, HF_TOKEN, HF_HUB_OFFLINE and the proxies of the environment
mean what they mean elsewhere.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from models.errors import ModelError, PullFailed

if TYPE_CHECKING:
    from huggingface_hub.hf_api import ModelInfo

Answer = TypeVar("Answer")
Told = Callable[[int], None]
PAUSES = (1.0, 2.0, 4.0, 8.0)  # seconds before the next try of what failed for the moment
SECONDS = 30  # without a byte, after which a connection counts as dead
CHUNK = 1 << 18
TOO_MANY, SERVER_FAULT = 429, 500
PARTIAL, RANGE_REFUSED = 206, 416


class Passing(Exception):
    """What failed may work on the next try."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of a revision.

    Attributes:
        size: bytes.
        etag: what the hub names its bytes by: SHA-256 of a large file, git's SHA-1 of a small one.

    """

    name: str
    size: int
    etag: str

    @property
    def large(self) -> bool:
        """Whether the hub names the file by its SHA-256."""
        return len(self.etag) == hashlib.sha256().digest_size * 2

    def matches(self, path: Path) -> bool:
        """Whether the file on disk has the bytes that the hub states."""
        if path.stat().st_size != self.size:
            return False
        digest = hashlib.sha256() if self.large else hashlib.sha1(b"blob %d\0" % self.size, usedforsecurity=False)
        with path.open("rb") as stream:
            while data := stream.read(CHUNK):
                digest.update(data)
        return digest.hexdigest() == self.etag


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit of a repository and its files by name."""

    repo: str
    commit: str
    files: dict[str, File]


def look(repo: str, revision: str) -> Revision:
    """The commit that a branch, a tag, a reference or a commit stands for now, and its files.

    Raises:
        PullFailed: the hub has no such thing, or cannot be reached.

    """
    from huggingface_hub import HfApi

    api = HfApi()

    def ask() -> ModelInfo:
        return api.model_info(repo, revision=revision, files_metadata=True, timeout=SECONDS)

    info = _tried(repo, revision, ask)
    files = {}
    for sibling in info.siblings or []:
        etag = sibling.lfs.sha256 if sibling.lfs else sibling.blob_id
        if etag and sibling.size is not None:
            files[sibling.rfilename] = File(sibling.rfilename, sibling.size, etag)
    if not info.sha:
        raise PullFailed(f"the hub names no commit for {repo} at {revision}")
    return Revision(repo, info.sha, files)


def fetch(revision: Revision, file: File, part: Path, told: Told) -> None:
    """Append to `part` what it lacks of a file; the connection may break as often as it likes while bytes arrive.

    Args:
        revision: what the file is of.
        file: the file to fetch.
        part: what there is of it; afterwards as many bytes as the hub states.
        told: called with the number of bytes there are now.

    Raises:
        PullFailed: the hub refuses, or no more bytes come.

    """
    failures = 0
    while (have := part.stat().st_size if part.exists() else 0) < file.size:
        try:
            with _plainly(revision.repo, file.name):
                _append(revision, file, part, told)
        except Passing as error:
            failures = 0 if part.exists() and part.stat().st_size > have else failures + 1
            if failures > len(PAUSES):
                raise PullFailed(
                    f"{file.name} of {revision.repo} broke off at {have:,} of {file.size:,} bytes ({error}); "
                    "run the same command again: it goes on from there"
                ) from error
            time.sleep(PAUSES[max(failures - 1, 0)])


def assemble(revision: Revision, names: list[str]) -> Path:
    """The folder of a revision in the hub's cache, with the files of those names, whose bytes are there already.

    Raises:
        PullFailed: the hub cannot be reached.

    """
    from huggingface_hub import snapshot_download
    from huggingface_hub.utils import disable_progress_bars

    disable_progress_bars()

    def ask() -> str:
        return str(snapshot_download(revision.repo, revision=revision.commit, allow_patterns=names))

    return Path(_tried(revision.repo, revision.commit, ask))


def repository_folder(repo: str) -> Path:
    """Where the hub's cache keeps a repository; HF_HOME and HF_HUB_CACHE move it."""
    from huggingface_hub import constants

    return Path(constants.HF_HUB_CACHE) / f"models--{repo.replace('/', '--')}"


def _append(revision: Revision, file: File, part: Path, told: Told) -> None:
    from huggingface_hub import hf_hub_url
    from huggingface_hub.utils import build_hf_headers, get_session, hf_raise_for_status

    have = part.stat().st_size if part.exists() else 0
    headers = {**build_hf_headers(), "Accept-Encoding": "identity"}
    if have:
        headers["Range"] = f"bytes={have}-"
    url = hf_hub_url(revision.repo, file.name, revision=revision.commit)
    with get_session().stream("GET", url, headers=headers, timeout=SECONDS, follow_redirects=True) as response:
        if response.status_code == RANGE_REFUSED:
            part.unlink()
            raise Passing("the server does not continue a file")
        hf_raise_for_status(response)
        with part.open("ab" if response.status_code == PARTIAL else "wb") as stream:
            for data in response.iter_bytes():  # as they come, so that none is lost with the connection
                stream.write(data)
                stream.flush()
                told(stream.tell())
                if stream.tell() > file.size:
                    return  # not the file that the hub stated; its hash will say so
    if part.stat().st_size < file.size:
        raise Passing("the server sent less than it promised")


def _tried(repo: str, what: str, ask: Callable[[], Answer]) -> Answer:
    """The answer to a question, asked again where a failure may pass."""
    for pause in (*PAUSES, None):
        try:
            with _plainly(repo, what):
                return ask()
        except Passing as error:
            if pause is None:
                raise PullFailed(f"the hub does not answer for {repo} ({error}); try again later") from error
            time.sleep(pause)
    raise AssertionError  # pragma: no cover - the loop always ends above


@contextmanager
def _plainly(repo: str, what: str) -> Iterator[None]:
    """Turn errors of the hub's library into `Passing` or a `PullFailed` that says what to do."""
    import httpx2
    from huggingface_hub import errors

    try:
        yield
    except errors.OfflineModeIsEnabled as error:
        raise PullFailed(
            f"{repo} is not fetched because HF_HUB_OFFLINE is set; unset it, or copy the model's folder from another "
            "machine and name it: --model FOLDER"
        ) from error
    except errors.GatedRepoError as error:
        raise PullFailed(f"{repo} asks for consent to its terms; give it on the hub and set HF_TOKEN") from error
    except errors.RevisionNotFoundError as error:
        raise PullFailed(f"{repo} has no revision {what!r}") from error
    except errors.RepositoryNotFoundError as error:
        raise PullFailed(f"the hub has no repository {repo}, or HF_TOKEN has no right to it") from error
    except errors.LocalEntryNotFoundError as error:  # a kind of the next, but it means that nobody answered
        raise PullFailed(f"the hub no longer answers for {repo}; run the same command again") from error
    except errors.EntryNotFoundError as error:
        raise PullFailed(f"{repo} has no file {what} (404)") from error
    except errors.HfHubHTTPError as error:
        status = error.response.status_code
        if status == TOO_MANY or status >= SERVER_FAULT:
            raise Passing(f"status {status}") from error
        raise PullFailed(f"the hub refuses {what} of {repo}: status {status}") from error
    except (httpx2.ProxyError, httpx2.ConnectError) as error:
        raise PullFailed(
            f"the hub cannot be reached ({_first_line(error)}); check the network and HTTPS_PROXY, or copy the model's "
            "folder from another machine and name it: --model FOLDER"
        ) from error
    except (httpx2.TransportError, httpx2.StreamError) as error:
        raise Passing(_first_line(error)) from error
    except (ModelError, OSError, Passing):
        raise
    except (ValueError, TypeError, KeyError) as error:
        raise PullFailed(f"the answer of the hub for {repo} makes no sense: {_first_line(error)}") from error


def _first_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
