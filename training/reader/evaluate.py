"""Measure a trained reader with the gold's own scorer.

python -m training.reader.evaluate --pages pages.pickle --encoder encoder.npz --run run --scorer score_meetings.py
"""

import argparse
import json
import pickle
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from training.reader.align import load_scorer
from training.reader.folds import select
from training.reader.gold import GoldArticle, read_articles
from training.reader.model.decode import Meeting, Reading, Thresholds, days_of, decode
from training.reader.model.page import Page
from training.reader.model.reader import read_pages
from training.reader.train import make_network


def as_scored(page: Page, meeting: Meeting, key: Any) -> dict[str, Any]:
    """Return a meeting in the shape that the scorer takes."""
    days = days_of(page, meeting)
    place = None
    if meeting.place:
        words = page.sentences[meeting.place[0]][meeting.place[1] : meeting.place[2]]
        place = page.text[words[0].start_char : words[-1].end_char]
    people = [page.actors[actor] for actor, _ in meeting.cast]
    return {
        "status": meeting.status,
        "format": meeting.format,
        "mode": meeting.mode,
        "start": days.start_date if days else None,
        "end": days.end_date if days else None,
        "place": place,
        "people": [{key(p.name_hi), key(p.form)} - {()} for p in people],
        "label": " + ".join(p.name_hi for p in people),
    }


def score(
    articles: Sequence[GoldArticle],
    readings: Sequence[list[Reading]],
    least: Thresholds,
    scorer: Any,
    show: bool = False,
) -> dict[str, Any]:
    """Score what was read of articles against their gold."""
    found = {
        article.gold["url"]: [
            as_scored(article.page, m, scorer.key) for m in decode(article.page, own, least)
        ]
        for article, own in zip(articles, readings, strict=True)
    }
    result: dict[str, Any] = scorer.score([article.gold for article in articles], found, show)
    return result


def line(name: str, result: dict[str, Any]) -> str:
    """Return the figures in one line."""
    told = " ".join(
        f"{kind} {result[kind]['p']:.2f}/{result[kind]['r']:.2f}/{result[kind]['f1']:.3f}"
        for kind in ("meeting", "exact")
    )
    rates = " ".join(
        f"{kind} {result[kind]}" for kind in ("status", "mode", "format", "date", "place", "silent")
    )
    return f"{name:12} {told} dyad {result['dyad']['f1']:.3f} macro {result['dyad_macro']} {rates}"


def main() -> None:
    """Read the articles that a run did not learn from, keep the readings, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pages", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--scorer", required=True)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--bf16", action="store_true")
    parser.add_argument("--show", action="store_true")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    told = json.loads((arguments.run / "arguments.json").read_text("utf-8"))
    _, measured = select(read_articles(arguments.pages), told["selection"])
    layers = None if told["layers"] == "None" else int(told["layers"])
    network, cutter = make_network(arguments.encoder, layers)
    file = arguments.run / "network.pt"
    file = file if file.exists() else arguments.run / "checkpoint.pt"
    network.load_state_dict(torch.load(file, weights_only=False)["network"])
    started = time.process_time()
    readings = list(read_pages(network, cutter, [article.page for article in measured], arguments.bf16))
    print(f"{(time.process_time() - started) / len(measured):.3f} s of processor time an article")
    with (arguments.run / "readings.pickle").open("wb") as out:
        pickle.dump([(a.gold["article_id"], own) for a, own in zip(measured, readings, strict=True)], out)
    scorer = load_scorer(arguments.scorer)
    groups: dict[str, list[tuple[GoldArticle, list[Reading]]]] = defaultdict(list)
    for pair in zip(measured, readings, strict=True):
        groups[pair[0].part].append(pair)
        groups["all"].append(pair)
    for head in (0.3, 0.4, 0.5, 0.6, 0.7):
        for name, pairs in groups.items():
            result = score([a for a, _ in pairs], [r for _, r in pairs], Thresholds(head=head), scorer, False)
            print(line(f"{name} {head}", result))
    if arguments.show:
        score(measured, readings, Thresholds(), scorer, True)


if __name__ == "__main__":
    main()
