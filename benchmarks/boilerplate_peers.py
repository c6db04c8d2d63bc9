"""Extractors side by side on the labelled pages, as text and as HTML; those that are not installed are left out.

    python -m benchmarks.boilerplate_peers [--only-shared]

The HTML of the pages is that of `boilerplate_html`. Peers that read no plain text get each line as a paragraph.
"""

from __future__ import annotations

import argparse
import importlib.util
import time
from collections.abc import Callable, Sequence
from html import escape

from benchmarks.boilerplate import Figures, count, stripped
from benchmarks.boilerplate_html import as_html
from benchmarks.boilerplate_pages import Labelled, own, shared
from summarize import reading

Extract = Callable[[str], str]


def trafilatura_with(**options: bool) -> Extract:
    def run(markup: str) -> str:
        import trafilatura  # noqa: PLC0415 - optional

        return trafilatura.extract(markup, **options) or ""

    return run


def justext(markup: str) -> str:
    import justext as library  # noqa: PLC0415 - optional

    paragraphs = library.justext(markup.encode(), library.get_stoplist("Italian"))
    return "\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate)


def readability(markup: str) -> str:
    from readability import Document  # noqa: PLC0415 - optional

    page = reading.read(f"<html>{Document(markup).summary()}</html>".encode())
    return "\n".join(line.text for line in page.lines)


def newspaper(markup: str) -> str:
    from newspaper import Article  # noqa: PLC0415 - optional

    article = Article("https://voce.example/a", language="it")
    article.download(input_html=markup)  # it fetches nothing when it is given the page
    article.parse()
    return str(article.text)


def goose(markup: str) -> str:
    from goose3 import Goose  # noqa: PLC0415 - optional

    with Goose({"target_language": "it", "use_meta_language": False}) as extractor:
        return str(extractor.extract(raw_html=markup).cleaned_text)


PEERS: dict[str, tuple[str, Extract]] = {
    "trafilatura": ("trafilatura", trafilatura_with()),
    "trafilatura precision": ("trafilatura", trafilatura_with(favor_precision=True)),
    "trafilatura recall": ("trafilatura", trafilatura_with(favor_recall=True)),
    "jusText (Italian)": ("justext", justext),
    "readability-lxml": ("readability", readability),
    "newspaper4k": ("newspaper", newspaper),
    "goose3": ("goose3", goose),
}


def plain(page: Labelled) -> str:
    """A text page as the simplest HTML."""
    return "<html><body>" + "".join(f"<p>{escape(line.text)}</p>" for line in page.page.lines) + "</body></html>"


def measured(pages: Sequence[Labelled], extract: Callable[[Labelled], str]) -> tuple[Figures, float, int]:
    """Figures, pages a second of processor time, and the pages on which the extractor raised an error."""
    figures, failed, spent = Figures(), 0, 0.0
    for page in pages:
        start = time.process_time()
        try:
            text = extract(page)
        except Exception as error:
            text, failed = "", failed + 1
            print(f"  ({type(error).__name__} on {page.name})")
        spent += time.process_time() - start
        count(figures, page, text.splitlines())
    return figures, len(pages) / spent, failed


def _of(extract: Extract, source: dict[str, str]) -> Callable[[Labelled], str]:
    return lambda page: extract(source[page.name])


def table(title: str, pages: Sequence[Labelled]) -> None:
    print(f"\n{title}: {len(pages)} pages")
    everything = measured(pages, lambda page: "\n".join(line.text for line in page.page.lines))
    rows = [("keep everything", "text", everything)]
    html = {page.name: as_html(page) for page in pages}
    simple = {page.name: plain(page) for page in pages}
    for name, (module, extract) in PEERS.items():
        if importlib.util.find_spec(module) is None:
            continue
        for form, source in (("text", simple), ("html", html)):
            rows.append((name, form, measured(pages, _of(extract, source))))
    rows.append(("sunto", "text", measured(pages, lambda page: "\n".join(stripped(page)))))
    rows.append(("sunto", "html", measured(pages, lambda page: "\n".join(stripped(page, html=True)))))
    for name, form, (figures, speed, failed) in rows:
        shares = f"removed {figures.removed:.3f}  kept {figures.held:.3f}"
        print(f"{name:22} {form}  {shares}  {speed:7.1f} pages/s  {failed} errors")


def main() -> None:
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    table("own pages", own())
    if shared():
        table("labelled articles beside the checkout", shared())


if __name__ == "__main__":
    main()
