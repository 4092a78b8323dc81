"""Articles of the gold as the pipeline sees them: cleaned, annotated, their names resolved; kept in one file.

python -m training.reader.articles --gold GOLD --models models --out pages.pickle
"""

import argparse
import json
import pickle
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path

from etl.domain.article import Article
from etl.domain.days import UNDATED
from etl.domain.raw import RawArticle
from etl.storage.seed_files import read_seeds
from etl.transform.annotate import Annotator
from etl.transform.clean import clean_article
from etl.transform.entities import resolve_names
from etl.transform.lexicon import Lexicon
from etl.transform.meetings.triggers import mentions_trigger
from etl.transform.resolve import Resolver
from training.reader.gold import GoldArticle
from training.reader.model.page import Page, make_page

SETS = ("train", "dev", "dev_papers")


def clean_rows(path: Path) -> Iterator[Article]:
    """Yield the clean articles of a JSONL file."""
    with path.open(encoding="utf-8") as file:
        for row in map(json.loads, file):
            given = row["published_at"]
            when = datetime.fromisoformat(given) if given else None
            raw = RawArticle(row.get("source") or "gold", row["url"], row["title"], row["text"], when)
            yield clean_article(raw, when.date().isoformat() if when else UNDATED)


def make_pages(articles: list[Article], seeds: Path, models: Path) -> Iterator[Page]:
    """Annotate and resolve the articles as the pipeline does."""
    table = read_seeds(seeds)
    lexicon, resolver = Lexicon(table), Resolver(table, "training")
    annotator = Annotator(models, lambda sentence: mentions_trigger(sentence, lexicon))
    known = {article.article_id: article for article in articles}
    for article_id, group in groupby(annotator.annotate(articles), key=lambda sentence: sentence.article_id):
        sentences, article = list(group), known[article_id]
        spans = resolver._find_spans(sentences)
        yield make_page(article, sentences, resolve_names(article, sentences, spans, lexicon))


def _source(article_id: str) -> str:
    name = article_id.split("-")[0]
    return name if name in ("ddnews", "hdtb") else "papers"


def main() -> None:
    """Annotate all sets and keep them."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--seeds", type=Path, default=Path("seeds"))
    parser.add_argument("--models", type=Path, default=Path("models"))
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    found: list[GoldArticle] = []
    for part in SETS:
        articles = list(clean_rows(arguments.gold / f"{part}.jsonl"))
        gold = {row["url"]: row for row in json.loads((arguments.gold / f"{part}.json").read_text("utf-8"))}
        urls = {article.article_id: article.url for article in articles}
        for page in make_pages(articles, arguments.seeds, arguments.models):
            row = gold[urls[page.article_id]]
            found.append(GoldArticle(part, _source(row["article_id"]), page, row))
    with arguments.out.open("wb") as file:
        pickle.dump(found, file)


if __name__ == "__main__":
    main()
