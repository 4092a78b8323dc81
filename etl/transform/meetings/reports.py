"""Find the meetings that an article reports, from its sentences and entities."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from etl.domain.article import Article, Sentence
from etl.transform.entities import ResolvedSpan
from etl.transform.lexicon import Lexicon
from etl.transform.meetings.abroad import read_trip
from etl.transform.meetings.actors import Actor, read_actors
from etl.transform.meetings.attendance import attendance_cast
from etl.transform.meetings.both import NamedTogether, read_both
from etl.transform.meetings.circumstances import read_cameo_cue, read_mode, read_occasion
from etl.transform.meetings.draft import Draft, merge_drafts, spread_visits
from etl.transform.meetings.fill import (
    DatedSentence,
    Echo,
    fill_from_before,
    fill_from_echoes,
    place_by_whereabouts,
)
from etl.transform.meetings.gathering import Gathering, add_attending, follow
from etl.transform.meetings.participants import find_casts
from etl.transform.meetings.status import read_status
from etl.transform.meetings.third_parties import read_mediators, with_mediators
from etl.transform.meetings.triggers import find_triggers
from etl.transform.meetings.when import NO_TIME, read_day, read_when
from etl.transform.meetings.where import Where, read_where, read_whereabouts


@dataclass(slots=True)
class _ReadingState:
    """State of reading an article, after the sentences read so far.

    Attributes:
        drafts: finished drafts.
        echoes: sentences about meetings.
        dated: sentences without a meeting that give a day.
        whereabouts: entity id → where the person last was.
        antecedents: people that a pronoun may refer to, the likeliest first.
        named_together: actors that "दोनों" ("both") may refer to.
        gathering: the meeting that the text is about; its drafts are not in `drafts` yet.
    """

    drafts: list[Draft] = field(default_factory=list)
    echoes: list[Echo] = field(default_factory=list)
    dated: list[DatedSentence] = field(default_factory=list)
    whereabouts: dict[str, Where] = field(default_factory=dict)
    antecedents: list[Actor] = field(default_factory=list)
    named_together: NamedTogether = field(default_factory=NamedTogether)
    gathering: Gathering | None = None

    def add_sentence(
        self, sentence: Sentence, actors: Sequence[Actor], found: Sequence[Draft], anchor: date | None
    ) -> None:
        """Add one sentence: the meetings found in it, the entities named, and the day that it gives."""
        named = frozenset(actor.entity_id for actor in actors)
        subjects = find_subjects(actors)
        if subjects and not found and (day := read_day(sentence, anchor)) is not NO_TIME:
            subject_ids = frozenset(actor.entity_id for actor in subjects)
            self.dated.append(DatedSentence(sentence.sentence_number, subject_ids, day))
        self.echoes += [
            Echo(sentence.sentence_number, named, draft.entity_ids, draft.status, draft.when)
            for draft in found
            if not draft.cast.is_visit and not draft.is_another
        ]
        self._follow_gathering(sentence, actors, found)
        self.antecedents = subjects or self.antecedents
        self.named_together = self.named_together.after(actors, found[-1].entity_ids if found else ())

    def all_drafts(self) -> list[Draft]:
        """Return every draft in text order."""
        drafts = [*self.drafts, *(self.gathering.drafts if self.gathering else ())]
        return sorted(drafts, key=lambda draft: (draft.sentence.sentence_number, draft.trigger.first_token))

    def _follow_gathering(self, sentence: Sentence, actors: Sequence[Actor], found: Sequence[Draft]) -> None:
        gathering = follow(self.gathering, found, sentence, actors)
        if self.gathering and not (gathering and gathering.goes_on_from(self.gathering)):
            self.drafts += self.gathering.drafts
        open_triggers = [(d.sentence, d.trigger) for d in gathering.drafts] if gathering else []
        self.drafts += [draft for draft in found if (draft.sentence, draft.trigger) not in open_triggers]
        self.gathering = add_attending(gathering, sentence, actors)


def find_drafts(
    article: Article, sentences: Sequence[Sentence], resolved: Sequence[ResolvedSpan], lexicon: Lexicon
) -> list[Draft]:
    """Return the meetings that an article reports, in text order; repeated reports of one meeting are merged."""
    by_sentence: dict[int, list[ResolvedSpan]] = {sentence.sentence_number: [] for sentence in sentences}
    for item in resolved:
        by_sentence[item.span.sentence_number].append(item)
    state = _ReadingState()
    for sentence in sentences:
        actors = read_actors(sentence, by_sentence[sentence.sentence_number], lexicon)
        actors += read_both(sentence, state.named_together, lexicon)
        state.whereabouts |= read_whereabouts(sentence, actors)
        found = [
            place_by_whereabouts(draft, state.whereabouts)
            for draft in _read_sentence(article, sentence, actors, state.antecedents, lexicon)
        ]
        state.add_sentence(sentence, actors, found, article.anchor_date)
    merged = merge_drafts([draft for draft in state.all_drafts() if len(draft.entity_ids) > 1])
    return spread_visits(
        [fill_from_before(fill_from_echoes(draft, state.echoes), state.dated) for draft in merged]
    )


def _read_sentence(
    article: Article,
    sentence: Sentence,
    actors: Sequence[Actor],
    antecedents: Sequence[Actor],
    lexicon: Lexicon,
) -> Iterator[Draft]:
    """Yield a draft for every meeting of every trigger; a trigger without participants gives a draft without them."""
    end_of_used = 0
    for trigger in find_triggers(sentence, lexicon):
        status = read_status(trigger, sentence, lexicon)
        if status is None:
            continue
        earlier = find_subjects([actor for actor in actors if actor.first_token < trigger.clause_first])
        mediators = read_mediators(trigger, sentence, actors)
        mediating = {part.actor.first_token for part in mediators}
        unused = [
            actor for actor in actors if actor.last_token > end_of_used and actor.first_token not in mediating
        ]
        found = find_casts(trigger, sentence, unused, earlier, antecedents)
        casts = [with_mediators(cast, mediators) for cast in found]
        end_of_used = trigger.last_token if casts else end_of_used
        casts = casts or read_trip(trigger, sentence, actors, lexicon)
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


def find_subjects(actors: Sequence[Actor]) -> list[Actor]:
    """Return the people that a pronoun may refer to next: first those with ने, then unmarked names."""
    people = [actor for actor in actors if actor.kind == "PER" and not actor.is_modifier]
    return [a for a in people if a.marker == "ne"] + [a for a in people if a.marker == "none"]
