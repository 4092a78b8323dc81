"""Measure a trained reader on single sentences with a known meaning, each taken as an article of one day.

python -m training.reader.cases --cases meaning.tsv --encoder encoder.npz --run run
"""

import argparse
import json
import pickle
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import torch

from etl.domain.days import IST
from etl.domain.raw import RawArticle
from etl.transform.clean import clean_article
from training.reader.articles import make_pages
from training.reader.model.decode import Meeting, Thresholds, days_of, decode
from training.reader.model.page import Page
from training.reader.model.reader import read_pages
from training.reader.train import make_network

DAY = datetime(2022, 9, 14, 12, tzinfo=IST)


def is_right(expected: str, page: Page, meetings: Sequence[Meeting]) -> bool:
    """Whether what was told is what a sentence means: no meeting, or one of a status and maybe on days."""
    status, _, wanted = expected.partition(" ")
    if status == "none":
        return not meetings
    if len(meetings) != 1 or meetings[0].status != status:
        return False
    days = days_of(page, meetings[0])
    return not wanted or (days is not None and str(days.start_date).startswith(wanted))


def main() -> None:
    """Print how many sentences are read right, by kind."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--cases", type=Path, required=True)
    parser.add_argument("--pages", type=Path, required=True, help="where the annotated sentences are kept")
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--head", type=float, default=0.5)
    parser.add_argument("--show", action="store_true")
    arguments = parser.parse_args()
    torch.set_num_threads(2)
    rows = [line.split("\t") for line in arguments.cases.read_text("utf-8").splitlines()[1:]]
    if not arguments.pages.exists():
        raws = [
            RawArticle("cases", f"https://cases.example/{n}", None, row[2], DAY) for n, row in enumerate(rows)
        ]
        articles = [clean_article(raw, DAY.date().isoformat()) for raw in raws]
        made = {page.article_id: page for page in make_pages(articles, Path("seeds"), Path("models"))}
        arguments.pages.write_bytes(pickle.dumps([made[article.article_id] for article in articles]))
    pages: list[Page] = pickle.loads(arguments.pages.read_bytes())
    told = json.loads((arguments.run / "arguments.json").read_text("utf-8"))
    network, cutter = make_network(
        arguments.encoder, None if told["layers"] == "None" else int(told["layers"])
    )
    file = arguments.run / "network.pt"
    file = file if file.exists() else arguments.run / "checkpoint.pt"
    network.load_state_dict(torch.load(file, weights_only=False)["network"])
    right: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for (kind, expected, text), page, readings in zip(
        rows, pages, read_pages(network, cutter, pages), strict=True
    ):
        meetings = decode(page, readings, Thresholds(head=arguments.head))
        every[kind] += 1
        right[kind] += is_right(expected, page, meetings)
        if arguments.show and not is_right(expected, page, meetings):
            print("WRONG", expected, [m.status for m in meetings], text)
    print(f"{right.total()} of {every.total()}", {kind: f"{right[kind]}/{every[kind]}" for kind in every})


if __name__ == "__main__":
    main()
