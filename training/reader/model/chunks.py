"""Chunks: what of a page goes through the encoder in one pass.

A chunk is a row of sentences to read, after as many sentences before them as there is room for, and with the one
after them. In front stand those who were named still further back, each with their titles.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from training.reader.model.page import Naming, Page
from training.reader.model.pieces import BEGIN, END, Cutter

READ_PIECES = 288
"""The sentences to read have about so many pieces together; one long sentence may have more."""
BEFORE_PIECES = 112
AFTER_PIECES = 48
CAST_PIECES = 64
MOST_PIECES = 508
MARKS = {"PER": 1, "ORG": 2, "LOC": 3}
ROLE_MARK, TIME_MARK, MARK_COUNT = 4, 5, 6
CONTEXT, READ, CAST = 0, 1, 2


@dataclass(slots=True)
class Chunk:
    """One pass.

    Attributes:
        pieces: numbers of the vocabulary.
        marks: for each piece what it names (0 nothing, else see MARKS).
        zones: for each piece whether its sentence is to be read, context, or the cast in front.
        words: (sentence, word) of each word in it, in order; with `firsts` and `lasts`, the first and last piece.
        is_read: for each word whether it stands in a sentence to be read.
        namings: (actor, sentence or -1 for the cast, first piece, last piece) of each naming.
        times: (number of the time, sentence, first piece, last piece).
    """

    page: Page
    pieces: list[int] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    zones: list[int] = field(default_factory=list)
    words: list[tuple[int, int]] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)
    lasts: list[int] = field(default_factory=list)
    is_read: list[bool] = field(default_factory=list)
    namings: list[tuple[int, int, int, int]] = field(default_factory=list)
    times: list[tuple[int, int, int, int]] = field(default_factory=list)


Rename = Callable[[int, int, str], str]
"""Gives the word to read instead of a word, by sentence and place."""


def cut_page(
    page: Page, cutter: Cutter, rename: Rename | None = None, read_pieces: int = READ_PIECES
) -> Iterator[Chunk]:
    """Yield the chunks of a page in order; every sentence is read in one of them.

    Args:
        rename: only for training, which learns nobody by heart.
    """
    pieces = [
        [
            cutter.cut(rename(number, place, word.text) if rename else word.text, word.is_glued)
            for place, word in enumerate(sentence)
        ]
        for number, sentence in enumerate(page.sentences)
    ]
    sizes = [sum(map(len, sentence)) for sentence in pieces]
    first = 0
    while first < len(sizes):
        last = first + 1
        while last < len(sizes) and sum(sizes[first : last + 1]) <= read_pieces:
            last += 1
        yield _make_chunk(page, pieces, sizes, first, last)
        first = last


def _make_chunk(
    page: Page, pieces: Sequence[Sequence[tuple[int, ...]]], sizes: Sequence[int], first: int, last: int
) -> Chunk:
    begin, end = first, last
    room = min(BEFORE_PIECES, MOST_PIECES - AFTER_PIECES - CAST_PIECES - sum(sizes[first:last]) - 4)
    while begin > 0 and sum(sizes[begin - 1 : first]) <= room:
        begin -= 1
    if end < len(sizes) and sizes[end] <= AFTER_PIECES:
        end += 1
    chunk = Chunk(page)
    _add(chunk, BEGIN, 0, CONTEXT)
    _add_cast(chunk, pieces, begin)
    by_sentence: dict[int, list[Naming]] = {}
    for naming in page.namings:
        by_sentence.setdefault(naming.sentence, []).append(naming)
    for number in range(begin, end):
        zone = READ if first <= number < last else CONTEXT
        _add_sentence(chunk, number, pieces[number], zone, by_sentence.get(number, ()))
    _add(chunk, END, 0, CONTEXT)
    return chunk


def _add(chunk: Chunk, piece: int, mark: int, zone: int) -> None:
    chunk.pieces.append(piece)
    chunk.marks.append(mark)
    chunk.zones.append(zone)


def _mark(page: Page, naming: Naming) -> int:
    return ROLE_MARK if naming.is_role else MARKS[page.actors[naming.actor].kind]


def _add_cast(chunk: Chunk, pieces: Sequence[Sequence[tuple[int, ...]]], begin: int) -> None:
    """Put in front who was named before sentence `begin`: the first full naming of each, the last named nearest."""
    page = chunk.page
    best: dict[int, Naming] = {}
    latest: dict[int, int] = {}
    for naming in page.namings:
        if naming.sentence >= begin:
            break
        known = best.get(naming.actor)
        if known is None or (naming.last - naming.left > known.last - known.left and not naming.is_role):
            best[naming.actor] = naming
        latest[naming.actor] = naming.sentence
    room, chosen = CAST_PIECES, []
    for actor in sorted(best, key=lambda actor: -latest[actor]):
        naming = best[actor]
        size = sum(map(len, pieces[naming.sentence][naming.left : naming.last]))
        if size <= room:
            room -= size
            chosen.append(naming)
    for naming in reversed(chosen):
        for place in range(naming.left, naming.last):
            is_name = place >= naming.first
            if place == naming.first:
                start = len(chunk.pieces)
            for piece in pieces[naming.sentence][place]:
                _add(chunk, piece, _mark(page, naming) if is_name else 0, CAST)
        chunk.namings.append((naming.actor, -1, start, len(chunk.pieces) - 1))
    if chosen:
        _add(chunk, END, 0, CAST)


def _add_sentence(
    chunk: Chunk,
    number: int,
    pieces: Sequence[tuple[int, ...]],
    zone: int,
    namings: Sequence[Naming],
) -> None:
    page = chunk.page
    marks = [0] * len(pieces)
    times = [(n, time) for n, time in enumerate(page.times) if time.sentence == number]
    for _, time in times:
        marks[time.first : time.last] = [TIME_MARK] * (time.last - time.first)
    for naming in namings:
        marks[naming.first : naming.last] = [_mark(page, naming)] * (naming.last - naming.first)
    base = len(chunk.words)
    for place, word in enumerate(pieces):
        if len(chunk.pieces) + len(word) >= MOST_PIECES:
            break
        chunk.words.append((number, place))
        chunk.firsts.append(len(chunk.pieces))
        for piece in word:
            _add(chunk, piece, marks[place], zone)
        chunk.lasts.append(len(chunk.pieces) - 1)
        chunk.is_read.append(zone == READ)
    size = len(chunk.words) - base
    for naming in namings:
        if naming.last <= size:
            first, last = chunk.firsts[base + naming.first], chunk.lasts[base + naming.last - 1]
            chunk.namings.append((naming.actor, number, first, last))
    for n, time in times:
        if time.last <= size:
            first, last = chunk.firsts[base + time.first], chunk.lasts[base + time.last - 1]
            chunk.times.append((n, number, first, last))
