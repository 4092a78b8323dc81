"""Reports: from an article's sentences and entities to the meetings it reports."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from etl.models import (
    Article,
    Format,
    MeetingReport,
    Participant,
    Sentence,
    fold_name,
    make_report_id,
)
from etl.transform.entities import Resolved
from etl.transform.lexicon import Lexicon
from etl.transform.meetings.actors import Actor, read_actors
from etl.transform.meetings.attendance import attendance_cast, read_attendance
from etl.transform.meetings.circumstances import (
    Where,
    read_cameo_cue,
    read_contexts,
    read_mode,
    read_occasion,
    read_when,
    read_where,
    read_whereabouts,
)
from etl.transform.meetings.codes import CODEBOOK, cameo_code_of, event_type_of, plover_mode_of
from etl.transform.meetings.draft import (
    Draft,
    Echo,
    fill_from_echoes,
    merge_drafts,
    place_by_whereabouts,
    spread_visits,
)
from etl.transform.meetings.participants import Part, find_casts
from etl.transform.meetings.status import read_status
from etl.transform.meetings.triggers import find_triggers

CODER = "mulaqat-rules"
_CONFIDENCE = {
    "between": 0.9,
    "subject_partner": 0.85,
    "separate_partners": 0.8,
    "host_guest": 0.8,
    "coordination": 0.7,
    "pronoun_partner": 0.6,
    "visit_country": 0.7,
    "attendance": 0.7,
}
_GATHERINGS = ("बैठक", "मीटिंग", "सम्मेलन", "वार्ता", "मुलाकात")
_ANOTHER = frozenset(("अन्य", "दूसरी", "दूसरे", "अलग"))
_ANOTHER_REACH = 3
_GATHERING_REACH = 2
"""For how many sentences a meeting goes on being spoken of without being named."""


def find_drafts(
    article: Article, sentences: Sequence[Sentence], resolved: Sequence[Resolved], lexicon: Lexicon
) -> list[Draft]:
    """Return the meetings that the triggers of the article tell of, in text order, told twice where told twice."""
    by_sentence: dict[int, list[Resolved]] = {sentence.sentence_number: [] for sentence in sentences}
    for item in resolved:
        by_sentence[item.span.sentence_number].append(item)
    drafts: list[Draft] = []
    echoes: list[Echo] = []
    whereabouts: dict[str, Where] = {}
    antecedents: list[Actor] = []
    gathering: Draft | None = None
    for sentence in sentences:
        actors = read_actors(sentence, by_sentence[sentence.sentence_number], lexicon)
        whereabouts |= read_whereabouts(sentence, actors)
        found = [
            place_by_whereabouts(draft, whereabouts)
            for draft in _read_sentence(article, sentence, actors, antecedents, lexicon)
        ]
        named = frozenset(actor.entity_id for actor in actors)
        echoes += [
            Echo(sentence.sentence_number, named, draft.entity_ids, draft.status, draft.when)
            for draft in found
            if draft.cast.rule != "visit_country" and not _tells_of_another(draft)
        ]
        drafts += [draft for draft in found if draft.cast.parts]
        gathering = next((draft for draft in reversed(found)), gathering)
        gathering = _read_gathering(sentence, actors, gathering, drafts)
        antecedents = _subjects(actors) or antecedents
    merged = merge_drafts([draft for draft in drafts if len(draft.entity_ids) > 1])
    return spread_visits([fill_from_echoes(draft, echoes) for draft in merged])


def _is_gathering(draft: Draft) -> bool:
    """Whether others may have attended: a talk whose parties are told, or a meeting called so ("बैठक", "सम्मेलन")."""
    if draft.trigger.kind not in ("talk", "host"):
        return False
    tokens = draft.sentence.tokens[draft.trigger.first_token : draft.trigger.last_token]
    return bool(draft.cast.parts) or any(fold_name(token.text).startswith(_GATHERINGS) for token in tokens)


def _tells_of_another(draft: Draft) -> bool:
    """Whether the sentence says itself that its meeting is another one ("एक अन्य बैठक में")."""
    first = draft.trigger.first_token
    before = draft.sentence.tokens[max(0, first - _ANOTHER_REACH) : first]
    return bool(_ANOTHER & {fold_name(token.text) for token in before})


def _read_sentence(
    article: Article,
    sentence: Sentence,
    actors: Sequence[Actor],
    antecedents: Sequence[Actor],
    lexicon: Lexicon,
) -> Iterator[Draft]:
    """Yield a draft for every meeting of every trigger, and one without participants where nobody met anybody."""
    told = 0
    for trigger in find_triggers(sentence, lexicon):
        status = read_status(trigger, sentence, lexicon)
        if status is None:
            continue
        earlier = _subjects([actor for actor in actors if actor.first_token < trigger.clause_first])
        untold = [actor for actor in actors if actor.last_token > told]
        casts = find_casts(trigger, sentence, untold, earlier, antecedents)
        told = trigger.last_token if casts else told
        for cast in casts or [attendance_cast(())]:
            yield Draft(
                sentence=sentence,
                trigger=trigger,
                cast=cast,
                status=status,
                mode=read_mode(trigger, sentence, actors, lexicon, cast),
                when=read_when(trigger, sentence, status, article.anchor_date),
                where=read_where(trigger, sentence, actors, lexicon, cast),
                occasion_hi=read_occasion(trigger, sentence, actors),
                cameo_cue=read_cameo_cue(sentence, lexicon),
            )


def _read_gathering(
    sentence: Sentence, actors: Sequence[Actor], gathering: Draft | None, drafts: list[Draft]
) -> Draft | None:
    """Add those who attended to the meeting spoken of last, and return the meeting that goes on being spoken of.

    Args:
        gathering: the draft of the nearest trigger, in this sentence or before; without participants where its
            own sentence names none.
        drafts: the article's drafts so far; a gathering that has its first participants now is added.
    """
    if gathering is None or sentence.sentence_number - gathering.sentence.sentence_number > _GATHERING_REACH:
        return None
    is_own = gathering.sentence is sentence
    start = gathering.trigger.last_token if is_own else 0
    attending = read_attendance(sentence, actors, start)
    if not attending or not _is_gathering(gathering):
        return gathering
    known = {part.actor.entity_id for part in gathering.cast.parts}
    parts = (*gathering.cast.parts, *(part for part in attending if part.actor.entity_id not in known))
    larger = replace(gathering, cast=replace(gathering.cast, parts=parts))
    drafts[:] = [draft for draft in drafts if draft is not gathering]
    drafts.append(larger)
    return larger


def make_reports(
    article: Article,
    drafts: Sequence[Draft],
    forms: Mapping[str, str],
    lexicon: Lexicon,
    coder_version: str,
) -> tuple[MeetingReport, ...]:
    """Merge the drafts and write each meeting down as the record that is stored."""
    return tuple(
        _make_report(article, ordinal, draft, forms, lexicon, coder_version)
        for ordinal, draft in enumerate(drafts)
    )


def _subjects(actors: Sequence[Actor]) -> list[Actor]:
    """Return the people whom a pronoun of the next sentence may mean: the ने-marked first, then bare names."""
    people = [actor for actor in actors if actor.kind == "PER" and not actor.is_modifier]
    return [a for a in people if a.marker == "ne"] + [a for a in people if a.marker == "none"]


def _make_report(
    article: Article,
    ordinal: int,
    draft: Draft,
    forms: Mapping[str, str],
    lexicon: Lexicon,
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
        occasion_hi=draft.occasion_hi,
        contexts=read_contexts(sentence, article.text, lexicon),
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
    """Three or more parties that form no two sides, three states or bodies, or an IGO itself are multilateral."""
    parts = draft.cast.parts
    has_no_sides = {part.side for part in parts} == {None}
    bodies = sum(part.actor.kind != "PER" for part in parts)
    frame = any(part.actor.is_gathering for part in parts)
    return "multilateral" if frame or bodies > 2 or (has_no_sides and len(parts) > 2) else "bilateral"


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
