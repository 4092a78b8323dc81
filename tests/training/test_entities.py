"""The readers of entity corpora repair the known faults of the corpora."""

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
    """Write one sentence in the two columns of the corpora."""
    path.write_text("".join(f"{word}\t{tag}\n" for word, tag in rows) + "\n", "utf-8")
    return path


def test_lost_prefixes_are_restored() -> None:
    """A hand-corrected chunk begins with `-TYPE` and continues with bare dashes."""
    rows = [("नई", "-NEL"), ("दिल्ली", "-"), ("में", "O"), ("बैठक", "O")]
    assert repair_ilner_tags(rows) == ["B-NEL", "I-NEL", "O", "O"]


def test_label_before_a_bracket_belongs_to_the_words_after_it() -> None:
    """The label slid to the word left of `((`."""
    rows = [("के", "-NETI"), ("((", "O"), ("2014", "-"), ("जून", "-"), (")", "O")]
    assert repair_ilner_tags(rows) == ["O", "O", "B-NETI", "I-NETI", "O"]


def test_dash_without_a_label_cannot_be_restored() -> None:
    """Such a sentence is dropped."""
    assert repair_ilner_tags([("मंत्री", "O"), ("रमेश", "-"), ("आए", "O")]) is None


def test_unknown_labels_become_outside() -> None:
    """URLs and the like are not entities of the product; an I- without B- begins an entity."""
    tags = rename_tags(["B-NEU", "I-NEP", "I-NEP", "B-NEO"], {"NEP": "PERSON", "NEO": "ORGANIZATION"})
    assert tags == ("O", "B-PERSON", "I-PERSON", "B-ORGANIZATION")


def test_reader_drops_sentences_that_cannot_be_restored(tmp_path: Path) -> None:
    """The other sentences have labels of the product and are in NFC."""
    path = tmp_path / "ilner.txt"
    # The second word contains a precomposed letter that NFC decomposes.
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
def test_punctuation_is_split_off(word: str, pieces: list[str]) -> None:
    """Quotes, brackets and sentence ends are tokens of their own; abbreviations and decimals are not split."""
    assert split_punctuation(word) == pieces


def test_hyphens_are_split_even_after_a_vowel_sign() -> None:
    """Python's re does not count vowel signs as word characters."""
    assert split_hyphens("मून-जे-इन") == ["मून", "-", "जे", "-", "इन"]
    assert split_hyphens("-") == ["-"]


def test_entity_keeps_its_hyphens_and_loses_its_quotes() -> None:
    """The parts of a compound name remain one entity."""
    rows = split_row('"मून-जे"', "B-PERSON")
    assert rows == [('"', "O"), ("मून", "B-PERSON"), ("-", "I-PERSON"), ("जे", "I-PERSON"), ('"', "O")]


def test_hiner_keeps_only_shared_labels(tmp_path: Path) -> None:
    """HiNER marks numbers by another rule, so the teacher marks them instead."""
    rows = (("दो", "B-NUMEX"), ("मंत्री", "O"), ("सोमवार", "B-TIMEX"), ("को", "O"), ("पुणे", "B-LOCATION"))
    (sentence,) = read_hiner(write_rows(tmp_path / "hiner.conll", *rows))
    assert sentence.tags == ("O", "O", "B-DATE", "O", "B-LOCATION")


def test_dev_slice_is_a_pure_function_of_the_words(tmp_path: Path) -> None:
    """Equal sentences are in the same part, and about one in ten is in dev."""
    lines = "".join(f"वाक्य\tO\n{number}\tO\n\n" for number in range(2000))
    path = tmp_path / "many.txt"
    path.write_text(lines + lines, "utf-8")
    train, dev = split_off_dev(read_ilner(path))
    assert 300 < len(dev) < 500
    assert not {sentence.words for sentence in train} & {sentence.words for sentence in dev}
    assert all(is_dev(sentence.words) for sentence in dev)
