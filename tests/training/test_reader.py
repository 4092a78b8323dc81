"""The reader's parts that need no weights: pieces, chunks, decoding and merging."""

from dataclasses import replace
from datetime import date

from training.reader.model.chunks import CAST, READ, cut_page
from training.reader.model.decode import Meeting, Reading, Thresholds, decode
from training.reader.model.page import Actor, Days, Naming, Page, Time, Word
from training.reader.model.pieces import UNKNOWN, Cutter

PIECES = ["<s>", "<pad>", "</s>", "<unk>", "\u2581मोदी", "\u2581", "मो", "दी", "।", "\u2581मिले"]
CUTTER = Cutter(PIECES, [0, 0, 0, 0, -3, -2, -5, -5, -1, -4])
NOTHING = (1.0, 0.0, 0.0, 0.0)
FIRST, SECOND = (0.0, 1.0, 0.0, 0.0), (0.0, 0.0, 1.0, 0.0)


def make_page(*sentences: str, names: tuple[str, ...] = ("मोदी", "पुतिन", "शी")) -> Page:
    """Return a page whose words are parted by spaces and whose actors are the names."""
    words = [tuple(Word(word, 0, len(word), False) for word in text.split()) for text in sentences]
    day = Days(date(2020, 3, 2), date(2020, 3, 2), "day", "weekday")
    namings = [
        Naming(names.index(word.text), s, w, w + 1, w, False)
        for s, sentence in enumerate(words)
        for w, word in enumerate(sentence)
        if word.text in names
    ]
    times = [
        Time(
            s, w, w + 1, word.text, day, replace(day, start_date=date(2020, 3, 9), end_date=date(2020, 3, 9))
        )
        for s, sentence in enumerate(words)
        for w, word in enumerate(sentence)
        if word.text == "सोमवार"
    ]
    actors = tuple(Actor(name, "PER", name, name, None, None) for name in names)
    return Page("a", date(2020, 3, 4), "", tuple(words), actors, tuple(namings), tuple(times))


def make_reading(sentence: int = 0, **changes: object) -> Reading:
    """Return a certain reading of "first met second"."""
    reading = Reading(
        sentence=sentence,
        word=3,
        probability=0.9,
        statuses=(1.0, 0, 0, 0, 0, 0, 0),
        modes=(1.0, 0, 0, 0, 0),
        formats=(1.0, 0),
        separate=0.0,
        parts={0: FIRST, 1: SECOND, 2: NOTHING},
        times=((-1, 1.0),),
        place=None,
        place_odds=0.0,
    )
    return replace(reading, **changes)  # type: ignore[arg-type]


def told(*readings: Reading, page: Page | None = None) -> list[Meeting]:
    return decode(page or make_page("मोदी ने पुतिन मिले ।", "शी"), readings, Thresholds())


def test_a_word_is_cut_by_its_likeliest_pieces() -> None:
    assert CUTTER.cut("मोदी", is_glued=False) == (4,)
    assert CUTTER.cut("मोदी", is_glued=True) == (6, 7)


def test_a_character_that_no_piece_has_is_unknown() -> None:
    assert CUTTER.cut("ज़", is_glued=True)[0] == UNKNOWN


def test_every_sentence_is_read_once() -> None:
    page = make_page(*["मोदी मोदी मोदी मोदी मिले ।"] * 40)
    chunks = list(cut_page(page, CUTTER, read_pieces=30))
    read = [place for c in chunks for place, is_read in zip(c.words, c.is_read, strict=True) if is_read]
    assert read == [(s, w) for s, sentence in enumerate(page.sentences) for w in range(len(sentence))]


def test_who_was_named_far_back_stands_in_front() -> None:
    page = make_page("शी मिले ।", *["मोदी मोदी मोदी मोदी मिले ।"] * 60)
    last = list(cut_page(page, CUTTER, read_pieces=30))[-1]
    assert (2, -1) in [(actor, sentence) for actor, sentence, _, _ in last.namings]
    assert CAST in last.zones
    assert READ in last.zones


def test_two_sides_make_one_meeting() -> None:
    (meeting,) = told(make_reading())
    assert meeting.cast == ((0, 1), (1, 2))


def test_separate_talks_are_one_meeting_each() -> None:
    both = make_reading(parts={0: FIRST, 1: SECOND, 2: SECOND}, separate=0.9)
    assert [meeting.cast for meeting in told(both)] == [((0, 1), (1, 2)), ((0, 1), (2, 2))]


def test_one_actor_alone_meets_nobody() -> None:
    assert told(make_reading(parts={0: FIRST, 1: NOTHING})) == []


def test_an_unlikely_head_word_tells_nothing() -> None:
    assert told(make_reading(probability=0.3)) == []


def test_the_same_meeting_told_twice_is_one() -> None:
    (meeting,) = told(make_reading(), make_reading(1, probability=0.5))
    assert meeting.heads == ((0, 3), (1, 3))


def test_another_status_is_another_meeting() -> None:
    planned = (0, 0, 1.0, 0, 0, 0, 0)
    assert len(told(make_reading(), make_reading(1, statuses=planned))) == 2


def test_another_day_is_another_meeting() -> None:
    page = make_page("मोदी ने सोमवार पुतिन मिले ।", "सोमवार शी")
    times = (page.times[0], replace(page.times[1], past=page.times[1].future))
    page = replace(page, times=times)
    readings = (make_reading(times=((-1, 0.1), (0, 0.9))), make_reading(1, times=((-1, 0.1), (1, 0.9))))
    assert len(told(*readings, page=page)) == 2
