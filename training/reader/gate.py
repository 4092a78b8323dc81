"""Train the gate: logistic regression over words, its threshold where it lets nearly all evidence pass.

python -m training.reader.gate --pages pages.pickle --out gate.json
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import torch
from torch.nn import functional

from training.reader.align import Cues, Targets, align
from training.reader.folds import FOLDS, fold_of
from training.reader.gold import GoldArticle, read_articles
from training.reader.model.gate import Gate, count_actors, features

MIN_COUNT = 3
STEPS, RATE, DECAY = 300, 0.05, 2e-6
POSITIVE_WEIGHT = 20.0
RECALL = 0.995
Row = tuple[set[str], bool]


def rows_of(article: GoldArticle, targets: Targets) -> list[Row]:
    """Return the features of each sentence and whether it is evidence of a meeting."""
    evident = {head.at[0] for head in targets.heads} | targets.unknown
    counts = count_actors(article.page)
    return [(features(words, counts[n]), n in evident) for n, words in enumerate(article.page.sentences)]


def fit(rows: Sequence[Row]) -> tuple[dict[str, float], float]:
    """Return weights and bias."""
    counts = Counter(name for names, _ in rows for name in names)
    index = {name: n for n, name in enumerate(sorted(n for n, count in counts.items() if count >= MIN_COUNT))}
    flat: list[int] = []
    starts: list[int] = []
    for names, _ in rows:
        starts.append(len(flat))
        flat += [index[name] for name in sorted(names) if name in index]
    torch.manual_seed(1)
    weights = torch.zeros(len(index), 1, requires_grad=True)
    bias = torch.tensor([-2.0], requires_grad=True)
    ids, offsets = torch.tensor(flat), torch.tensor(starts)
    wanted = torch.tensor([float(is_evident) for _, is_evident in rows])
    optimizer = torch.optim.Adam([weights, bias], lr=RATE)
    for _ in range(STEPS):
        scores = functional.embedding_bag(ids, weights, offsets, mode="sum")[:, 0] + bias
        loss = (
            functional.binary_cross_entropy_with_logits(
                scores, wanted, pos_weight=torch.tensor(POSITIVE_WEIGHT)
            )
            + DECAY * weights.square().sum() * len(index) ** 0.5
        )
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    learnt = weights[:, 0].tolist()
    return {name: round(learnt[n], 3) for name, n in index.items() if abs(learnt[n]) > 0.05}, float(
        bias.detach()
    )


def threshold(scores: Sequence[float], recall: float) -> float:
    """Return the score that so many of the evident sentences reach."""
    ordered = sorted(scores)
    return ordered[int(len(ordered) * (1 - recall))]


def main() -> None:
    """Measure over folds, then train on all articles."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pages", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    articles = read_articles(arguments.pages)
    cues = Cues(articles)
    rows = {id(article): rows_of(article, align(article, cues)) for article in articles}
    held: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        learnt = [row for a in articles if fold_of(a) != fold for row in rows[id(a)]]
        weights, bias = fit(learnt)
        for article in articles:
            if fold_of(article) == fold:
                held += [
                    (bias + sum(weights.get(n, 0.0) for n in names), y) for names, y in rows[id(article)]
                ]
    evident = [score for score, is_evident in held if is_evident]
    for recall in (0.98, 0.99, 0.995):
        least = threshold(evident, recall)
        print(
            f"recall {recall}: {sum(s >= least for s, _ in held) / len(held):.3f} of sentences pass at {least:.2f}"
        )
    weights, bias = fit([row for article in articles for row in rows[id(article)]])
    least = threshold(evident, RECALL)
    arguments.out.write_text(
        json.dumps({"weights": weights, "bias": bias, "least": least}, ensure_ascii=False), "utf-8"
    )
    gate = Gate(weights, bias, least)
    share = sum(bool(gate.passing(article.page)) for article in articles) / len(articles)
    print(f"{len(weights)} weights; {share:.2f} of articles have a sentence that passes")


if __name__ == "__main__":
    main()
