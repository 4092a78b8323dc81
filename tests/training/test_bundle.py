"""Checkpoints become small without changing what plain Stanza reads from them."""

from pathlib import Path

import pytest

from training.bundle import clean_config, describe_resources, halve, prune_tuned_words
from training.card import Score
from training.schedule import falling_rate


def test_halving_leaves_integers_and_nesting_alone() -> None:
    """Only 32-bit weights change their kind."""
    import torch

    halved = halve({"a": {"weight": torch.ones(2)}, "b": torch.arange(2)})
    assert halved["a"]["weight"].dtype == torch.float16
    assert halved["b"].dtype == torch.int64


def test_no_path_of_the_training_machine_is_shipped() -> None:
    """Settings that name files are blanked, others stay."""
    config = clean_config(
        {"train_file": "some/where/a.json", "save_name": "x.pt", "hidden_dim": 8, "lang": "hi"}
    )
    assert config == {"train_file": "", "save_name": "", "hidden_dim": 8, "lang": "hi"}


def test_only_words_that_training_moved_keep_a_row() -> None:
    """The special rows stay first and the others keep their order."""
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


def test_resources_name_the_embeddings_where_they_are_needed(tmp_path: Path) -> None:
    """Stanza finds a model's vectors and character models by this entry alone."""
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


def test_rate_rises_then_falls_and_is_left_alone_afterwards() -> None:
    """The schedule holds inside the block only."""
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
    """No division by zero for a type that nobody found."""
    assert Score(0, 0, 0).f1 == 0.0
    assert Score(1, 2, 4).f1 == pytest.approx(1 / 3)
