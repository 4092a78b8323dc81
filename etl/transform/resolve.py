"""Resolve one article: extract its entities, mentions and meeting reports from annotated sentences."""

from collections.abc import Sequence

from etl import __version__
from etl.domain.article import Article, Sentence
from etl.domain.meeting import ResolvedArticle
from etl.domain.place import Location
from etl.domain.seeds import Seeds
from etl.transform.entities import ResolvedSpan, fullest_forms, resolve_names, to_mention
from etl.transform.lexicon import Lexicon
from etl.transform.meetings.draft import Draft
from etl.transform.meetings.record import make_reports
from etl.transform.meetings.reports import find_drafts
from etl.transform.names import NameSpan, find_names, find_short_forms
from etl.transform.places.evidence import Evidence
from etl.transform.places.index import PlaceIndex
from etl.transform.places.locate import Locator


class Resolver:
    """Resolves articles with the indexed gazetteer and cues.

    Args:
        seeds: gazetteer and cues.
        annotator_version: version of the annotations that are resolved.

    Attributes:
        version: of code, seeds and annotations; stored with every report as `coder_version`.
    """

    def __init__(self, seeds: Seeds, annotator_version: str) -> None:
        self._lexicon = Lexicon(seeds)
        self._locator = Locator(PlaceIndex(seeds), self._lexicon)
        self.version = f"{__version__}+{seeds.version}.{annotator_version}"

    def resolve(self, article: Article, sentences: Sequence[Sentence]) -> ResolvedArticle:
        """Resolve one article; `sentences` are all its sentences, by number."""
        resolved = resolve_names(article, sentences, self._find_spans(sentences), self._lexicon)
        drafts = find_drafts(article, sentences, resolved, self._lexicon)
        # A capital may stand for its country: the participant is then an entity that no span names.
        taking_part = [part.actor.resolved for draft in drafts for part in draft.cast.parts]
        forms = fullest_forms([*resolved, *taking_part], sentences, article)
        entities = {item.entity.entity_id: item.entity for item in [*resolved, *taking_part]}
        return ResolvedArticle(
            article_id=article.article_id,
            entities=tuple(entities[entity_id] for entity_id in sorted(entities)),
            mentions=tuple(
                to_mention(item, sentences[item.span.sentence_number], article) for item in resolved
            ),
            reports=make_reports(
                article, drafts, self._locate(drafts, resolved), forms, self._lexicon, self.version
            ),
        )

    def _locate(self, drafts: Sequence[Draft], resolved: Sequence[ResolvedSpan]) -> list[Location | None]:
        """Return the location of each draft's place."""
        if all(draft.where.place_hi is None for draft in drafts):
            return [None] * len(drafts)
        evidence = Evidence.of(resolved)
        return [
            self._locator.locate(draft.where, draft.sentence.sentence_number, evidence) for draft in drafts
        ]

    def _find_spans(self, sentences: Sequence[Sentence]) -> list[NameSpan]:
        found = [find_names(sentence, self._lexicon) for sentence in sentences]
        full = [name.key for names in found for name in names if name.kind == "PER" and len(name.key) > 1]
        words = {word for key in full for word in (key[0], key[-1])}
        spans = []
        for sentence, names in zip(sentences, found, strict=True):
            short = find_short_forms(sentence, names, self._lexicon, words)
            spans += sorted([*names, *short], key=lambda span: span.first_token)
        return spans
