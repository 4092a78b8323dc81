"""Read treebanks of UD v1 and v2 and convert them to one scheme of tags, features and lemmas.

The scheme is UD v2 as Hindi-PUD uses it, with PUD's errors repaired:

* lemmas of verbs are infinitives (`किया` → `करना`), except `है` and `था` of the copula;
* है and था are always AUX, because the treebanks disagree on when they are full verbs; conjunctions are CCONJ and SCONJ;
* features are those that both treebanks mark: Case, Gender, Number, Person, Tense, Aspect, Mood, VerbForm, Polarity.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from training.features import convert_features
from training.wordlists import read_entries

UD1_TAGS = {
    "CONJ": "CCONJ",
    "n": "NOUN",
    "nst": "NOUN",
    "adj": "ADJ",
    "adv": "ADV",
    "num": "NUM",
    "pn": "PROPN",
    "s": "SYM",
}
# For words that the treebanks tag differently, PUD gets the tag of HDTB, which is three times as large.
HDTB_HABITS = {word: tag for tag, *words in read_entries("hdtb_habits.txt") for word in words}
# Lemmas of the copula, and lemmas without an infinitive.
COPULA_LEMMAS = {"हैना": "है", "थाना": "था"}
FINITE_LEMMAS = {"है", "था", "चाहिए", "वाला"}
PLACEHOLDER_LEMMAS = {"COMMA": ",", "SINGLE_QUOTE": "'"}
NUKTA = "\u093c"
CLOSING_MARKS = ("।", ",", "?", "!", ")", "-", "/", ":", ";")
OPENING_MARKS = ("(", "-", "/")
QUOTES = ("'", '"')
_JOINERS = re.compile("[\u200c\u200d]")


@dataclass(frozen=True)
class Word:
    """A word of a treebank.

    Attributes:
        text: the form as written.
        lemma: dictionary form; the infinitive for verbs.
        upos: universal part of speech of UD v2.
        feats: features in UD notation, `_` for none.
        space_after: whether a space follows in running text.
    """

    text: str
    lemma: str
    upos: str
    feats: str
    space_after: bool = True


def restore_nukta(form: str, lemma: str) -> str:
    """Add the nuktas of a form to its lemma as far as the two agree otherwise (`छोडना` → `छोड़ना`)."""
    if NUKTA not in form or NUKTA in lemma:
        return lemma
    restored: list[str] = []
    position = 0
    for char in lemma:
        if position < len(form) and form[position] == char:
            restored.append(char)
            position += 1
            if position < len(form) and form[position] == NUKTA:
                restored.append(NUKTA)
                position += 1
        else:
            position = len(form)
            restored.append(char)
    return "".join(restored)


def convert_lemma(form: str, lemma: str, upos: str, is_ud1: bool) -> str:
    """Convert a lemma to the scheme: infinitives for verbs, no placeholders, no joiners."""
    lemma = PLACEHOLDER_LEMMAS.get(lemma, lemma)
    lemma = _JOINERS.sub("", COPULA_LEMMAS.get(lemma, lemma))
    if upos == "PUNCT":
        return form
    if is_ud1 and upos in ("VERB", "AUX") and lemma not in FINITE_LEMMAS:
        lemma += "ना"
    return restore_nukta(_JOINERS.sub("", form), lemma)


def convert_row(fields: list[str], is_ud1: bool) -> Word:
    """Convert the ten columns of a CoNLL-U row to the scheme."""
    form, lemma, upos, feats, misc = (fields[index] for index in (1, 2, 3, 5, 9))
    upos = UD1_TAGS.get(upos, upos)
    if not is_ud1 and upos != "VERB":
        upos = HDTB_HABITS.get(form, upos)
    lemma = convert_lemma(form, lemma, upos, is_ud1)
    if upos == "VERB" and lemma in COPULA_LEMMAS.values():
        upos = "AUX"
    feats = convert_features(feats, form=form, lemma=lemma, upos=upos, is_ud1=is_ud1)
    return Word(form, lemma, upos, feats, "SpaceAfter=No" not in misc)


def read_conllu(path: Path, is_ud1: bool) -> Iterator[list[Word]]:
    """Yield the sentences of a CoNLL-U file, converted to the scheme."""
    words: list[Word] = []
    for line in unicodedata.normalize("NFC", path.read_text("utf-8")).split("\n"):
        fields = line.split("\t")
        if len(fields) == 10 and fields[0].isdigit():
            words.append(convert_row(fields, is_ud1))
        elif not line.strip() and words:
            yield words if not is_ud1 else space_words(words)
            words = []
    if words:
        yield words if not is_ud1 else space_words(words)


def space_words(words: list[Word]) -> list[Word]:
    """Restore the spacing of running text, which HDTB does not mark.

    There is no space before closing marks, none after opening marks, and none on either side of hyphens. Quotes open
    and close in turn.
    """
    spaced: list[Word] = []
    is_open = False
    for index, word in enumerate(words):
        following = words[index + 1].text if index + 1 < len(words) else ""
        touches_next = word.text in OPENING_MARKS or following in CLOSING_MARKS
        if word.text in QUOTES:
            is_open = not is_open
            touches_next = touches_next or is_open
        elif following in QUOTES and is_open:
            touches_next = True
        spaced.append(replace(word, space_after=not touches_next))
    return spaced


def read_treebanks(folder: Path) -> list[list[Word]]:
    """Read all treebanks in a folder; files with `ud1` in their name are in UD v1."""
    sentences: list[list[Word]] = []
    for path in sorted(folder.glob("*.conllu")):
        sentences.extend(read_conllu(path, is_ud1="ud1" in path.name))
    return sentences


def format_conllu(sentences: list[list[Word]]) -> str:
    """Return sentences as CoNLL-U; heads form a chain, since no parser is trained."""
    blocks: list[str] = []
    for words in sentences:
        rows = []
        for number, word in enumerate(words, start=1):
            relation = "root" if number == 1 else "dep"
            misc = "_" if word.space_after else "SpaceAfter=No"
            own = (word.text, word.lemma, word.upos, "_", word.feats)
            rows.append("\t".join((str(number), *own, str(number - 1), relation, "_", misc)))
        blocks.append("\n".join(rows) + "\n")
    return "\n".join(blocks) + "\n"
