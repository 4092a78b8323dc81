"""Write the bundle: convert trained checkpoints to small files in Stanza's folder layout.

Weights are stored in half precision (Stanza copies them into its 32-bit layers), data needed only for training is
dropped, and `resources.json` lists the default package and its dependencies.
"""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import torch
from stanza.models.common.vocab import VOCAB_PREFIX

PACKAGE = "mulaqat"
PROCESSORS = ("tokenize", "pos", "lemma", "ner")
CHARACTER_MODELS = ("forward_charlm", "backward_charlm")
EMBEDDINGS = ("pretrain", *CHARACTER_MODELS)
DEPENDENCIES = {"pos": EMBEDDINGS, "ner": ("pretrain",)}
TUNED_WORDS = 9000
"""Number of words that keep a fine-tuned vector in the entity model."""

# Settings with file names of the training machine.
_TRAINING_ONLY = ("save_dir", "save_name", "data_dir", "wordvec_dir", "charlm_save_dir")


def halve(value: Any) -> Any:
    """Return a copy of nested checkpoint content with all 32-bit tensors in half precision."""
    if isinstance(value, torch.Tensor):
        return value.half() if value.dtype == torch.float32 else value.clone()
    if isinstance(value, dict):
        return type(value)((key, halve(item)) for key, item in value.items())
    return value


def clean_config(config: dict[str, Any]) -> dict[str, Any]:
    """Return the settings with the file names of the training machine blanked."""
    return {
        name: "" if isinstance(value, str) and (name in _TRAINING_ONLY or os.sep in value) else value
        for name, value in config.items()
    }


def prune_tuned_words(checkpoint: dict[str, Any], kept: int) -> None:
    """Keep only the words whose vectors changed most in the training of the entity model.

    A row holds the change to a pretrained vector, so dropping a row close to zero changes little.

    Args:
        checkpoint: checkpoint of an entity model; changed in place.
        kept: number of words to keep, without Stanza's four special ones.
    """
    rows = checkpoint["model"]["delta_emb.weight"]
    vocabulary = checkpoint["vocab"]["delta"]
    first = len(VOCAB_PREFIX)
    order = rows[first:].norm(dim=1).argsort(descending=True)[:kept].sort().values + first
    chosen = [*range(first), *order.tolist()]
    vocabulary["_id2unit"] = [vocabulary["_id2unit"][index] for index in chosen]
    vocabulary["_unit2id"] = {unit: index for index, unit in enumerate(vocabulary["_id2unit"])}
    checkpoint["model"]["delta_emb.weight"] = rows[chosen].clone()


def slim_checkpoint(source: Path, target: Path) -> None:
    """Copy a Stanza checkpoint without training data, its weights in half precision."""
    checkpoint = torch.load(source, map_location="cpu", weights_only=True)
    if "delta" in checkpoint["vocab"]:
        prune_tuned_words(checkpoint, TUNED_WORDS)
    checkpoint["model"] = halve(checkpoint["model"])
    checkpoint["config"] = clean_config(checkpoint["config"])
    checkpoint.pop("optimizer_state_dict", None)
    torch.save(checkpoint, target, _use_new_zipfile_serialization=False)


def slim_character_model(source: Path, target: Path) -> None:
    """Copy a character model with its weights in half precision."""
    checkpoint = torch.load(source, map_location="cpu", weights_only=True)
    checkpoint["state_dict"] = halve(checkpoint["state_dict"])
    torch.save(checkpoint, target, _use_new_zipfile_serialization=False)


def describe_resources(folder: Path) -> dict[str, Any]:
    """Return the content of `resources.json` for the bundle, in Stanza's format.

    Args:
        folder: the language folder of the bundle, with all model files.
    """
    entry: dict[str, Any] = {
        "lang_name": "Hindi",
        "packages": {"default": dict.fromkeys(PROCESSORS, PACKAGE)},
        "default_processors": dict.fromkeys(PROCESSORS, PACKAGE),
    }
    for name in (*PROCESSORS, *EMBEDDINGS):
        digest = hashlib.md5((folder / name / f"{PACKAGE}.pt").read_bytes(), usedforsecurity=False)
        entry[name] = {PACKAGE: {"md5": digest.hexdigest()}}
        if name in DEPENDENCIES:
            needed = [{"model": model, "package": PACKAGE} for model in DEPENDENCIES[name]]
            entry[name][PACKAGE]["dependencies"] = needed
    return {"hi": entry}


def publish_bundle(work: Path, models: Path) -> int:
    """Write the trained checkpoints into the bundle; each file is replaced by one rename.

    Args:
        work: folder with `<processor>.pt`, `pretrain.pt` and the character models.
        models: folder of the bundle; may contain an older bundle.

    Returns:
        The total size of the model files, in bytes.
    """
    language = models / "hi"
    size = 0
    for name in (*PROCESSORS, *EMBEDDINGS):
        target = language / name / f"{PACKAGE}.pt"
        target.parent.mkdir(parents=True, exist_ok=True)
        staged = work / f"{name}.staged"
        if name == "pretrain":
            staged.write_bytes((work / "pretrain.pt").read_bytes())
        elif name in CHARACTER_MODELS:
            slim_character_model(work / f"{name}.pt", staged)
        else:
            slim_checkpoint(work / f"{name}.pt", staged)
        staged.replace(target)
        size += target.stat().st_size
    staged = work / "resources.staged"
    staged.write_text(json.dumps(describe_resources(language), indent=2) + "\n", "utf-8")
    staged.replace(models / "resources.json")
    return size
