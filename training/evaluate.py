"""Measure the bundle on the dev slices and write the model card.

    python -m training.evaluate --data DATA --models models

The models are loaded with a plain Stanza pipeline, as any user loads them. Entities, tags and lemmas are measured on
the tokens of the corpora, so each figure measures one model only.
"""

import argparse
import itertools
import random
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from pathlib import Path

import stanza
import torch

from training.card import Figures, Score, write_card
from training.corpora import read_hiner_split, read_ilner_split, read_treebank_split
from training.entities import LABELS, Sentence
from training.names import find_spans
from training.segmentation import Sentence as TokenSentence
from training.segmentation import from_words, group_plainly, label_paragraph, make_paragraphs
from training.wordlists import read_lines

FOUR_LABELS = ("PERSON", "ORGANIZATION", "LOCATION", "DATE")
Span = tuple[int, int, int, str]
"""Index of the sentence, half-open range of tokens, label."""


def load_pipeline(models: Path, processors: str, **settings: object) -> stanza.Pipeline:
    """Load the bundle into a plain Stanza pipeline, without network access."""
    return stanza.Pipeline(
        "hi", dir=str(models), processors=processors, download_method=None, verbose=False, **settings
    )


def count_matches(gold: Iterable[Hashable], predicted: Iterable[Hashable]) -> Score:
    """Count the items of two collections and those in both."""
    gold_set, predicted_set = set(gold), set(predicted)
    return Score(len(gold_set & predicted_set), len(predicted_set), len(gold_set))


def list_spans(tag_rows: Iterable[tuple[str, ...]], labels: tuple[str, ...]) -> Iterator[Span]:
    """Yield the entities of tagged sentences as (sentence, start, end, label)."""
    for number, tags in enumerate(tag_rows):
        for label in labels:
            for start, end in find_spans(tags, label):
                yield number, start, end, label


def predict_entities(models: Path, sentences: list[Sentence]) -> list[tuple[str, ...]]:
    """Return the predicted BIO tags of each sentence."""
    pipeline = load_pipeline(models, "tokenize,ner", tokenize_pretokenized=True)
    document = pipeline([list(sentence.words) for sentence in sentences])
    rows = [tuple(token.ner for token in sentence.tokens) for sentence in document.sentences]
    return [tuple(tag.replace("S-", "B-").replace("E-", "I-") for tag in tags) for tags in rows]


def score_entities(
    sentences: list[Sentence], predicted: list[tuple[str, ...]], labels: tuple[str, ...]
) -> dict[str, Score]:
    """Score entities by exact extent and type, over all labels ("all") and for each label."""
    gold_spans = list(list_spans((sentence.tags for sentence in sentences), labels))
    predicted_spans = list(list_spans(predicted, labels))
    scores = {"all": count_matches(gold_spans, predicted_spans)}
    for label in labels:
        scores[label] = count_matches(
            (span for span in gold_spans if span[3] == label),
            (span for span in predicted_spans if span[3] == label),
        )
    return scores


def count_confusions(sentences: list[Sentence], predicted: list[tuple[str, ...]]) -> Counter[tuple[str, str]]:
    """Count wrong token labels as (gold, predicted) pairs, without BIO prefixes."""
    pairs: Counter[tuple[str, str]] = Counter()
    for sentence, tags in zip(sentences, predicted, strict=True):
        pairs.update((gold[2:] or "O", tag[2:] or "O") for gold, tag in zip(sentence.tags, tags, strict=True))
    return Counter({pair: count for pair, count in pairs.items() if pair[0] != pair[1]})


def score_words(models: Path, data: Path) -> dict[str, float]:
    """Score tags, features and lemmas on the treebanks' dev slice; lemmas are computed from predicted tags."""
    _, dev = read_treebank_split(data)
    pipeline = load_pipeline(models, "tokenize,pos,lemma", tokenize_pretokenized=True)
    document = pipeline([[word.text for word in words] for words in dev])
    hits: Counter[str] = Counter()
    gold_words = list(itertools.chain.from_iterable(dev))
    words = [word for sentence in document.sentences for word in sentence.words]
    for gold, word in zip(gold_words, words, strict=True):
        hits["UPOS"] += gold.upos == word.upos
        hits["features"] += gold.feats == (word.feats or "_")
        hits["lemma"] += gold.lemma == word.lemma
        if gold.upos in ("VERB", "AUX"):
            hits["verbs"] += 1
            hits["verb lemma"] += gold.lemma == word.lemma
    total = len(gold_words)
    scores = {name: hits[name] / total for name in ("UPOS", "features", "lemma")}
    return scores | {"verb lemma": hits["verb lemma"] / hits["verbs"]}


def score_segmentation(pipeline: stanza.Pipeline, paragraphs: list[list[TokenSentence]]) -> dict[str, Score]:
    """Score tokens and sentences of running text by their exact extent."""
    gold: dict[str, list[tuple[int, int, int]]] = {"tokens": [], "sentences": []}
    predicted: dict[str, list[tuple[int, int, int]]] = {"tokens": [], "sentences": []}
    for number, paragraph in enumerate(paragraphs):
        text, labels = label_paragraph(paragraph)
        starts = {"tokens": 0, "sentences": 0}
        for position, label in enumerate(labels, start=1):
            for unit in ("tokens", "sentences") if label == "2" else ("tokens",) if label == "1" else ():
                start = position - len(text[starts[unit] : position].lstrip())
                gold[unit].append((number, start, position))
                starts[unit] = position
        for sentence in pipeline(text).sentences:
            first, last = sentence.tokens[0], sentence.tokens[-1]
            predicted["sentences"].append((number, first.start_char, last.end_char))
            predicted["tokens"].extend((number, t.start_char, t.end_char) for t in sentence.tokens)
    return {unit: count_matches(gold[unit], predicted[unit]) for unit in gold}


def score_own_paragraphs(pipeline: stanza.Pipeline) -> Score:
    """Score the sentences of the hand-made paragraphs by their exact extent."""
    paragraphs = "\n".join(read_lines("paragraphs.txt")).strip().split("\n\n")
    gold: list[tuple[int, int, int]] = []
    predicted: list[tuple[int, int, int]] = []
    for number, paragraph in enumerate(paragraphs):
        start = 0
        for sentence in paragraph.split("\n"):
            gold.append((number, start, start + len(sentence)))
            start += len(sentence) + 1
        for found in pipeline(paragraph.replace("\n", " ")).sentences:
            predicted.append((number, found.tokens[0].start_char, found.tokens[-1].end_char))
    return count_matches(gold, predicted)


def measure(models: Path, data: Path) -> Figures:
    """Measure every model of the bundle."""
    ilner, hiner = read_ilner_split(data)[1], read_hiner_split(data)[1]
    ilner_tags, hiner_tags = predict_entities(models, ilner), predict_entities(models, hiner)
    dev = [from_words(words) for words in read_treebank_split(data)[1]]
    tokenizer = load_pipeline(models, "tokenize")
    return Figures(
        ilner=score_entities(ilner, ilner_tags, LABELS),
        ilner_four=score_entities(ilner, ilner_tags, FOUR_LABELS),
        hiner=score_entities(hiner, hiner_tags, FOUR_LABELS),
        confusions=count_confusions(ilner, ilner_tags),
        words=score_words(models, data),
        plain=score_segmentation(tokenizer, list(group_plainly(dev))),
        own={"sentences": score_own_paragraphs(tokenizer)},
        news=score_segmentation(tokenizer, list(make_paragraphs(dev, random.Random(7)))),
    )


def main() -> None:
    """Measure the bundle and write the model card."""
    parser = argparse.ArgumentParser(prog="training.evaluate", description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--models", type=Path, default=Path("models"), help="folder of the bundle")
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    figures = measure(arguments.models, arguments.data)
    print(write_card(figures, arguments.models))


if __name__ == "__main__":
    main()
