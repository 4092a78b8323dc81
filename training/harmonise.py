"""Labels that a corpus does not know, filled in by a teacher that does.

HiNER never marks artefacts and rarely numbers. Trained on as it stands it would teach their
absence. A first model, trained on both corpora with a tag set of its own for each, labels
HiNER's sentences in IL-NER's way; where HiNER itself says nothing, those labels are added.
"""

from training.entities import Sentence
from training.names import find_spans

FILLED_LABELS = ("NUMBER", "ARTEFACT", "DATE")


def fill_labels(sentence: Sentence, predicted: tuple[str, ...]) -> Sentence:
    """Add the teacher's spans of the filled labels where the corpus marks none of their words.

    Args:
        sentence: A sentence with the corpus' own labels, which always win.
        predicted: The teacher's BIO tags for it.
    """
    tags = list(sentence.tags)
    for label in FILLED_LABELS:
        for start, end in find_spans(predicted, label):
            if all(tag == "O" for tag in tags[start:end]):
                tags[start:end] = ["B-" + label] + ["I-" + label] * (end - start - 1)
    return Sentence(sentence.words, tuple(tags))
