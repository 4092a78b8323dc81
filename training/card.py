"""Write the model card: a template with the measured figures."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

TEMPLATE = Path(__file__).with_name("MODEL_CARD.template.md")
CONFUSIONS_SHOWN = 10


@dataclass(frozen=True)
class Score:
    """Counts of a comparison between gold and predicted items."""

    correct: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float:
        """Share of predicted items that are correct; 0 if there are none."""
        return self.correct / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of gold items that were predicted; 0 if there are none."""
        return self.correct / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 if there are no items."""
        total = self.predicted + self.gold
        return 2 * self.correct / total if total else 0.0


@dataclass(frozen=True)
class Figures:
    """All measurements of a bundle.

    Attributes:
        ilner: all labels and each label → score on IL-NER's dev file.
        ilner_four: the same for the four labels that HiNER also has.
        hiner: the same on the dev slice of HiNER.
        confusions: (gold label, predicted label) → number of tokens on IL-NER's dev file.
        words: name of an attribute of words → share of correct values on the treebanks' dev slice.
        plain: tokens and sentences → score on running text.
        own: sentences → score on the hand-made paragraphs.
        news: tokens and sentences → score on text varied like news.
    """

    ilner: Mapping[str, Score]
    ilner_four: Mapping[str, Score]
    hiner: Mapping[str, Score]
    confusions: Counter[tuple[str, str]]
    words: Mapping[str, float]
    plain: Mapping[str, Score]
    own: Mapping[str, Score]
    news: Mapping[str, Score]


def format_scores(scores: Mapping[str, Score]) -> str:
    """Return scores as a Markdown table."""
    rows = ["| | precision | recall | F1 | in gold |", "|---|---|---|---|---|"]
    for name, score in scores.items():
        figures = f"{score.precision:.3f} | {score.recall:.3f} | **{score.f1:.3f}**"
        rows.append(f"| {name} | {figures} | {score.gold} |")
    return "\n".join(rows)


def format_shares(shares: Mapping[str, float]) -> str:
    """Return shares of correct values as a Markdown table."""
    rows = [
        "| | correct |",
        "|---|---|",
        *(f"| {name} | **{share:.3f}** |" for name, share in shares.items()),
    ]
    return "\n".join(rows)


def format_confusions(confusions: Counter[tuple[str, str]]) -> str:
    """Return the most frequent confusions of token labels as a Markdown table."""
    rows = ["| gold | predicted | tokens |", "|---|---|---|"]
    for (gold, predicted), count in confusions.most_common(CONFUSIONS_SHOWN):
        rows.append(f"| {gold} | {predicted} | {count} |")
    return "\n".join(rows)


def format_sizes(models: Path) -> str:
    """Return the files of the bundle and their sizes as a Markdown table."""
    files = sorted((models / "hi").glob("*/*.pt"))
    rows = ["| file | MB |", "|---|---|"]
    rows += [f"| `{file.relative_to(models)}` | {file.stat().st_size / 1e6:.2f} |" for file in files]
    rows.append(f"| total | {sum(file.stat().st_size for file in files) / 1e6:.2f} |")
    return "\n".join(rows)


def write_card(figures: Figures, models: Path) -> str:
    """Fill the template, write the card beside the models and return its text."""
    card = TEMPLATE.read_text("utf-8").format(
        ilner=format_scores(figures.ilner),
        ilner_four=f"{figures.ilner_four['all'].f1:.3f}",
        hiner=format_scores(figures.hiner),
        confusions=format_confusions(figures.confusions),
        words=format_shares(figures.words),
        plain=format_scores(figures.plain),
        own=format_scores(figures.own),
        news=format_scores(figures.news),
        sizes=format_sizes(models),
    )
    (models / "hi" / "MODEL_CARD.md").write_text(card, "utf-8")
    return card
