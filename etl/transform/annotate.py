"""Annotate: sentences, words and named entities by Stanza. The one place that imports it."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from etl.errors import ModelsMissing
from etl.models import Article, Mention, MentionLabel, Sentence, Token

LANGUAGE = "hi"
PROCESSORS = "tokenize,pos,lemma,ner"
ARTICLES_AT_ONCE = 50
"""Their paragraphs go through Stanza together, sorted by length: 1.4 times the speed of one by one."""
_PLAN = "1"
"""Changes when the way of calling Stanza changes what comes out, so that old annotations are not reused."""

LABELS: dict[str, MentionLabel] = {
    "PERSON": "PERSON",
    "ORGANIZATION": "ORGANIZATION",
    "LOCATION": "LOCATION",
    "DATE": "DATE",
    "NUMBER": "NUMBER",
    "ARTEFACT": "ARTEFACT",
    "NEP": "PERSON",
    "NEO": "ORGANIZATION",
    "NEL": "LOCATION",
    "NETI": "DATE",
    "NEN": "NUMBER",
    "NEAR": "ARTEFACT",
}
"""Label of the model → label of ours: our bundle's own names, and those of Stanza's official `ilner` models."""


def annotator_version(models_dir: Path) -> str:
    """Name what decides the annotation: model files, Stanza's version, and the plan of calling it.

    Raises:
        ModelsMissing: the folder holds no `resources.json` or no Hindi model.
    """
    files = sorted(models_dir.glob(f"{LANGUAGE}/*/*.pt"))
    if not files or not (models_dir / "resources.json").exists():
        raise ModelsMissing(
            f"no Hindi Stanza models in {models_dir}: restore the bundled folder `models/` from git, "
            "or point MULAQAT_MODELS at a folder in Stanza's layout"
        )
    state = hashlib.sha256(f"{version('stanza')} {PROCESSORS} {_PLAN}".encode())
    for file in [models_dir / "resources.json", *files]:
        state.update(hashlib.sha256(file.read_bytes()).digest())
    return state.hexdigest()[:16]


class Annotator:
    """Holds the loaded models (about a second and some hundred MB): make one, annotate many articles."""

    def __init__(self, models_dir: Path) -> None:
        import stanza
        import torch

        torch.set_num_threads(
            1
        )  # small LSTMs: a second thread waits more than it works, 20 × on a busy machine
        self._stanza = stanza
        self._pipeline = stanza.Pipeline(
            LANGUAGE,
            dir=str(models_dir),
            processors=PROCESSORS,
            download_method=None,
            verbose=False,
            use_gpu=False,
        )

    def annotate(
        self, articles: Sequence[Article], on_article: Callable[[], None] = lambda: None
    ) -> Iterator[Sentence]:
        """Yield the sentences of the articles, in order.

        Paragraphs are annotated by themselves, so that no sentence runs from a headline into the body.

        Args:
            articles: any number; memory grows with `ARTICLES_AT_ONCE`, not with their count.
            on_article: called after each article.
        """
        for first in range(0, len(articles), ARTICLES_AT_ONCE):
            batch = articles[first : first + ARTICLES_AT_ONCE]
            paragraphs = [(article, *part) for article in batch for part in _split_paragraphs(article.text)]
            documents = self._pipeline.bulk_process(
                [self._stanza.Document([], text=text) for _, _, text in paragraphs]
            )
            numbers: Counter[str] = Counter()
            for (article, start, _), document in zip(paragraphs, documents, strict=True):
                for sentence in document.sentences:
                    yield _convert_sentence(sentence, article, numbers[article.article_id], start)
                    numbers[article.article_id] += 1
            for _ in batch:
                on_article()


def _split_paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield (first character, text) of every paragraph."""
    start = 0
    for paragraph in text.split("\n"):
        if paragraph.strip():
            yield start, paragraph
        start += len(paragraph) + 1


def _convert_sentence(sentence: Any, article: Article, number: int, start: int) -> Sentence:
    tokens = tuple(
        Token(
            text=word.text,
            start_char=start + word.start_char,
            end_char=start + word.end_char,
            lemma=word.lemma,
            upos=word.upos,
            feats=word.feats,
        )
        for word in sentence.words
    )
    first, last = tokens[0].start_char, tokens[-1].end_char
    return Sentence(
        article_id=article.article_id,
        sentence_number=number,
        start_char=first,
        end_char=last,
        text=article.text[first:last],
        tokens=tokens,
        mentions=tuple(_convert_mentions(sentence, article, start)),
    )


def _convert_mentions(sentence: Any, article: Article, start: int) -> Iterator[Mention]:
    for span in sentence.ents:
        first, last = start + span.start_char, start + span.end_char
        yield Mention(article.text[first:last], LABELS[span.type], first, last)
