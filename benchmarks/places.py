"""How many places of a gold standard are located, and by which rule.

    python -m benchmarks.places GOLD.json … [--list]

Each distinct place of an article is located with the article's own names as evidence. `--list` prints every place with
its location, to be judged by reading. GOLD.json is a list of articles with `url`, `text`, `published_date` (or null)
and `meetings`, each with `place` (or null).
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from etl.config import REPOSITORY, Settings
from etl.domain.article import Article, Sentence
from etl.domain.days import IST, UNDATED
from etl.domain.place import Location
from etl.domain.raw import RawArticle
from etl.storage.seed_files import read_seeds
from etl.transform.annotate import Annotator
from etl.transform.clean import clean_article
from etl.transform.entities import ResolvedSpan, resolve_names
from etl.transform.lexicon import Lexicon, make_key
from etl.transform.meetings.where import Where
from etl.transform.names import find_names
from etl.transform.places.evidence import Evidence
from etl.transform.places.index import PlaceIndex
from etl.transform.places.locate import Locator
from etl.transform.sound import sound_of


@dataclass(frozen=True, slots=True)
class Placed:
    """One place of one article, and where it was located; None where it stays open."""

    place_hi: str
    location: Location | None


def main() -> None:
    """Print the coverage."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--list", action="store_true", help="print every place")
    chosen = parser.parse_args()
    placed = [item for file in chosen.gold for item in locate_places(file)]
    if chosen.list:
        for item in placed:
            print(item.place_hi, "|", item.location or "open")
    located = [item.location for item in placed if item.location]
    print(f"{len(placed)} places, {len(located)} located")
    for kind, count in Counter(location.kind for location in located).most_common():
        print(f"{kind:20}{count:5}")
    for method, count in Counter(location.method for location in located).most_common():
        print(f"  {method:18}{count:5}")


def locate_places(file: Path) -> Iterator[Placed]:
    """Yield every distinct place of every article, located."""
    settings = Settings.from_env()
    seeds = read_seeds(REPOSITORY / "seeds")
    lexicon = Lexicon(seeds)
    locator = Locator(PlaceIndex(seeds), lexicon)
    articles = list(_read_articles(file))
    sentences: defaultdict[str, list[Sentence]] = defaultdict(list)
    for sentence in Annotator(settings.models_dir).annotate([article for article, _ in articles]):
        sentences[sentence.article_id].append(sentence)
    for article, names in articles:
        own = sentences[article.article_id]
        spans = [span for sentence in own for span in find_names(sentence, lexicon)]
        resolved = resolve_names(article, own, spans, lexicon)
        for name in names:
            where = _find_where(name, resolved)
            number = next((s.sentence_number for s in own if name in s.text), -1)
            yield Placed(name, locator.locate(where, number, Evidence.of(resolved)))


def _read_articles(file: Path) -> Iterator[tuple[Article, list[str]]]:
    """Yield the articles with a place, each with its distinct places."""
    for row in json.loads(file.read_text(encoding="utf-8")):
        names = list(dict.fromkeys(m["place"] for m in row["meetings"] if m.get("place")))
        if names:
            day = row["published_date"]
            published = datetime.fromisoformat(day).replace(hour=12, tzinfo=IST) if day else None
            raw = RawArticle(file.stem, row["url"], None, row["text"], published)
            yield clean_article(raw, day or UNDATED), names


def _find_where(name: str, resolved: Sequence[ResolvedSpan]) -> Where:
    """Return the place with its entity if the article has a place of this name; else as a building."""
    sound = sound_of(make_key(name))
    spans = [r for r in resolved if r.entity.kind == "LOC" and sound_of(r.span.key) == sound]
    return Where(name, spans[0].entity.entity_id if spans else None, "gold")


if __name__ == "__main__":
    main()
