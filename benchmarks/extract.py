"""What is read from article pages, side by side with trafilatura, newspaper4k and news-please.

    python -m benchmarks.extract [--quick] [--json] [--pages ../shared/data/html]

Pages: three stories of ours in the markup of eight publishers, and the saved real pages where present. `ours` is read
without the publishers' selectors, `ours, selectors` with them. Each other tool runs in an environment of its own under
`.benchmarks/`, made on first use (`--quick` leaves them out). A title is right when it is the headline letter for
letter (spaces apart), a date when its day in India is; bodies are scored by token F1 where the answer is known.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.corpus import DEFAULT_DATA
from benchmarks.pages import SavedPage, make_own_pages, read_saved_pages, token_f1
from etl.config import REPOSITORY
from etl.errors import RejectedArticle
from etl.extract.page import extract_page
from etl.extract.page.decode import decode_page
from etl.extract.sources import Source, read_sources

IST = ZoneInfo("Asia/Kolkata")
TOOLS = {
    "trafilatura": ["trafilatura==2.3.1", "lxml_html_clean"],
    "newspaper4k": ["newspaper4k[hi]==0.9.6", "lxml_html_clean"],
    "news-please": ["news-please==1.6.16", "newspaper4k[hi]", "lxml_html_clean"],
}


@dataclass(frozen=True, slots=True)
class Score:
    """One tool on one set of pages; shares of 1."""

    title: float
    date: float
    body_f1: float
    body_worst: float


def read_ours(pages: Iterable[SavedPage], sources: tuple[Source, ...]) -> dict[str, dict[str, Any]]:
    """Return what we read, by name of page."""
    answers: dict[str, dict[str, Any]] = {}
    for page in pages:
        try:
            article = extract_page(page.payload, url=page.url, sources=sources)
        except RejectedArticle:
            answers[page.name] = {}
            continue
        published = article.published_at.isoformat() if article.published_at else None
        answers[page.name] = {"title": article.title, "published": published, "body": article.text}
    return answers


def read_with(tool: str, pages: Iterable[SavedPage]) -> dict[str, dict[str, Any]]:
    """Return what another tool reads, by name of page."""
    python = make_environment(tool)
    with tempfile.TemporaryDirectory() as folder:
        for page in pages:
            Path(folder, f"{page.name}.html").write_text(decode_page(page.payload), encoding="utf-8")
        script = Path(__file__).with_name("extractors.py")
        done = subprocess.run(
            [str(python), str(script), tool, folder], capture_output=True, text=True, check=True
        )
    answers = (json.loads(line) for line in done.stdout.splitlines() if line.startswith("{"))
    return {answer["name"]: answer for answer in answers}


def make_environment(tool: str) -> Path:
    """Return the Python of a tool's own environment, which is made where it is missing."""
    home = REPOSITORY / ".benchmarks" / tool
    python = home / "bin" / "python"
    if not (home / "ready").exists():
        venv.create(home, with_pip=True, clear=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, *TOOLS[tool]], check=True)
        (home / "ready").touch()
    return python


def score(pages: list[SavedPage], answers: dict[str, dict[str, Any]]) -> Score:
    """Compare answers with what is known."""
    f1 = [token_f1(answers.get(p.name, {}).get("body") or "", p.body) for p in pages if p.body is not None]
    return Score(
        title=sum(_is_title(answers.get(p.name, {}).get("title"), p.title) for p in pages) / len(pages),
        date=sum(_is_day(answers.get(p.name, {}).get("published"), p.published_at) for p in pages)
        / len(pages),
        body_f1=sum(f1) / len(f1),
        body_worst=min(f1),
    )


def _is_title(found: str | None, wanted: str) -> bool:
    return " ".join((found or "").split()) == " ".join(wanted.split())


def _is_day(found: str | None, wanted: datetime) -> bool:
    if not found:
        return False
    moment = datetime.fromisoformat(found)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=IST)
    return moment.astimezone(IST).date() == wanted.astimezone(IST).date()


def run(pages_dir: Path, *, quick: bool) -> dict[str, dict[str, Score]]:
    """Return the scores by set of pages and tool."""
    sources = read_sources(REPOSITORY / "seeds" / "sources.toml")
    sets = {"own pages": make_own_pages(), "real pages": read_saved_pages(pages_dir)}
    scores: dict[str, dict[str, Score]] = {}
    for name, pages in sets.items():
        if pages:
            answers = {"ours": read_ours(pages, ()), "ours, selectors": read_ours(pages, sources)}
            answers |= {} if quick else {tool: read_with(tool, pages) for tool in TOOLS}
            scores[name] = {tool: score(pages, given) for tool, given in answers.items()}
    return scores


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=Path, default=DEFAULT_DATA / "html")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    began = time.process_time()
    scores = run(chosen.pages, quick=chosen.quick)
    if chosen.json:
        plain = {
            pages: {tool: {name: getattr(s, name) for name in s.__slots__} for tool, s in tools.items()}
            for pages, tools in scores.items()
        }
        print(json.dumps(plain, indent=2))
        return
    for pages, tools in scores.items():
        print(f"\n{pages:18}{'title':>8}{'date':>8}{'body F1':>9}{'worst':>8}")
        for tool, s in tools.items():
            print(f"{tool:18}{s.title:8.2f}{s.date:8.2f}{s.body_f1:9.3f}{s.body_worst:8.3f}")
    print(f"\n({time.process_time() - began:.0f} s of our own processor time)", file=sys.stderr)


if __name__ == "__main__":
    main()
