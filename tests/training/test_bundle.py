"""Conversion of checkpoints to small files that plain Stanza reads."""

from pathlib import Path

import pytest

from training.bundle import clean_config, describe_resources, halve, prune_tuned_words
from training.card import Score
from training.schedule import falling_rate


def test_halving_keeps_integers_and_nesting() -> None:
    """Only tensors of 32-bit weights are converted."""
    import torch

    halved = halve({"a": {"weight": torch.ones(2)}, "b": torch.arange(2)})
    assert halved["a"]["weight"].dtype == torch.float16
    assert halved["b"].dtype == torch.int64


def test_no_path_of_the_training_machine_is_in_the_bundle() -> None:
    """Settings with file names are blanked, others are kept."""
    config = clean_config(
        {"train_file": "some/where/a.json", "save_name": "x.pt", "hidden_dim": 8, "lang": "hi"}
    )
    assert config == {"train_file": "", "save_name": "", "hidden_dim": 8, "lang": "hi"}


def test_only_words_that_training_changed_keep_a_row() -> None:
    """Special rows stay first, the other rows keep their order."""
    import torch

    units = ["<PAD>", "<UNK>", "<EMPTY>", "<ROOT>", "कल", "आज", "दिल्ली"]
    rows = torch.tensor([[0.0], [0.1], [0.0], [0.0], [0.9], [0.2], [-1.5]])
    checkpoint = {
        "model": {"delta_emb.weight": rows},
        "vocab": {"delta": {"_id2unit": units, "_unit2id": {unit: i for i, unit in enumerate(units)}}},
    }
    prune_tuned_words(checkpoint, kept=2)
    assert checkpoint["vocab"]["delta"]["_id2unit"] == [*units[:4], "कल", "दिल्ली"]
    assert checkpoint["vocab"]["delta"]["_unit2id"]["दिल्ली"] == 5
    assert checkpoint["model"]["delta_emb.weight"][4:].flatten().tolist() == pytest.approx([0.9, -1.5])


def test_resources_list_the_embeddings_that_a_model_needs(tmp_path: Path) -> None:
    """Stanza finds the vectors and character models of a model only by this entry."""
    embeddings = ["pretrain", "forward_charlm", "backward_charlm"]
    for name in ("tokenize", "pos", "lemma", "ner", *embeddings):
        (tmp_path / name).mkdir()
        (tmp_path / name / "mulaqat.pt").write_bytes(b"weights")
    entry = describe_resources(tmp_path)["hi"]
    assert entry["packages"]["default"]["ner"] == "mulaqat"
    for name, models in (("pos", embeddings), ("ner", ["pretrain"])):
        needed = entry[name]["mulaqat"]["dependencies"]
        assert needed == [{"model": model, "package": "mulaqat"} for model in models]
    assert "dependencies" not in entry["lemma"]["mulaqat"]


def test_rate_rises_then_falls_and_is_unchanged_afterwards() -> None:
    """The schedule applies only inside the block."""
    import torch

    weight = torch.nn.Parameter(torch.ones(1))
    optimizer = torch.optim.SGD([weight], lr=1.0)
    rates = []
    with falling_rate(0.5, steps=10, warmup=2):
        for _ in range(10):
            optimizer.step()
            rates.append(optimizer.param_groups[0]["lr"])
    assert rates[0] == pytest.approx(0.25)
    assert rates[1:] == sorted(rates[1:], reverse=True)
    assert rates[-1] == pytest.approx(0.005)
    optimizer.param_groups[0]["lr"] = 1.0
    optimizer.step()
    assert optimizer.param_groups[0]["lr"] == 1.0


def test_scores_of_nothing_are_zero() -> None:
    """A label without predictions causes no division by zero."""
    assert Score(0, 0, 0).f1 == 0.0
    assert Score(1, 2, 4).f1 == pytest.approx(1 / 3)
