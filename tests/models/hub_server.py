"""A model hub on the loopback, which speaks as much of the hub's protocol as huggingface_hub asks of it."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

COMMIT = "c0ffee" * 6 + "c0ff"
LARGE = 5_000  # bytes from which a file is kept by its SHA-256, as with Git LFS


@dataclass
class Hub:
    """What the hub has, and how it misbehaves.

    Attributes:
        files: by commit, then by name.
        references: what stands for which commit.
        failures: statuses that a file's next requests get, in turn.
        breaks: after how many bytes each next connection for a file ends, in turn.
        lies: bytes that are sent in a file's place.
        pace: seconds of sleep after each kilobyte.
        asked: every request, method and path.
        ranges: the Range header of every request for the bytes of a file, by name.

    """

    repo: str
    files: dict[str, dict[str, bytes]]
    references: dict[str, str] = field(default_factory=lambda: {"main": COMMIT})
    failures: dict[str, list[int]] = field(default_factory=dict)
    breaks: dict[str, list[int]] = field(default_factory=dict)
    lies: dict[str, bytes] = field(default_factory=dict)
    pace: float = 0.0
    asked: list[str] = field(default_factory=list)
    ranges: dict[str, list[str | None]] = field(default_factory=dict)
    address: str = ""

    def commit(self, revision: str) -> str | None:
        return revision if revision in self.files else self.references.get(revision)


def etag(data: bytes) -> str:
    if len(data) >= LARGE:
        return hashlib.sha256(data).hexdigest()
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


def described(name: str, data: bytes) -> dict[str, Any]:
    """A file in a listing; `rfilename` and `blobId` in the one kind, `path` and `oid` in the other."""
    git = hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()
    both = {"rfilename": name, "path": name, "type": "file", "size": len(data), "blobId": git, "oid": git}
    if len(data) < LARGE:
        return both
    digest = hashlib.sha256(data).hexdigest()
    return {**both, "lfs": {"sha256": digest, "oid": digest, "size": len(data), "pointerSize": 130}}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    hub: Hub

    def log_message(self, *_: object) -> None:
        pass

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        self.hub.asked.append(f"{self.command} {path}")
        repo = re.escape(self.hub.repo)
        if waiting := self.hub.failures.get(path.rsplit("/", 1)[-1]):
            self.refuse(waiting.pop(0), "")
        elif found := re.fullmatch(rf"/api/models/{repo}/revision/(.+)", path):
            self.listing(found[1], "model")
        elif found := re.fullmatch(rf"/api/models/{repo}/tree/([^/]+)", path):
            self.listing(found[1], "tree")
        elif found := re.fullmatch(rf"/{repo}/resolve/([^/]+)/(.+)", path):
            self.file(found[1], found[2])
        else:
            self.refuse(404, "RepoNotFound")

    def refuse(self, status: int, code: str) -> None:
        self.answer(status, b"", {"X-Error-Code": code} if code else {})

    def answer(self, status: int, data: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(data)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(data)

    def listing(self, revision: str, kind: str) -> None:
        commit = self.hub.commit(revision)
        if commit is None:
            self.refuse(404, "RevisionNotFound")
            return
        files = [described(name, data) for name, data in self.hub.files[commit].items()]
        answer = files if kind == "tree" else {"id": self.hub.repo, "sha": commit, "siblings": files}
        self.answer(200, json.dumps(answer).encode(), {"Content-Type": "application/json"})

    def file(self, revision: str, name: str) -> None:
        commit = self.hub.commit(revision)
        if commit is None or name not in self.hub.files[commit]:
            self.refuse(404, "EntryNotFound")
            return
        true = self.hub.files[commit][name]
        data = self.hub.lies.get(name, true)
        wanted = self.headers.get("Range")
        if self.command == "GET":
            self.hub.ranges.setdefault(name, []).append(wanted)
        start = int(wanted.removeprefix("bytes=").split("-")[0]) if wanted else 0
        self.send_response(206 if wanted else 200)
        self.send_header("Content-Length", str(len(data) - start))
        self.send_header("ETag", f'"{etag(true)}"')
        self.send_header("X-Repo-Commit", commit)
        self.end_headers()
        if self.command == "GET":
            self.pour(name, data[start:])

    def pour(self, name: str, data: bytes) -> None:
        """Send the bytes, or as many as this connection is to last."""
        stops = self.hub.breaks.get(name)
        most = stops.pop(0) if stops else len(data)
        for at in range(0, min(most, len(data)), 1024):
            self.wfile.write(data[at : min(at + 1024, most)])
            if self.hub.pace:
                self.wfile.flush()
                threading.Event().wait(self.hub.pace)
        self.close_connection = most < len(data)


@contextmanager
def serving(hub: Hub) -> Iterator[Hub]:
    """Let the hub answer at its `address` while the block lasts."""
    handler = type("Bound", (Handler,), {"hub": hub})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    hub.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
