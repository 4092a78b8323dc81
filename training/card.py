"""The model card: a fixed text with the measured figures set into it."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TEMPLATE = Path(__file__).with_name("MODEL_CARD.template.md")
CONFUSIONS_SHOWN = 10


@dataclass(frozen=True)
class Score:
    """Counts of a comparison of what is there with what was found."""

    correct: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.correct / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of what is there that was found."""
        return self.correct / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.predicted + self.gold
        return 2 * self.correct / total if total else 0.0


def format_scores(scores: dict[str, Score]) -> str:
    """Write scores as a table."""
    rows = ["| | precision | recall | F1 | in gold |", "|---|---|---|---|---|"]
    for name, score in scores.items():
        figures = f"{score.precision:.3f} | {score.recall:.3f} | **{score.f1:.3f}**"
        rows.append(f"| {name} | {figures} | {score.gold} |")
    return "\n".join(rows)


def format_shares(shares: dict[str, float]) -> str:
    """Write shares of right answers as a table."""
    rows = ["| | right |", "|---|---|", *(f"| {name} | **{share:.3f}** |" for name, share in shares.items())]
    return "\n".join(rows)


def format_confusions(confusions: Counter[tuple[str, str]]) -> str:
    """Write the commonest confusions of token labels as a table."""
    rows = ["| is | was taken for | tokens |", "|---|---|---|"]
    for (gold, predicted), count in confusions.most_common(CONFUSIONS_SHOWN):
        rows.append(f"| {gold} | {predicted} | {count} |")
    return "\n".join(rows)


def format_sizes(models: Path) -> str:
    """Write the files of the bundle and their sizes as a table."""
    files = sorted((models / "hi").glob("*/*.pt"))
    rows = ["| file | MB |", "|---|---|"]
    rows += [f"| `{file.relative_to(models)}` | {file.stat().st_size / 1e6:.2f} |" for file in files]
    rows.append(f"| in all | {sum(file.stat().st_size for file in files) / 1e6:.2f} |")
    return "\n".join(rows)


def write_card(figures: dict[str, Any], models: Path) -> str:
    """Set the figures into the template, write the card beside the models and return it."""
    card = TEMPLATE.read_text("utf-8").format(
        ilner=format_scores(figures["ilner"]),
        ilner_four=f"{figures['ilner_four']['all'].f1:.3f}",
        hiner=format_scores(figures["hiner"]),
        confusions=format_confusions(figures["confusions"]),
        words=format_shares(figures["words"]),
        plain=format_scores(figures["plain"]),
        own=format_scores(figures["own"]),
        news=format_scores(figures["news"]),
        sizes=format_sizes(models),
    )
    (models / "hi" / "MODEL_CARD.md").write_text(card, "utf-8")
    return card
