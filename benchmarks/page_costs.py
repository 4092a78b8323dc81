"""What costly pages cost, and what a second process costs per ordinary page.

    python -m benchmarks.page_costs [--quick] [--json]

Costly pages: each kind is read in two sizes, one twice the other; `growth` is the ratio of their processor times. About
2 is linear, 4 is quadratic; a page that is rejected at once has almost none. Ordinary pages: the stories of testkit in
the markup of thirteen publishers, and the saved real pages where present, read in this process and in the child process
that `etl.extract.page.budget` gives the clean stage; `child` is the ratio of the times on the clock, 1.10 is a tenth
more.
"""

import argparse
import json
import time
from collections.abc import Callable
from contextlib import suppress
from statistics import median

from etl.errors import RejectedArticle
from etl.extract.page import extract_page
from etl.extract.page.budget import BudgetedReader, PageReader
from testkit.article_pages import STORIES, SavedPage, make_own_pages, read_saved_pages
from testkit.corpus import DEFAULT_DATA

_SIZES = (10_000, 20_000)
_QUICK_SIZES = (2_000, 4_000)
_TITLE = STORIES[0]["title"]
_START = f"<html><head><title>{_TITLE}</title></head><body><h1>{_TITLE}</h1>" + "".join(
    f"<p>{paragraph}</p>" for paragraph in STORIES[0]["paragraphs"]
)
_LINE = "समिति के सचिव ने कहा कि इससे सबका काम आसान होगा और समय भी बचेगा।"
COSTLY: dict[str, Callable[[int], str]] = {
    "nested tags": lambda n: _START + "<div>क" * n,
    "nested 200 deep": lambda n: _START + ("<div>" * 200 + "क" + "</div>" * 200) * (n // 200),
    "inline tags": lambda n: _START + "<p>" + "<span>क</span> " * n,
    "<time>": lambda n: _START + "<time>क</time>" * n,
    "spaces in og:title": lambda n: f'<meta property="og:title" content="क{"	" * 10 * n}">' + _START,
    "long class name": lambda n: _START + f'<div class="{"most_" * n}">क</div>',
    "<script without an end": lambda n: _START + "<script " * n,
    "meta dates": lambda n: "<meta name=date content=x>" * n + _START,
    "headings": lambda n: _START + f"<h2 class=title>एक और खबर का शीर्षक यहां</h2><p>{_LINE}</p>" * (n // 4),
    "line breaks": lambda n: _START + "<div><img>" + "कुछ शब्द यहां हैं<br><br>" * (n // 2),
    "short lines": lambda n: _START + "".join(f"<p>{number} देश खबर ऐप</p>" for number in range(n // 2)),
    "items in JSON-LD": lambda n: (
        '<script type="application/ld+json">['
        + ",".join(f'{{"@type":"NewsArticle","headline":"खबर {number}"}}' for number in range(n))
        + "]</script>"
        + _START
    ),
    "microdata": lambda n: (
        _START + "<div itemscope itemtype=Article><b itemprop=headline>क</b></div>" * (n // 2)
    ),
    "stories in script": lambda n: (
        _START.partition("<p>")[0]
        + "<script>a=["
        + ",".join(f'{{title:"{_TITLE}",body:"{_LINE}"}}' for _ in range(n // 10))
        + "]</script>"
    ),
}


def measure_costly(sizes: tuple[int, int]) -> dict[str, dict[str, float]]:
    """Return, by kind, the processor time of the larger page in seconds and its growth against the smaller one."""
    found: dict[str, dict[str, float]] = {}
    for kind, make in COSTLY.items():
        small, large = (min(_cpu_seconds(make(size).encode()) for _ in range(2)) for size in sizes)
        found[kind] = {"seconds": large, "growth": large / max(small, 0.005)}
    return found


def measure_ordinary(rounds: int) -> dict[str, float]:
    """Return milliseconds per ordinary page in this process and in the child process, and their ratio."""
    pages = make_own_pages() + read_saved_pages(DEFAULT_DATA / "html")
    own: list[float] = []
    child: list[float] = []
    with BudgetedReader(()) as read_page:
        began = time.perf_counter()
        _read(read_page, pages[0].payload, pages[0].url)
        start_seconds = time.perf_counter() - began
        for _ in range(rounds):
            own.append(_clock_seconds(extract_page, pages))
            child.append(_clock_seconds(read_page, pages))
    return {
        "pages": len(pages),
        "here, ms": 1000 * median(own) / len(pages),
        "child, ms": 1000 * median(child) / len(pages),
        "child": median(theirs / ours for theirs, ours in zip(child, own, strict=True)),
        "start of the child, s": start_seconds,
    }


def _cpu_seconds(payload: bytes) -> float:
    began = time.process_time()
    _read(extract_page, payload, "https://nagar.example/a")
    return time.process_time() - began


def _clock_seconds(read_page: PageReader, pages: list[SavedPage]) -> float:
    began = time.perf_counter()
    for page in pages:
        _read(read_page, page.payload, page.url)
    return time.perf_counter() - began


def _read(read_page: PageReader, payload: bytes, url: str | None) -> None:
    with suppress(RejectedArticle):
        read_page(payload, url=url)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    costly = measure_costly(_QUICK_SIZES if chosen.quick else _SIZES)
    ordinary = measure_ordinary(2 if chosen.quick else 7)
    if chosen.json:
        print(json.dumps({"costly": costly, "ordinary": ordinary}, indent=2))
        return
    print(f"{'costly pages':26}{'seconds':>9}{'growth':>9}")
    for kind, figures in costly.items():
        print(f"{kind:26}{figures['seconds']:9.2f}{figures['growth']:9.1f}")
    print("\nordinary pages")
    for name, figure in ordinary.items():
        print(f"{name:26}{figure:9.2f}")


if __name__ == "__main__":
    main()
