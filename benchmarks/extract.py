"""Quality of page extraction, compared with trafilatura, newspaper4k and news-please.

    python -m benchmarks.extract [--quick] [--json] [--pages ../shared/data/html]

Pages: our three stories in thirteen templates, and the saved real pages where present. `ours` does not use the
publishers' selectors, `ours, selectors` does. Each other tool runs in an environment of its own under `.benchmarks/`,
which is created on first use (`--quick` skips the other tools). testkit/extraction_scores.py defines the scores.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from etl.config import REPOSITORY
from etl.extract.page.decode import decode_page
from testkit.article_pages import SavedPage
from testkit.corpus import DEFAULT_DATA
from testkit.extraction_scores import Score, page_sets, score, score_ours

TOOLS = {
    "trafilatura": ["trafilatura==2.3.1", "lxml_html_clean"],
    "newspaper4k": ["newspaper4k[hi]==0.9.6", "lxml_html_clean"],
    "news-please": ["news-please==1.6.16", "newspaper4k[hi]", "lxml_html_clean"],
}


def read_with(tool: str, pages: Iterable[SavedPage]) -> dict[str, dict[str, Any]]:
    """Return the fields that another tool extracts, by name of page."""
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
    """Return the Python of a tool's environment; create the environment if it is missing."""
    home = REPOSITORY / ".benchmarks" / tool
    python = home / "bin" / "python"
    if not (home / "ready").exists():
        venv.create(home, with_pip=True, clear=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, *TOOLS[tool]], check=True)
        (home / "ready").touch()
    return python


def run(pages_dir: Path, *, quick: bool) -> dict[str, dict[str, Score]]:
    """Return scores by set of pages, then by tool."""
    scores: dict[str, dict[str, Score]] = {}
    for name, pages in page_sets(pages_dir).items():
        scores[name] = score_ours(pages)
        if not quick:
            scores[name] |= {tool: score(pages, read_with(tool, pages)) for tool in TOOLS}
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
