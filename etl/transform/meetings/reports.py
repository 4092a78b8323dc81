"""Reports: from an article's sentences and entities to the meetings it reports."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from etl.models import Article, Sentence, fold_name
from etl.transform.entities import Resolved
from etl.transform.lexicon import Lexicon
from etl.transform.meetings.actors import Actor, read_actors
from etl.transform.meetings.attendance import attendance_cast, read_attendance
from etl.transform.meetings.both import SpokenOf, read_both
from etl.transform.meetings.circumstances import read_cameo_cue, read_mode, read_occasion
from etl.transform.meetings.draft import (
    Draft,
    Echo,
    Told,
    fill_from_before,
    fill_from_echoes,
    merge_drafts,
    place_by_whereabouts,
    spread_visits,
)
from etl.transform.meetings.participants import find_casts
from etl.transform.meetings.status import read_status
from etl.transform.meetings.triggers import find_triggers
from etl.transform.meetings.when import NO_TIME, read_day, read_when
from etl.transform.meetings.where import Where, read_where, read_whereabouts

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
    told: list[Told] = []
    whereabouts: dict[str, Where] = {}
    antecedents: list[Actor] = []
    spoken = SpokenOf()
    gathering: Draft | None = None
    for sentence in sentences:
        actors = read_actors(sentence, by_sentence[sentence.sentence_number], lexicon)
        actors += read_both(sentence, spoken, lexicon)
        whereabouts |= read_whereabouts(sentence, actors)
        found = [
            place_by_whereabouts(draft, whereabouts)
            for draft in _read_sentence(article, sentence, actors, antecedents, lexicon)
        ]
        named = frozenset(actor.entity_id for actor in actors)
        day = read_day(sentence, article.anchor_date)
        if day is not NO_TIME and not found:
            told.append(Told(sentence.sentence_number, frozenset(a.entity_id for a in _subjects(actors)), day))
        echoes += [
            Echo(sentence.sentence_number, named, draft.entity_ids, draft.status, draft.when)
            for draft in found
            if draft.cast.rule != "visit_country" and not _tells_of_another(draft)
        ]
        drafts += [draft for draft in found if draft.cast.parts]
        gathering = next((draft for draft in reversed(found)), gathering)
        gathering = _read_gathering(sentence, actors, gathering, drafts)
        antecedents = _subjects(actors) or antecedents
        spoken = spoken.after(actors, found[-1].entity_ids if found else ())
    merged = merge_drafts([draft for draft in drafts if len(draft.entity_ids) > 1])
    dated = [fill_from_before(fill_from_echoes(draft, echoes), told) for draft in merged]
    return spread_visits(dated)


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


def _subjects(actors: Sequence[Actor]) -> list[Actor]:
    """Return the people whom a pronoun of the next sentence may mean: the ने-marked first, then bare names."""
    people = [actor for actor in actors if actor.kind == "PER" and not actor.is_modifier]
    return [a for a in people if a.marker == "ne"] + [a for a in people if a.marker == "none"]
