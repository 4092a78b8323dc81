"""The entity readers repair what the corpora are known to have wrong."""

from pathlib import Path

import pytest

from training.entities import (
    is_dev,
    read_hiner,
    read_ilner,
    rename_tags,
    repair_ilner_tags,
    split_hyphens,
    split_off_dev,
    split_punctuation,
    split_row,
)


def write_rows(path: Path, *rows: tuple[str, str]) -> Path:
    """Write one sentence in the corpora's two columns."""
    path.write_text("".join(f"{word}\t{tag}\n" for word, tag in rows) + "\n", "utf-8")
    return path


def test_lost_prefixes_are_put_back() -> None:
    """A hand-corrected chunk begins at ``-TYPE`` and goes on over bare dashes."""
    rows = [("नई", "-NEL"), ("दिल्ली", "-"), ("में", "O"), ("बैठक", "O")]
    assert repair_ilner_tags(rows) == ["B-NEL", "I-NEL", "O", "O"]


def test_label_before_a_bracket_belongs_to_the_words_after_it() -> None:
    """The label slid onto the word left of ``((``."""
    rows = [("के", "-NETI"), ("((", "O"), ("2014", "-"), ("जून", "-"), (")", "O")]
    assert repair_ilner_tags(rows) == ["O", "O", "B-NETI", "I-NETI", "O"]


def test_dash_without_a_label_cannot_be_known() -> None:
    """Such a sentence is left out rather than taught wrongly."""
    assert repair_ilner_tags([("मंत्री", "O"), ("रमेश", "-"), ("आए", "O")]) is None


def test_unknown_types_become_outside() -> None:
    """URLs and the like are no entities of the product; a stray I- begins an entity."""
    tags = rename_tags(["B-NEU", "I-NEP", "I-NEP", "B-NEO"], {"NEP": "PERSON", "NEO": "ORGANIZATION"})
    assert tags == ("O", "B-PERSON", "I-PERSON", "B-ORGANIZATION")


def test_reader_drops_what_cannot_be_known(tmp_path: Path) -> None:
    """Only sentences with known labels come out, in the product's labels and in NFC."""
    path = tmp_path / "ilner.txt"
    # The second word holds a precomposed letter that NFC takes apart.
    path.write_text("मोहन\tB-NEP\nबड़ा\tO\n\nमंत्री\tO\nरमेश\t-\n\n", "utf-8")
    sentences = read_ilner(path)
    assert [sentence.words for sentence in sentences] == [("मोहन", "बड\u093cा")]
    assert sentences[0].tags == ("B-PERSON", "O")


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ('"हम', ['"', "हम"]),
        ('है."', ["है", ".", '"']),
        (".लेकिन", [".", "लेकिन"]),
        ("गया।", ["गया", "।"]),
        ("(जन्म", ["(", "जन्म"]),
        ("डॉ.", ["डॉ."]),
        (".5", [".5"]),
        ("...", ["..."]),
        ('"', ['"']),
    ],
)
def test_marks_are_cut_off_words(word: str, pieces: list[str]) -> None:
    """Quotes, brackets and sentence ends stand alone; abbreviations and decimals stay whole."""
    assert split_punctuation(word) == pieces


def test_hyphens_are_split_even_after_a_vowel_sign() -> None:
    """Vowel signs are no word characters to Python's re."""
    assert split_hyphens("मून-जे-इन") == ["मून", "-", "जे", "-", "इन"]
    assert split_hyphens("-") == ["-"]


def test_entity_keeps_its_hyphens_and_loses_its_quotes() -> None:
    """The parts of a compound name stay one entity."""
    rows = split_row('"मून-जे"', "B-PERSON")
    assert rows == [('"', "O"), ("मून", "B-PERSON"), ("-", "I-PERSON"), ("जे", "I-PERSON"), ('"', "O")]


def test_hiner_keeps_only_shared_types(tmp_path: Path) -> None:
    """HiNER's numbers are marked by another rule, so they are left for the teacher."""
    rows = (("दो", "B-NUMEX"), ("मंत्री", "O"), ("सोमवार", "B-TIMEX"), ("को", "O"), ("पुणे", "B-LOCATION"))
    (sentence,) = read_hiner(write_rows(tmp_path / "hiner.conll", *rows))
    assert sentence.tags == ("O", "O", "B-DATE", "O", "B-LOCATION")


def test_dev_slice_is_a_pure_function_of_the_words(tmp_path: Path) -> None:
    """Equal sentences fall on one side, and about one in ten is dev."""
    lines = "".join(f"वाक्य\tO\n{number}\tO\n\n" for number in range(2000))
    path = tmp_path / "many.txt"
    path.write_text(lines + lines, "utf-8")
    train, dev = split_off_dev(read_ilner(path))
    assert 300 < len(dev) < 500
    assert not {sentence.words for sentence in train} & {sentence.words for sentence in dev}
    assert all(is_dev(sentence.words) for sentence in dev)
