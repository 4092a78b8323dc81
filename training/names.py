"""Names that the corpora do not know: other names in their sentences, and sentences of our own.

The corpora know few of the people and alliances that news of today is about, and fewer foreign
names in their Hindi spellings. Sentences with a person are repeated with drawn names in the
persons' places, and templates of sentences about meetings are filled with names. The lists are
this project's, as is the product's gazetteer; single Indian names come from a public list.
"""

import random
import re
from collections.abc import Iterator
from pathlib import Path

from babel import Locale

from etl.config import REPOSITORY
from etl.seeds import read_seeds
from training.entities import Sentence, split_hyphens
from training.wordlists import read_entries

LIST_FILES = {
    "PERSON": "persons.txt",
    "ORGANIZATION": "organisations.txt",
    "LOCATION": "places.txt",
    "DATE": "dates.txt",
}
# In templates {P} is a full name and {p} any name of a person.
SLOT_LABELS = {"P": "PERSON", "p": "PERSON", "O": "ORGANIZATION", "L": "LOCATION", "D": "DATE"}
_SLOT = re.compile(r"^\{(\w)\}$")

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
    """Read single Indian given and family names in Devanagari."""
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    return [row[1].strip() for row in rows if len(row) == 2 and " " not in row[1].strip()]


def read_gazetteer() -> dict[str, list[Name]]:
    """Read the product's gazetteer: full names of persons, all names of organisations, countries and states."""
    seeds = read_seeds(REPOSITORY / "seeds")
    persons = [
        name for person in seeds.persons for name in (person.name_hi, *person.aliases_hi) if " " in name
    ]
    organisations = [name for one in seeds.organisations for name in (one.name_hi, *one.aliases_hi)]
    countries = [name for code, name in Locale("hi").territories.items() if len(code) == 2]
    states = [state.name_hi for state in seeds.states]
    return {
        "PERSON": [tuple(name.split()) for name in persons],
        "ORGANIZATION": [
            tuple(name.split()) for name in organisations if not name.isascii() and "(" not in name
        ],
        "LOCATION": [tuple(name.split()) for name in countries + states],
        "DATE": [],
    }


class NameSource:
    """Draws names of each label, persons in full or by one of their names."""

    def __init__(self, indian: list[str]) -> None:
        self._indian = indian
        known = read_gazetteer()
        self._lists = {label: [*read_entries(name), *known[label]] for label, name in LIST_FILES.items()}

    def draw(self, label: str, rng: random.Random) -> Name:
        """Draw a name as tokens; three persons in five are from the list, the others Indian."""
        if label == "PERSON" and rng.random() < 0.4:
            name: Name = tuple(rng.sample(self._indian, 2))
        else:
            name = rng.choice(self._lists[label])
        return tuple(piece for word in name for piece in split_hyphens(word))

    def draw_short(self, rng: random.Random) -> Name:
        """Draw one name of a person, mostly the last."""
        name = self.draw("PERSON", rng)
        return (name[-1] if rng.random() < 0.75 else name[0],)


def tag_name(name: Name, label: str) -> list[str]:
    """Return the BIO tags of a name."""
    return ["B-" + label] + ["I-" + label] * (len(name) - 1)


def rename(sentence: Sentence, names: NameSource, rng: random.Random) -> Sentence:
    """Give every person of the sentence, and half of its organisations, another name."""
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
    """Yield one renamed copy of every sentence that tells of a person or an organisation."""
    for sentence in sentences:
        if "B-PERSON" in sentence.tags or "B-ORGANIZATION" in sentence.tags:
            yield rename(sentence, names, rng)


def fill_template(template: Name, names: NameSource, rng: random.Random) -> Sentence:
    """Fill the slots of a template; its other words are no entities."""
    words: list[str] = []
    tags: list[str] = []
    for word in template:
        slot = _SLOT.match(word)
        if slot is None:
            words.append(word)
            tags.append("O")
            continue
        label = SLOT_LABELS[slot[1]]
        is_short = slot[1] == "p" and rng.random() < 0.6
        name = names.draw_short(rng) if is_short else names.draw(label, rng)
        words.extend(name)
        tags.extend(tag_name(name, label))
    return Sentence(tuple(words), tuple(tags))


def compose_sentences(names: NameSource, rng: random.Random, copies: int) -> Iterator[Sentence]:
    """Yield every template so many times, each time with other names."""
    for template in read_entries("templates.txt"):
        for _ in range(copies):
            yield fill_template(template, names, rng)
