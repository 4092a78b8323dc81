"""Annotate articles: all sentences get tokens and named entities, selected ones also get tags and lemmas."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from etl.domain.article import Article, Mention, MentionLabel, Sentence, Token
from etl.transform.annotate.bundle import load_pipeline
from etl.transform.emoji import without_emoji

if TYPE_CHECKING:
    from etl.transform.annotate.recognise import Recogniser
    from etl.transform.annotate.segment import Piece, Segmenter

CHARACTERS_AT_ONCE = 200_000
"""Articles are batched up to this many characters: about a hundred articles and 100 MB of memory."""

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
"""Label of the Stanza model → our label, for our bundle and for Stanza's official `ilner` models."""


class _Paragraph(NamedTuple):
    """A paragraph as the models read it.

    Attributes:
        article_index: of its article in the batch.
        text: without emoji.
        offsets: of each character of `text` in the article.
    """

    article_index: int
    text: str
    offsets: Sequence[int]


class Cache(Protocol):
    """Store of annotated texts."""

    def get(self, article: Article) -> list[Sentence] | None:
        """Return the sentences stored for the article's text, or None if there are none."""

    def put(self, article: Article, sentences: list[Sentence]) -> None:
        """Store the sentences of the article's text."""


class Annotator:
    """Annotates articles; loads the models at the first article that is not in the cache.

    Args:
        models_dir: folder of models in Stanza's layout.
        needs_grammar: returns whether a sentence also gets part of speech, features and lemma; they are None in the
            other sentences.
        cache: read before annotating and written after; None for no cache.

    Attributes:
        reused_count: number of articles that came from the cache unchanged.
    """

    def __init__(
        self,
        models_dir: Path,
        needs_grammar: Callable[[Sentence], bool] = lambda sentence: True,
        cache: Cache | None = None,
    ) -> None:
        self.reused_count = 0
        self._models_dir = models_dir
        self._needs_grammar = needs_grammar
        self._cache = cache

    def annotate(
        self, articles: Sequence[Article], on_article: Callable[[], None] = lambda: None
    ) -> Iterator[Sentence]:
        """Yield the sentences of the articles, in order.

        Each paragraph is annotated separately, so no sentence runs from the headline into the body. The result for
        an article does not depend on the other articles or on the cache.

        Args:
            articles: any number; memory depends on `CHARACTERS_AT_ONCE`, not on their number.
            on_article: called after each article, for progress reports.
        """
        for batch in _batches(articles):
            cached = [self._cache.get(article) if self._cache else None for article in batch]
            new = [article for article, known in zip(batch, cached, strict=True) if known is None]
            recognised = iter(self._recognise(new) if new else [])
            found = [known if known is not None else next(recognised) for known in cached]
            complete = self._add_grammar(found)
            for article, known, sentences in zip(batch, cached, complete, strict=True):
                if known == sentences:
                    self.reused_count += 1
                elif self._cache:
                    self._cache.put(article, sentences)
                yield from map(self._strip_grammar, sentences)
                on_article()

    @cached_property
    def _pipeline(self) -> Any:
        return load_pipeline(self._models_dir)

    @cached_property
    def _segmenter(self) -> "Segmenter":
        from etl.transform.annotate.segment import Segmenter

        return Segmenter(self._pipeline.processors["tokenize"])

    @cached_property
    def _recogniser(self) -> "Recogniser":
        from etl.transform.annotate.recognise import Recogniser

        return Recogniser(self._pipeline.processors["ner"].trainers[0])

    def _recognise(self, articles: Sequence[Article]) -> list[list[Sentence]]:
        """Return the sentences of each article with tokens and mentions, without tags and lemmas."""
        paragraphs = [
            paragraph
            for number, article in enumerate(articles)
            for paragraph in _split_paragraphs(number, article.text)
        ]
        pieces = [
            (paragraph, sentence)
            for paragraph, sentences in zip(
                paragraphs, self._segmenter.split([paragraph.text for paragraph in paragraphs]), strict=True
            )
            for sentence in sentences
        ]
        tags = self._recogniser.tag([[piece.text for piece in sentence] for _, sentence in pieces])
        found: list[list[Sentence]] = [[] for _ in articles]
        for (paragraph, sentence), tagged in zip(pieces, tags, strict=True):
            own = found[paragraph.article_index]
            article = articles[paragraph.article_index]
            own.append(_make_sentence(article, len(own), paragraph.offsets, sentence, tagged))
        return found

    def _add_grammar(self, found: list[list[Sentence]]) -> list[list[Sentence]]:
        """Tag and lemmatise the sentences that need it and are not tagged yet."""
        untagged = [s for s in chain.from_iterable(found) if self._needs_grammar(s) and not _has_grammar(s)]
        if not untagged:
            return found
        done = dict(zip(map(id, untagged), self._parse(untagged), strict=True))
        return [[done.get(id(sentence), sentence) for sentence in sentences] for sentences in found]

    def _parse(self, sentences: Sequence[Sentence]) -> Iterator[Sentence]:
        from stanza.models.common.doc import Document

        rows = [[{"id": (n,), "text": t.text} for n, t in enumerate(s.tokens, 1)] for s in sentences]
        document = Document(rows)
        for name in ("pos", "lemma"):
            document = self._pipeline.processors[name].process(document)
        for sentence, parsed in zip(sentences, document.sentences, strict=True):
            tokens = (
                replace(token, lemma=word.lemma, upos=word.upos, feats=word.feats)
                for token, word in zip(sentence.tokens, parsed.words, strict=True)
            )
            yield replace(sentence, tokens=tuple(tokens))

    def _strip_grammar(self, sentence: Sentence) -> Sentence:
        """Remove the tags of a cached sentence that no longer needs them, as after a cue was deleted."""
        if not _has_grammar(sentence) or self._needs_grammar(sentence):
            return sentence
        tokens = (replace(token, lemma=None, upos=None, feats=None) for token in sentence.tokens)
        return replace(sentence, tokens=tuple(tokens))


def _has_grammar(sentence: Sentence) -> bool:
    return sentence.tokens[0].upos is not None


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """Yield batches of consecutive articles; a batch ends with the article that reaches `CHARACTERS_AT_ONCE`."""
    batch: list[Article] = []
    length = 0
    for article in articles:
        batch.append(article)
        length += len(article.text)
        if length >= CHARACTERS_AT_ONCE:
            yield batch
            batch, length = [], 0
    if batch:
        yield batch


def _split_paragraphs(article_index: int, text: str) -> Iterator[_Paragraph]:
    """Yield the paragraphs of an article that are not blank, without emoji."""
    start = 0
    for line in text.split("\n"):
        paragraph = _Paragraph(article_index, *without_emoji(line, start))
        if paragraph.text.strip():
            yield paragraph
        start += len(line) + 1


def _make_sentence(
    article: Article, number: int, offsets: Sequence[int], pieces: "Sequence[Piece]", tags: Sequence[str]
) -> Sentence:
    tokens = tuple(
        Token(piece.text, offsets[piece.start], offsets[piece.end - 1] + 1, None, None, None)
        for piece in pieces
    )
    first, last = tokens[0].start_char, tokens[-1].end_char
    return Sentence(
        article_id=article.article_id,
        sentence_number=number,
        start_char=first,
        end_char=last,
        text=article.text[first:last],
        tokens=tokens,
        mentions=tuple(_make_mentions(article, tokens, tags)),
    )


def _make_mentions(article: Article, tokens: Sequence[Token], tags: Sequence[str]) -> Iterator[Mention]:
    from stanza.models.ner.utils import decode_from_bioes

    for span in decode_from_bioes(list(tags)):
        first, last = tokens[span["start"]].start_char, tokens[span["end"]].end_char
        yield Mention(article.text[first:last], LABELS[span["type"]], first, last)
