"""Generated paragraphs, renamed sentences and harmonised labels keep words and labels aligned."""

import random

import pytest

from training.entities import LABELS, Sentence
from training.harmonise import fill_labels
from training.names import (
    SLOT_LABELS,
    NameSource,
    compose_sentences,
    fill_template,
    find_spans,
    read_gazetteer,
    rename_all,
)
from training.segmentation import (
    Token,
    from_plain_words,
    is_whole_sentence,
    label_paragraph,
    make_paragraphs,
)
from training.text import fold_text, tokenize_plainly
from training.wordlists import read_entries

PLAIN = ("विदेश", "मंत्री", "कल", "मॉस्को", "पहुंचे", "।")


def test_labels_mark_the_last_characters() -> None:
    """Label 2 ends a sentence, label 1 a token; a headline ends without a mark."""
    sentence = [Token("डॉ.", True), Token("राव", True), Token("आए", False), Token(".", True)]
    text, labels = label_paragraph([sentence, sentence[:2]])
    assert text == "डॉ. राव आए. डॉ. राव"
    assert len(labels) == len(text)
    assert [text[i] for i, label in enumerate(labels) if label == "2"] == [".", "व"]
    assert labels.count("1") == 4


def test_varied_paragraphs_keep_text_and_labels_aligned() -> None:
    """The last character of every paragraph ends a sentence, whatever traits the paragraph has."""
    sentences = [from_plain_words(PLAIN)] * 200
    for paragraph in make_paragraphs(sentences, random.Random(3)):
        text, labels = label_paragraph(paragraph)
        assert len(text) == len(labels)
        assert labels[-1] == "2"
        assert labels.count("2") == len(paragraph)


def test_lines_that_are_not_one_sentence_are_rejected() -> None:
    """Sentence ends without a space or inside a line would be wrong training data."""
    assert is_whole_sentence(PLAIN)
    assert not is_whole_sentence((*PLAIN, *PLAIN))
    assert not is_whole_sentence(("वह", "आया", "है.फिर", "गया", "।"))
    assert not is_whole_sentence(("वह", "आया", ".लेकिन", "गया", "।"))


def test_persons_are_renamed_with_their_labels() -> None:
    """Other words keep their labels; the new name is one entity."""
    words = ("राम", "कुमार", "ने", "पुणे", "में", "कहा")
    sentence = Sentence(words, ("B-PERSON", "I-PERSON", "O", "B-LOCATION", "O", "O"))
    for renamed in rename_all([sentence] * 20, NameSource(["सीता", "गीता"]), random.Random(5)):
        assert len(renamed.words) == len(renamed.tags)
        assert len(find_spans(renamed.tags, "PERSON")) == 1
        assert renamed.words[-4:] == sentence.words[-4:]
        assert renamed.tags[-4:] == sentence.tags[-4:]


def test_sentences_without_names_are_not_copied() -> None:
    """An unchanged copy would only give the sentence more weight."""
    sentence = Sentence(("पुणे", "में", "वर्षा"), ("B-LOCATION", "O", "O"))
    assert not list(rename_all([sentence], NameSource(["सीता", "गीता"]), random.Random(5)))


def test_short_names_are_one_word() -> None:
    """A family name used alone is replaced by one word."""
    names = NameSource(["राव", "मिश्र"])
    assert all(len(names.draw_short(random.Random(seed))) == 1 for seed in range(50))


def test_all_slots_of_templates_are_filled() -> None:
    """Every slot and every fixed name becomes one entity; some templates have none."""
    slots = [sum("{" in word or "/" in word for word in line) for line in read_entries("templates.txt")]
    filled = list(compose_sentences(NameSource(["राव", "मिश्र"]), random.Random(2), copies=1))
    assert not any(set("{_/") & set(word) for sentence in filled for word in sentence.words)
    assert [sum(tag.startswith("B-") for tag in sentence.tags) for sentence in filled] == slots
    assert 0 in slots


@pytest.mark.parametrize(
    "name", ["persons.txt", "organisations.txt", "places.txt", "dates.txt", "templates.txt"]
)
def test_lists_have_no_duplicates(name: str) -> None:
    """A duplicate would be drawn twice as often."""
    entries = read_entries(name)
    assert len(entries) == len(set(entries))


def test_slots_are_known() -> None:
    """A misspelt slot would be read as a word."""
    slots = {word for entry in read_entries("templates.txt") for word in entry if "{" in word}
    assert slots <= {f"{{{slot}}}" for slot in SLOT_LABELS}


def test_labels_of_fixed_names_are_known() -> None:
    """A misspelt label would be a seventh label."""
    fixed = {
        word.rpartition("/")[2] for entry in read_entries("templates.txt") for word in entry if "/" in word
    }
    assert fixed
    assert fixed <= set(LABELS)


def test_adjacent_names_are_separate_entities() -> None:
    """A drawn name after a fixed name with the same label begins a new entity."""
    template = ("व्हाइट_हाउस/LOCATION", "{L}", "में")
    filled = fill_template(template, NameSource(["राव", "मिश्र"]), random.Random(1))
    spans = find_spans(filled.tags, "LOCATION")
    assert filled.words[:2] == ("व्हाइट", "हाउस")
    assert spans == [(0, 2), (2, len(filled.words) - 1)]


def test_gazetteer_names_are_those_that_the_corpora_mark() -> None:
    """Aliases, capitals and states are included; names with titles, summits and adjectives are not."""
    known = read_gazetteer()
    assert {("यूरोपियन", "यूनियन"), ("राकांपा",)} <= set(known["ORGANIZATION"])
    assert {("अमरीका",), ("पेइचिंग",), ("यूपी",)} <= set(known["LOCATION"])
    assert {("व्लादीमिर", "पुतिन"), ("पुतिन",)} <= set(known["PERSON"])
    assert ("पाक",) not in known["LOCATION"]
    assert ("ब्रिक्स", "सम्मेलन") not in known["ORGANIZATION"]
    assert ("रूस", "के", "विदेश", "मंत्रालय") not in known["ORGANIZATION"]
    assert ("डॉ.", "एस", "जयशंकर") not in known["PERSON"]


def test_patterns_of_organisations_are_filled() -> None:
    """Courts and commissions are drawn with their place."""
    names = NameSource(["राव", "मिश्र"])
    drawn = [names.draw("ORGANIZATION", random.Random(seed)) for seed in range(3000)]
    courts = {name for name in drawn if name[-2:] == ("उच्च", "न्यायालय")}
    assert not any("{" in word for name in drawn for word in name)
    assert len(courts - set(read_gazetteer()["ORGANIZATION"])) > 1


def test_short_names_are_not_common_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """उन alone is a pronoun ("them"); शी is in the list of names used alone."""
    names = NameSource(["राव", "मिश्र"])
    monkeypatch.setattr(names, "draw", lambda _label, _rng: ("किम", "जोंग", "उन"))
    drawn = {names.draw_short(random.Random(seed))[0] for seed in range(3000)}
    assert {"किम", "जोंग", "शी"} <= drawn
    assert "उन" not in drawn


def test_teacher_labels_only_words_without_label() -> None:
    """Entities of the corpus are kept."""
    sentence = Sentence(("दो", "मंत्री", "आज", "तक"), ("O", "O", "B-ORGANIZATION", "I-ORGANIZATION"))
    filled = fill_labels(sentence, ("B-NUMBER", "B-PERSON", "B-DATE", "O"))
    assert filled.tags == ("B-NUMBER", "O", "B-ORGANIZATION", "I-ORGANIZATION")


def test_plain_tokens_keep_vowel_signs_and_decimals() -> None:
    """Dandas and hyphens are tokens of their own; joiners are part of their word."""
    assert tokenize_plainly("जे-इन ने 2.5 करोड़ कहा।") == ["जे", "-", "इन", "ने", "2.5", "करोड\u093c", "कहा", "।"]
    assert fold_text("वह  आया।\n") == fold_text("वह आया")
