"""Make training text for the tokenizer and sentence splitter: paragraphs with the irregularities of news sites.

Treebank text is too clean: nearly every sentence ends in a danda. News text also ends sentences with a full stop, omits
the space after it, abbreviates names and titles with a full stop, quotes whole sentences, and has headlines without an
end mark. The paragraphs made here have all these traits, each with its own probability.
"""

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from training.treebanks import Word, space_words
from training.wordlists import read_entries

END_MARKS = ("।", ".", "?", "!")
ELLIPSES = ("...", "…")
INTRODUCTIONS = read_entries("introductions.txt")
(LETTERS,) = read_entries("initials.txt")
TITLES, ABBREVIATIONS = read_entries("abbreviations.txt")
INTERJECTIONS = read_entries("interjections.txt")
NUMBERS = ("2.5", "10.75", "05.03.2020", "1.2", "12.30", "7.8", "100.5", "15.08.1947", "3.14", "6.30")
QUOTES = (("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"))


_GLUED_END = re.compile(r"^\.+[^.\d]|[।?!].|.[।?!]|[^\d.]{2}\.[^\d.]{2}")


@dataclass(frozen=True)
class Token:
    """A token of running text, and whether a space follows it."""

    text: str
    space_after: bool


Sentence = list[Token]


def from_words(words: Iterable[Word]) -> Sentence:
    """Convert a treebank sentence."""
    return [Token(word.text, word.space_after) for word in words]


def from_plain_words(words: Iterable[str]) -> Sentence:
    """Convert a sentence of a corpus without spacing; spaces are set by rule."""
    return from_words(space_words([Word(word, "_", "X", "_") for word in words]))


def is_whole_sentence(words: tuple[str, ...]) -> bool:
    """Return whether a line is one sentence: one end mark, at its end, and no leftover brackets."""
    ends = [index for index, word in enumerate(words) if word in END_MARKS]
    has_debris = any("((" in word or _GLUED_END.search(word) for word in words)
    return len(words) > 3 and ends == [len(words) - 1] and not has_debris


def ends_briefly(sentence: Sentence) -> bool:
    """Return whether the last word is as short as initials, so that a stop after it is ambiguous (`ली.`)."""
    return len(sentence) > 3 and sentence[-1].text in "।." and len(sentence[-2].text) <= 3


def insert_initials(sentence: Sentence, rng: random.Random) -> Sentence:
    """Insert a title or initials before a random word, with spaces (`एस. के. सिंह`) or without (`एस.के. सिंह`)."""
    position = rng.randrange(len(sentence) - 1) if len(sentence) > 1 else 0
    kind = rng.random()
    if kind < 0.3:
        inserted = [Token(rng.choice(TITLES), rng.random() < 0.9)]
    elif kind < 0.75:
        inserted = [
            Token(rng.choice(LETTERS) + ".", rng.random() < 0.85) for _ in range(rng.choice((1, 1, 2, 3)))
        ]
    else:
        glued = "".join(rng.choice(LETTERS) + "." for _ in range(rng.choice((2, 3))))
        inserted = [Token(glued, True)]
    return sentence[:position] + inserted + sentence[position:]


def insert_number(sentence: Sentence, rng: random.Random) -> Sentence:
    """Insert a decimal, a dotted date, an abbreviation or an ellipsis between two words."""
    position = rng.randrange(len(sentence) - 1) if len(sentence) > 1 else 0
    if position and rng.random() < 0.15:
        before = replace(sentence[position - 1], space_after=rng.random() < 0.3)
        ellipsis = Token(rng.choice(ELLIPSES), True)
        return [*sentence[: position - 1], before, ellipsis, *sentence[position:]]
    chosen = rng.choice(NUMBERS if rng.random() < 0.6 else ABBREVIATIONS)
    return [*sentence[:position], Token(chosen, True), *sentence[position:]]


def quote(sentence: Sentence, rng: random.Random) -> Sentence:
    """Put the whole sentence in quotes, with its end mark inside."""
    opening, closing = rng.choice(QUOTES)
    *body, last = sentence
    return [Token(opening, False), *body, replace(last, space_after=False), Token(closing, True)]


def introduce(sentence: Sentence, rng: random.Random) -> Sentence:
    """Quote the sentence and put its speaker before it: `मंत्री ने कहा : “…”` ("the minister said: …")."""
    words = rng.choice(INTRODUCTIONS)
    mark = Token(rng.choice((":", ":", "–", "-", ",")), True)
    opening = [Token(word, True) for word in words[:-1]]
    return [*opening, Token(words[-1], mark.text in "–-" or rng.random() < 0.3), mark, *quote(sentence, rng)]


def set_end_mark(sentence: Sentence, mark: str, rng: random.Random) -> Sentence:
    """Replace the end mark of a sentence, sometimes with a space before it."""
    if len(sentence) < 2 or sentence[-1].text not in END_MARKS:
        return sentence
    *body, before, _ = sentence
    is_apart = mark == "|" or rng.random() < 0.12
    return [*body, replace(before, space_after=is_apart), Token(mark, True)]


def vary(sentence: Sentence, stop: str, rng: random.Random) -> Sentence:
    """Apply the traits of news text to one sentence at random.

    Args:
        sentence: tokens, the last one an end mark.
        stop: usual end mark of the paragraph, `।`, `.` or `|`.
        rng: random number generator.
    """
    if rng.random() < 0.15:
        sentence = insert_initials(sentence, rng)
    if rng.random() < 0.08:
        sentence = insert_number(sentence, rng)
    if rng.random() < 0.05:
        stop = rng.choice("?!")
    elif rng.random() < 0.015:
        stop = rng.choice(ELLIPSES)
    if sentence[-1].text not in "?!":
        sentence = set_end_mark(sentence, stop, rng)
    if rng.random() < 0.08:
        sentence = quote(sentence, rng)
    elif rng.random() < 0.04:
        sentence = introduce(sentence, rng)
    if rng.random() < 0.04:
        sentence = [*sentence[:-1], replace(sentence[-1], space_after=False)]
    return sentence


def choose_stops(size: int, rng: random.Random) -> list[str]:
    """Choose the end marks of a paragraph: one mark for all sentences (danda, stop or bar), or rarely a mixture."""
    if rng.random() < 0.15:
        return [rng.choice("।.") for _ in range(size)]
    return [rng.choices("।.|", (47, 47, 6))[0]] * size


def make_paragraphs(sentences: list[Sentence], rng: random.Random) -> Iterator[list[Sentence]]:
    """Group consecutive sentences into varied paragraphs; one in twelve is a headline."""
    position = 0
    while position < len(sentences):
        if rng.random() < 0.08 and len(sentences[position]) > 4:
            yield [sentences[position][:-1]]
            position += 1
            continue
        group = sentences[position : position + rng.randint(1, 6)]
        position += len(group)
        if rng.random() < 0.1:
            group.insert(rng.randint(0, len(group)), from_plain_words(rng.choice(INTERJECTIONS)))
        stops = choose_stops(len(group), rng)
        yield [vary(sentence, stop, rng) for sentence, stop in zip(group, stops, strict=True)]


def group_plainly(sentences: list[Sentence], size: int = 5) -> Iterator[list[Sentence]]:
    """Group consecutive sentences into paragraphs without changes."""
    for start in range(0, len(sentences), size):
        yield sentences[start : start + size]


def label_paragraph(sentences: list[Sentence]) -> tuple[str, str]:
    """Return a paragraph as text with Stanza's label of each character.

    Returns:
        The text, and a string of the same length: 1 on the last character of a token, 2 on the
        last character of a sentence, 0 elsewhere.
    """
    text: list[str] = []
    labels: list[str] = []
    for sentence in sentences:
        for index, token in enumerate(sentence):
            end = "2" if index == len(sentence) - 1 else "1"
            text.append(token.text)
            labels.append("0" * (len(token.text) - 1) + end)
            if token.space_after:
                text.append(" ")
                labels.append("0")
    joined = "".join(text)
    length = len(joined.rstrip())
    return joined[:length], "".join(labels)[:length]


def format_paragraphs(paragraphs: Iterable[list[Sentence]]) -> tuple[str, str]:
    """Return the contents of Stanza's two training files, text and labels; blank lines separate paragraphs."""
    pairs = [label_paragraph(paragraph) for paragraph in paragraphs]
    return "\n\n".join(text for text, _ in pairs) + "\n", "\n\n".join(labels for _, labels in pairs) + "\n"
