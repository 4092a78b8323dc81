"""Generate sentences with names that the corpora do not have.

The corpora have few of the people and alliances in current news, and few foreign names in Hindi spelling. Sentences
with a person or an organisation are repeated with randomly drawn names, and templates of sentences about meetings are
filled with names. The name lists and the gazetteer belong to this project; single Indian names come from a public list.
"""

import csv
import random
import re
from collections.abc import Iterator
from pathlib import Path

from etl.config import REPOSITORY
from training.entities import Sentence, split_hyphens
from training.wordlists import read_entries

GAZETTEER = REPOSITORY / "seeds" / "gazetteer"
LIST_FILES = {
    "PERSON": "persons.txt",
    "ORGANIZATION": "organisations.txt",
    "LOCATION": "places.txt",
    "DATE": "dates.txt",
}
# In templates {P} is a full name and {p} any name of a person; organisations may contain {L} or {P}.
SLOT_LABELS = {"P": "PERSON", "p": "PERSON", "O": "ORGANIZATION", "L": "LOCATION", "D": "DATE"}
_SLOT = re.compile(r"^\{(\w)\}$")
# A fixed entity in a template, its words joined by underscores: हैदराबाद_हाउस/LOCATION.
_FIXED = re.compile(r"^(.+)/([A-Z]+)$")
_GENITIVES = {"का", "के", "की"}

Name = tuple[str, ...]


def find_spans(tags: tuple[str, ...], label: str) -> list[tuple[int, int]]:
    """Return the half-open token spans of one label in BIO tags."""
    spans: list[tuple[int, int]] = []
    for index, tag in enumerate(tags):
        if tag == "B-" + label:
            spans.append((index, index + 1))
        elif tag == "I-" + label and spans and spans[-1][1] == index:
            spans[-1] = (spans[-1][0], index + 1)
    return spans


def read_indian_names(path: Path) -> list[str]:
    """Read Indian given and family names in Devanagari, one word each."""
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    return [row[1].strip() for row in rows if len(row) == 2 and " " not in row[1].strip()]


def read_rows(table: str) -> list[dict[str, str]]:
    """Read a table of the gazetteer."""
    with (GAZETTEER / table).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_names(rows: list[dict[str, str]], *columns: str) -> list[Name]:
    """Return the Devanagari names in the columns, except names with brackets or a genitive."""
    joined = [row[column] for row in rows for column in columns]
    names = [tuple(name.split()) for cell in joined for name in cell.split("|") if name]
    return [
        name
        for name in names
        if not any(word.isascii() or "(" in word or word in _GENITIVES for word in name)
    ]


def read_gazetteer() -> dict[str, list[Name]]:
    """Return label → names of the gazetteer that the corpora would mark as a whole.

    The corpora mark names without titles, and the alliance without the word "summit". Country names that are also
    adjectives (पाक, सऊदी) are skipped because they are ambiguous.
    """
    titles = {row["title_hi"] for row in read_rows("titles.csv")}
    persons = read_names(read_rows("person.csv"), "name_hi", "aliases_hi")
    bodies = [row for row in read_rows("organisation.csv") if row["kind"] != "summit"]
    countries, states = read_rows("country.csv"), read_rows("state.csv")
    adjectives = set(read_names(countries, "demonym_hi"))
    places = read_names(countries, "aliases_hi", "capital_hi")
    return {
        "PERSON": [name for name in persons if name[0] not in titles],
        "ORGANIZATION": read_names(bodies, "name_hi", "aliases_hi"),
        "LOCATION": [
            *(name for name in places if name not in adjectives),
            *read_names(states, "name_hi", "aliases_hi", "capital_hi"),
        ],
        "DATE": [],
    }


class NameSource:
    """Draws random names of each label; persons by their full name or one word of it."""

    def __init__(self, indian: list[str]) -> None:
        self._indian = indian
        known = read_gazetteer()
        lists = {label: [*read_entries(file), *known[label]] for label, file in LIST_FILES.items()}
        self._lists = {label: list(dict.fromkeys(names)) for label, names in lists.items()}
        persons = self._lists["PERSON"]
        self._lists["PERSON"] = [name for name in persons if len(name) > 1]
        self._short = [name for name in persons if len(name) == 1]

    def draw(self, label: str, rng: random.Random) -> Name:
        """Draw a name as tokens; three of five persons come from the lists, the others from the Indian names."""
        if label == "PERSON" and rng.random() < 0.4:
            name: Name = tuple(rng.sample(self._indian, 2))
        else:
            name = rng.choice(self._lists[label])
        return tuple(piece for word in name for piece in self._fill(word, rng))

    def _fill(self, word: str, rng: random.Random) -> list[str]:
        slot = _SLOT.match(word)
        return split_hyphens(word) if slot is None else list(self.draw(SLOT_LABELS[slot[1]], rng))

    def draw_short(self, rng: random.Random) -> Name:
        """Draw one word of a person's name: a name known to be used alone, or the last or first of a full name.

        Words of one or two letters in a full name are skipped: most are also common words (किम जोंग उन, थेरेसा मे).
        """
        if rng.random() < 0.25:
            return tuple(split_hyphens(rng.choice(self._short)[0]))[-1:]
        name = self.draw("PERSON", rng)
        long = [word for word in name if len(word) > 2] or name
        return (long[-1] if rng.random() < 0.75 else long[0],)


def tag_name(name: Name, label: str) -> list[str]:
    """Return the BIO tags of a name."""
    return ["B-" + label] + ["I-" + label] * (len(name) - 1)


def rename(sentence: Sentence, names: NameSource, rng: random.Random) -> Sentence:
    """Replace the name of every person, and of half of the organisations, in a sentence."""
    spans = [(start, end, "PERSON") for start, end in find_spans(sentence.tags, "PERSON")]
    spans += [
        (start, end, "ORGANIZATION")
        for start, end in find_spans(sentence.tags, "ORGANIZATION")
        if rng.random() < 0.5
    ]
    words, tags = list(sentence.words), list(sentence.tags)
    for start, end, label in sorted(spans, reverse=True):
        is_short = label == "PERSON" and end - start == 1
        name = names.draw_short(rng) if is_short else names.draw(label, rng)
        words[start:end] = name
        tags[start:end] = tag_name(name, label)
    return Sentence(tuple(words), tuple(tags))


def rename_all(sentences: list[Sentence], names: NameSource, rng: random.Random) -> Iterator[Sentence]:
    """Yield one renamed copy of every sentence with a person or an organisation."""
    for sentence in sentences:
        if "B-PERSON" in sentence.tags or "B-ORGANIZATION" in sentence.tags:
            yield rename(sentence, names, rng)


def fill_word(word: str, names: NameSource, rng: random.Random) -> tuple[Name, str]:
    """Return the words that replace a word of a template, and their label; "" for a plain word."""
    fixed = _FIXED.match(word)
    if fixed:
        return tuple(fixed[1].split("_")), fixed[2]
    slot = _SLOT.match(word)
    if slot is None:
        return (word,), ""
    if slot[1] == "p" and rng.random() < 0.6:
        return names.draw_short(rng), "PERSON"
    return names.draw(SLOT_LABELS[slot[1]], rng), SLOT_LABELS[slot[1]]


def fill_template(template: Name, names: NameSource, rng: random.Random) -> Sentence:
    """Fill the slots of a template; words without a label get the tag O."""
    words: list[str] = []
    tags: list[str] = []
    for word in template:
        name, label = fill_word(word, names, rng)
        words.extend(name)
        tags.extend(tag_name(name, label) if label else ["O"])
    return Sentence(tuple(words), tuple(tags))


def compose_sentences(names: NameSource, rng: random.Random, copies: int) -> Iterator[Sentence]:
    """Yield every template `copies` times, each time with other names."""
    for template in read_entries("templates.txt"):
        for _ in range(copies):
            yield fill_template(template, names, rng)
