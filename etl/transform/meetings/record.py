"""Convert the draft of a meeting into the record that is stored."""

from collections.abc import Mapping, Sequence

from etl.domain.article import Article
from etl.domain.hindi import fold_name
from etl.domain.ids import make_report_id
from etl.domain.meeting import Context, Format, MeetingReport, Participant
from etl.domain.place import Location
from etl.transform.lexicon import Lexicon
from etl.transform.meetings.cast import CastRule, Part
from etl.transform.meetings.circumstances import count_words, read_contexts
from etl.transform.meetings.codes import CODEBOOK, cameo_code_of, event_type_of, plover_mode_of
from etl.transform.meetings.draft import Draft

CODER = "mulaqat-rules"
_FORMATS: dict[str, Format] = {
    "द्विपक्षीय": "bilateral",
    "त्रिपक्षीय": "multilateral",
    "बहुपक्षीय": "multilateral",
    "सर्वदलीय": "multilateral",
}
"""Hindi for "bilateral", "trilateral", "multilateral", "all-party"."""
_CONFIDENCE: dict[CastRule, float] = {
    "between": 0.9,
    "subject_partner": 0.85,
    "separate_partners": 0.8,
    "host_guest": 0.8,
    "coordination": 0.7,
    "pronoun_partner": 0.6,
    "visit_country": 0.7,
    "gathering_abroad": 0.6,
    "attendance": 0.7,
}
"""Confidence of a report, by the rule that found its participants."""


def make_reports(
    article: Article,
    drafts: Sequence[Draft],
    locations: Sequence[Location | None],
    forms: Mapping[str, str],
    lexicon: Lexicon,
    coder_version: str,
) -> tuple[MeetingReport, ...]:
    """Convert the drafts of an article into records.

    Args:
        article: the article.
        drafts: its meetings, merged and in text order.
        locations: the location of each draft's place.
        forms: entity id → fullest form in the article.
        lexicon: the cues.
        coder_version: version of code, seeds and annotations.
    """
    if not drafts:
        return ()
    counts = count_words(article.text)
    return tuple(
        _make_report(
            article,
            ordinal,
            draft,
            location,
            forms,
            read_contexts(draft.sentence, counts, lexicon),
            coder_version,
        )
        for ordinal, (draft, location) in enumerate(zip(drafts, locations, strict=True))
    )


def _make_report(
    article: Article,
    ordinal: int,
    draft: Draft,
    location: Location | None,
    forms: Mapping[str, str],
    contexts: tuple[Context, ...],
    coder_version: str,
) -> MeetingReport:
    sentence, trigger, status = draft.sentence, draft.trigger, draft.status.status
    first, last = sentence.tokens[trigger.first_token], sentence.tokens[trigger.last_token - 1]
    return MeetingReport(
        report_id=make_report_id(article.article_id, ordinal),
        article_id=article.article_id,
        ordinal=ordinal,
        event_type=event_type_of(status),
        cameo_code=cameo_code_of(status, draft.mode, draft.cameo_cue),
        mode=draft.mode,
        plover_mode=plover_mode_of(status, draft.mode),
        format=_format(draft),
        status=status,
        is_historical=draft.status.is_historical,
        participants=tuple(_participant(part, forms) for part in draft.cast.parts),
        start_date=draft.when.start_date,
        end_date=draft.when.end_date,
        date_precision=draft.when.precision,
        date_text=draft.when.text,
        date_method=draft.when.method,
        anchor_date=article.anchor_date if draft.when.text else None,
        place_hi=draft.where.place_hi,
        place_entity_id=draft.where.entity_id,
        place_method=draft.where.method,
        location=location,
        occasion_hi=draft.occasion_hi,
        contexts=contexts,
        sentence_number=sentence.sentence_number,
        evidence_start_char=sentence.start_char,
        evidence_end_char=sentence.end_char,
        trigger_text=article.text[first.start_char : last.end_char],
        confidence=_CONFIDENCE[draft.cast.rule],
        rules=f"participants={draft.cast.rule};status={draft.status.rule}",
        coder=CODER,
        coder_version=coder_version,
        codebook=CODEBOOK,
    )


def _format(draft: Draft) -> Format:
    """Return the format from a word such as द्विपक्षीय ("bilateral"), else from the participants.

    Participants of exactly two countries are bilateral. An intergovernmental organisation, three countries or bodies,
    and three parties without sides are multilateral. Mediators do not count.
    """
    stated = {_FORMATS[word] for t in draft.sentence.tokens if (word := fold_name(t.text)) in _FORMATS}
    if len(stated) == 1:
        return stated.pop()
    parts = [part for part in draft.cast.parts if part.role != "mediator"]
    if any(part.actor.is_gathering for part in parts):
        return "multilateral"
    countries = {part.actor.resolved.country_id for part in parts}
    if None not in countries and len(countries) == 2:
        return "bilateral"
    has_no_sides = {part.side for part in parts} == {None}
    bodies = sum(part.actor.kind != "PER" for part in parts)
    return "multilateral" if bodies > 2 or (has_no_sides and len(parts) > 2) else "bilateral"


def _participant(part: Part, forms: Mapping[str, str]) -> Participant:
    entity = part.actor.resolved.entity
    return Participant(
        entity_id=entity.entity_id,
        kind=entity.kind,
        name_hi=entity.name_hi,
        mention_text=forms.get(entity.entity_id, entity.name_hi),
        role=part.role,
        side=part.side,
    )
