"""Fill the labels that a corpus lacks with the predictions of a teacher model.

HiNER never marks artefacts and rarely numbers; training on it unchanged would teach the model not to mark them. The
teacher is trained on both corpora, with one tag set for each. It labels HiNER's sentences with IL-NER's tag set, and
these labels are added to words that HiNER leaves unmarked.
"""

from training.entities import Sentence
from training.names import find_spans

FILLED_LABELS = ("NUMBER", "ARTEFACT", "DATE")


def fill_labels(sentence: Sentence, predicted: tuple[str, ...]) -> Sentence:
    """Add the teacher's spans of the filled labels where the corpus marks none of their words.

    Args:
        sentence: a sentence with the labels of the corpus, which are kept.
        predicted: the teacher's BIO tags of the sentence.
    """
    tags = list(sentence.tags)
    for label in FILLED_LABELS:
        for start, end in find_spans(predicted, label):
            if all(tag == "O" for tag in tags[start:end]):
                tags[start:end] = ["B-" + label] + ["I-" + label] * (end - start - 1)
    return Sentence(sentence.words, tuple(tags))
