"""How far perfect answers would reach: the targets decoded as if the network had told them.

python -m training.reader.oracle --pages pages.pickle --scorer score_meetings.py
"""

import argparse
from pathlib import Path

from training.reader.align import Cues, Head, Targets, align, load_scorer
from training.reader.evaluate import line, score
from training.reader.gold import read_articles
from training.reader.model.decode import Reading, Thresholds
from training.reader.model.network import FORMATS, MODES, STATUSES


def as_readings(targets: Targets) -> list[Reading]:
    """Return targets as certain readings."""
    return [_reading(head) for head in targets.heads]


def _reading(head: Head) -> Reading:
    place = (head.place[0][0], head.place[0][1], head.place[1][1] + 1) if head.place else None
    sides = {-1: 3, -100: 0}
    return Reading(
        sentence=head.at[0],
        word=head.at[1],
        probability=1.0,
        statuses=_one_hot(head.status, len(STATUSES)),
        modes=_one_hot(head.mode, len(MODES)),
        formats=_one_hot(head.format, len(FORMATS)),
        separate=float(head.separate),
        parts={actor: _one_hot(sides.get(part, part), 4) for actor, part in enumerate(head.parts)},
        times=((-1, float(head.time < 0)), *([(head.time, 1.0)] if head.time >= 0 else [])),
        place=place,
        place_odds=float(place is not None),
    )


def _one_hot(number: int, size: int) -> tuple[float, ...]:
    return tuple(float(n == number) for n in range(size))


def main() -> None:
    """Print the figures of perfect answers."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pages", type=Path, required=True)
    parser.add_argument("--scorer", required=True)
    parser.add_argument("--show", action="store_true")
    arguments = parser.parse_args()
    articles = read_articles(arguments.pages)
    cues = Cues(article for article in articles if article.part == "train")
    scorer = load_scorer(arguments.scorer)
    for part in dict.fromkeys(article.part for article in articles):
        own = [article for article in articles if article.part == part]
        targets = [align(article, cues) for article in own]
        lost = sum(t.lost_participants for t in targets) / max(1, sum(t.participants for t in targets))
        heads = sum(len(t.heads) for t in targets)
        separate = sum(head.separate for t in targets for head in t.heads)
        unknown = sum(len(t.unknown) for t in targets)
        kinds = sum(len(t.kinds) for t in targets)
        print(
            f"{part}: {heads} heads, {separate} separate, {kinds} kinds, {unknown} unknown, {lost:.3f} lost"
        )
        shown = arguments.show and part == "train"
        print(line(part, score(own, [as_readings(t) for t in targets], Thresholds(), scorer, shown)))


if __name__ == "__main__":
    main()
