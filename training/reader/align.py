"""Targets: the gold's meetings laid onto the words and actors of a page."""

import importlib.util
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from etl.domain.hindi import fold_name
from training.reader.gold import GoldArticle
from training.reader.model.network import KINDS, MODES, PARTS, STATUSES
from training.reader.model.page import Page, Time

IGNORE = -100
_SIDES = {1: PARTS.index("first"), 2: PARTS.index("second")}
_JOINT = PARTS.index("joint")
_MIN_ODDS = 0.08
_TITLE_WORDS = 2
Key = tuple[str, ...]
Place = tuple[int, int]
"""Sentence and word."""


@dataclass
class Head:
    """What is to be told for one head word.

    Attributes:
        at: where it is.
        parts: for each actor of the page 0 … 3, IGNORE where not known; -1 stands for "takes part, side unknown".
        time: number of the page's time, -1 for none, IGNORE where not known.
        place: first and last word of the place, None for none.
        knows_place: whether `place` is known.
    """

    at: Place
    status: int
    mode: int
    format: int
    separate: int
    parts: list[int]
    time: int
    place: tuple[Place, Place] | None
    knows_place: bool


@dataclass
class Targets:
    """What is to be told of one page.

    Attributes:
        kinds: number in KINDS of single words; all others are none.
        doubtful: words that count less as none: cue words of sentences which nobody judged.
        unknown: sentences whose words count not at all: evidence in which no head word was found.
    """

    heads: list[Head] = field(default_factory=list)
    kinds: dict[Place, int] = field(default_factory=dict)
    doubtful: set[Place] = field(default_factory=set)
    unknown: set[int] = field(default_factory=set)
    lost_participants: int = 0
    participants: int = 0


class Squeezed:
    """A text without its spaces, and where each character came from."""

    def __init__(self, text: str) -> None:
        kept = [(char, at) for at, char in enumerate(text) if not char.isspace()]
        self.text = "".join(char for char, _ in kept).replace("|", "।")
        self._origins = [at for _, at in kept]

    def find(self, quote: str, start: int = 0) -> tuple[int, int] | None:
        """Return where a quote stands in the text as it was."""
        wanted = Squeezed(unicodedata.normalize("NFC", quote)).text
        at = self.text.find(wanted, start) if wanted else -1
        return (self._origins[at], self._origins[at + len(wanted) - 1] + 1) if at >= 0 else None

    def find_all(self, quote: str) -> list[tuple[int, int]]:
        """Return all places of a quote."""
        wanted = Squeezed(unicodedata.normalize("NFC", quote)).text
        found, at = [], self.text.find(wanted) if wanted else -1
        while at >= 0:
            found.append((self._origins[at], self._origins[at + len(wanted) - 1] + 1))
            at = self.text.find(wanted, at + 1)
        return found


def key_of(text: str) -> Key:
    """Return the folded words of a name, as the scorer compares them."""
    return tuple(fold_name(text).split())


def is_same(one: Key, other: Key) -> bool:
    """Whether names are equal or one ends with the other, at most two words longer, as the scorer has it."""
    if not one or not other:
        return False
    short, long = sorted((one, other), key=len)
    return len(long) - len(short) <= _TITLE_WORDS and long[-len(short) :] == short


class Cues:
    """How often a word is part of the gold's triggers, of all its occurrences: finds the head word of a quote."""

    def __init__(self, articles: Iterable[GoldArticle]) -> None:
        inside: Counter[str] = Counter()
        everywhere: Counter[str] = Counter()
        for article in articles:
            everywhere.update(fold_name(w.text) for sentence in article.page.sentences for w in sentence)
            for meeting in article.gold["meetings"]:
                inside.update(map(fold_name, (meeting.get("trigger") or "").split()))
        self._odds = {word: (n - 0.5) / everywhere[word] for word, n in inside.items() if everywhere[word]}

    def odds(self, word: str) -> float:
        """Return the share of the word's occurrences that report meetings."""
        return min(1.0, self._odds.get(fold_name(word), 0.0))

    def best(self, page: Page, places: Sequence[Place], least: float) -> Place | None:
        """Return the likeliest head word among places, the first of equals."""
        rated = [(self.odds(page.sentences[s][w].text), -n) for n, (s, w) in enumerate(places)]
        if not rated:
            return None
        odds, n = max(rated)
        return places[-n] if odds >= least else None


def align(article: GoldArticle, cues: Cues) -> Targets:
    """Lay the gold of one article onto its page."""
    page, targets = article.page, Targets()
    squeezed = Squeezed(page.text)
    groups: dict[Place, list[dict[str, Any]]] = {}
    evident: set[int] = set()
    for meeting in article.gold["meetings"]:
        heads, sentences, unknown = _heads(meeting, page, squeezed, cues)
        targets.unknown |= unknown
        evident |= sentences
        for place in heads:
            groups.setdefault(place, []).append(meeting)
    for place, meetings in sorted(groups.items()):
        targets.heads.append(_make_head(place, meetings, page, squeezed))
        targets.kinds[place] = KINDS.index("meeting")
    for meeting in article.gold["meetings"]:
        targets.participants += len(meeting["participants"])
        targets.lost_participants += sum(not _actors(p, page)[0] for p in meeting["participants"])
    judged = set(evident)
    for near_miss in article.gold.get("not_meetings", ()):
        places = _words_in(page, squeezed.find(near_miss["quote"]))
        judged |= {sentence for sentence, _ in places}
        head = cues.best(page, places, _MIN_ODDS)
        if head and head not in targets.kinds:
            targets.kinds[head] = KINDS.index(near_miss["reason"])
    if article.gold["meetings"]:
        targets.doubtful = {
            (s, w)
            for s, sentence in enumerate(page.sentences)
            if s not in judged
            for w, word in enumerate(sentence)
            if cues.odds(word.text) >= _MIN_ODDS
        }
    targets.unknown -= {sentence for sentence, _ in targets.kinds}
    return targets


def _words_in(page: Page, span: tuple[int, int] | None) -> list[Place]:
    if span is None:
        return []
    return [
        (s, w)
        for s, sentence in enumerate(page.sentences)
        if sentence and sentence[0].start_char < span[1] and sentence[-1].end_char > span[0]
        for w, word in enumerate(sentence)
        if word.start_char < span[1] and word.end_char > span[0]
    ]


def _heads(
    meeting: dict[str, Any], page: Page, squeezed: Squeezed, cues: Cues
) -> tuple[list[Place], set[int], set[int]]:
    """Return the head words of a meeting, the sentences of its evidence, and those of them without a head word."""
    heads: list[Place] = []
    sentences: set[int] = set()
    main: Place | None = None
    trigger = meeting.get("trigger")
    quotes = [(quote, squeezed.find(quote)) for quote in meeting["evidence"]]
    spans = [span for _, span in quotes if span]
    for quote, span in quotes:
        if trigger and span and main is None and trigger in quote:
            at = next((t for t in squeezed.find_all(trigger) if span[0] <= t[0] and t[1] <= span[1]), None)
            main = cues.best(page, _words_in(page, at), 0.0)
            heads += [main] if main else []
    word = page.sentences[main[0]][main[1]].text if main else None
    for span in spans:
        by_sentence: dict[int, list[Place]] = {}
        for place in _words_in(page, span):
            by_sentence.setdefault(place[0], []).append(place)
        for sentence, places in by_sentence.items():
            sentences.add(sentence)
            if any(head[0] == sentence for head in heads):
                continue
            alike = [(s, w) for s, w in places if word and page.sentences[s][w].text == word]
            head = alike[0] if alike else cues.best(page, places, _MIN_ODDS)
            heads += [head] if head else []
    return heads, sentences, sentences - {sentence for sentence, _ in heads}


def _actors(participant: dict[str, Any], page: Page) -> tuple[list[int], list[int]]:
    """Return the actors that are a participant: (the best, others that may be the same)."""
    forms = {key_of(form) for form in [participant["name"], *participant["surfaces"]]}
    names = [{key_of(actor.name_hi), key_of(actor.form)} for actor in page.actors]
    kinds = [actor.kind == participant["kind"] for actor in page.actors]
    exact = [n for n, own in enumerate(names) if own & forms]
    loose = [
        n for n, own in enumerate(names) if n not in exact and any(is_same(a, b) for a in own for b in forms)
    ]
    exact.sort(key=lambda n: (not kinds[n], key_of(participant["name"]) not in names[n]))
    loose.sort(key=lambda n: not kinds[n])
    found = exact + loose
    return found[:1], found[1:]


def _make_head(place: Place, meetings: list[dict[str, Any]], page: Page, squeezed: Squeezed) -> Head:
    first = meetings[0]
    parts = [0] * len(page.actors)
    separate = 0
    casts = [[(_actors(p, page), p.get("side")) for p in meeting["participants"]] for meeting in meetings]
    sets = [{n for (best, _), _ in cast for n in best} for cast in casts]
    common = set.intersection(*sets)
    unique = {frozenset(s) for s in sets}
    if len(unique) > 1 and common:
        separate = 1
        for n in set.union(*sets):
            parts[n] = 1 if n in common else 2
    else:
        if len(unique) > 1:
            for n in set.union(*sets) - sets[0]:
                parts[n] = IGNORE
        sides = {side for _, side in casts[0]}
        for (best, _), side in casts[0]:
            for n in best:
                parts[n] = _SIDES[side] if sides == {1, 2} else _JOINT
    taken = {n for n, part in enumerate(parts) if part > 0}
    for cast in casts:
        for (_, others), _ in cast:
            for n in others:
                if n not in taken:
                    parts[n] = IGNORE
    if all("side" not in p for meeting in meetings for p in meeting["participants"]) and not separate:
        parts = [-1 if part > 0 else part for part in parts]
    spot, knows_place = _place(first, place, page, squeezed)
    return Head(
        at=place,
        status=STATUSES.index(first["status"]),
        mode=MODES.index(first["mode"]),
        format=int(first["format"] == "multilateral"),
        separate=separate,
        parts=parts,
        time=_time(first, place, page, squeezed),
        place=spot,
        knows_place=knows_place,
    )


def _time(meeting: dict[str, Any], place: Place, page: Page, squeezed: Squeezed) -> int:
    if not meeting["date_text"]:
        return -1
    wanted, text = meeting["date"], meeting["date_text"]
    spans = squeezed.find_all(text)
    fitting = []
    for n, time in enumerate(page.times):
        words = page.sentences[time.sentence]
        start, end = words[time.first].start_char, words[time.last - 1].end_char
        overlaps = any(start < span[1] and end > span[0] for span in spans)
        is_right = wanted is not None and wanted in (_iso(time, False), _iso(time, True))
        if overlaps or (is_right and time.text == text):
            far = abs(time.sentence - place[0])
            fitting.append((not (is_right or wanted is None), far, abs(time.first - place[1]), n))
    if not fitting or (wanted is not None and min(fitting)[0]):
        return IGNORE
    return min(fitting)[-1]


def _iso(time: Time, is_future: bool) -> str | None:
    days = time.future if is_future else time.past
    if days.start_date is None:
        return None
    first, last = days.start_date.isoformat(), (days.end_date or days.start_date).isoformat()
    return first if first == last else f"{first}/{last}"


def _place(
    meeting: dict[str, Any], head: Place, page: Page, squeezed: Squeezed
) -> tuple[tuple[Place, Place] | None, bool]:
    if not meeting["place"]:
        return None, True
    found = []
    for span in squeezed.find_all(meeting["place"]):
        places = _words_in(page, span)
        if places and places[0][0] == places[-1][0]:
            distance = (abs(places[0][0] - head[0]), places[0][0] > head[0], abs(places[0][1] - head[1]))
            found.append((distance, (places[0], places[-1])))
    return (min(found)[1], True) if found else (None, False)


def load_scorer(path: str) -> Any:
    """Import the scorer of the gold from its file."""
    spec = importlib.util.spec_from_file_location("score_meetings", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
