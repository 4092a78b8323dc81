"""The reader's file: vocabulary and weights, matrices in eight bits with a scale for each row."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from training.reader.model.pieces import Cutter

if TYPE_CHECKING:
    from training.reader.model.network import Network

_SCALE = ".scale"
_STEPS = 127


def save_reader(
    path: Path, network: "Network", pieces: list[str], scores: Any, facts: Mapping[str, Any]
) -> None:
    """Write network and vocabulary into one file.

    Args:
        facts: what else is to be known: version, thresholds, figures.
    """
    arrays: dict[str, Any] = {}
    for name, tensor in network.state_dict().items():
        values = tensor.float().numpy()
        if values.ndim < 2:
            arrays[name] = values.astype(np.float32)
            continue
        scale = np.maximum(np.abs(values).max(axis=1, keepdims=True), 1e-8) / _STEPS
        arrays[name] = np.round(values / scale).astype(np.int8)
        arrays[name + _SCALE] = scale.astype(np.float32)
    arrays["facts"] = np.array(json.dumps({"shape": network.shape, **facts}, ensure_ascii=False))
    arrays["vocabulary"] = np.array("\n".join(pieces))
    arrays["scores"] = np.asarray(scores, np.float32)
    with path.open("wb") as file:
        np.savez_compressed(file, **arrays)


def load_reader(path: Path) -> tuple["Network", Cutter, dict[str, Any]]:
    """Read what `save_reader` wrote."""
    import torch

    from training.reader.model.network import Network

    with np.load(path) as arrays:
        facts = json.loads(str(arrays["facts"]))
        network = Network(facts["shape"])
        state = {}
        for name in network.state_dict():
            values = arrays[name].astype(np.float32)
            if name + _SCALE in arrays:
                values *= arrays[name + _SCALE]
            state[name] = torch.from_numpy(values)
        network.load_state_dict(state)
        cutter = Cutter(str(arrays["vocabulary"]).split("\n"), arrays["scores"].tolist())
    network.eval()
    return network, cutter, facts
