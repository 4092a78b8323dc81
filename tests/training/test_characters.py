"""Character models learn from sentences in the taggers' format, and cached states equal computed states."""

from pathlib import Path

import pytest
import torch
from stanza.models.common.char_model import CharacterLanguageModel

from training import characters
from training.characters import (
    batch_by_length,
    cached_states,
    cut_sentences,
    measure_loss,
    spell,
    train_character_model,
)

SENTENCES = [
    ("वह", "कल", "दिल्ली", "गया", "।"),
    ("मंत्री", "ने", "कहा", "कि", "काम", "होगा", "।"),
    ("बारिश", "से", "फसल", "खराब", "हुई", "।"),
]


def test_paragraphs_are_cut_at_end_marks_without_duplicates() -> None:
    paragraph = [word for sentence in SENTENCES for word in sentence]
    assert cut_sentences([paragraph, paragraph, ["शीर्षक"]]) == [*SENTENCES, ("शीर्षक",)]
    assert [len(sentence) for sentence in cut_sentences([["क"] * 61])] == [60, 1]


def test_sentences_are_spelt_as_stanza_spells_them() -> None:
    assert spell(("वह", "गया"), forward=True) == "\nवह गया "
    assert spell(("वह", "गया"), forward=False) == "\n" + "गया"[::-1] + " " + "वह"[::-1] + " "


def test_batches_contain_every_text_once() -> None:
    import random

    texts = ["अ" * (1 + number % 50) for number in range(500)]
    batches = list(batch_by_length(list(texts), random.Random(1)))
    assert sorted(text for batch in batches for text in batch) == sorted(texts)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> CharacterLanguageModel:
    path: Path = tmp_path_factory.mktemp("characters") / "forward.pt"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(characters, "RAREST_CHARACTER", 1)
        patch.setattr(characters, "CHARACTERS_AT_ONCE", 500)
        patch.setattr(characters, "HIDDEN_DIM", 32)
        train_character_model(SENTENCES * 600, forward=True, path=path)
    return CharacterLanguageModel.load(str(path))


def test_training_lowers_the_loss(model: CharacterLanguageModel) -> None:
    untrained = CharacterLanguageModel(model.args, model.vocab)
    untrained.eval()
    texts = [spell(sentence, forward=True) for sentence in SENTENCES]
    with torch.no_grad():
        assert measure_loss(model, texts) < 0.7 * measure_loss(untrained, texts)


def test_cached_states_equal_those_of_the_model(model: CharacterLanguageModel) -> None:
    sentences = [list(sentence) for sentence in SENTENCES]
    plain = model.build_char_representation(sentences)
    with cached_states():
        model.build_char_representation(sentences[:2])
        again = model.build_char_representation(sentences)
        assert again[0] is model.build_char_representation(sentences)[0]
    for one, other in zip(plain, again, strict=True):
        assert torch.allclose(one, other, atol=1e-5)
