"""Batches of sentences of like lengths for Stanza's entity trainer.

Its own batches mix all lengths, and going back through a recurrent layer over unequal sequences takes torch
several times as long as over equal ones.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from stanza.models.ner.data import DataLoader


@contextmanager
def batches_of_like_lengths() -> Iterator[None]:
    """Let every loader of training batches in this process sort by length first; batches come in random order."""
    chunk = DataLoader.chunk_batches

    def chunk_sorted(loader: DataLoader, data: list[Any]) -> list[list[Any]]:
        if loader.eval:
            return list(chunk(loader, data))
        batches: list[list[Any]] = chunk(loader, sorted(data, key=lambda sentence: len(sentence[0])))
        random.shuffle(batches)
        return batches

    with patch.object(DataLoader, "chunk_batches", chunk_sorted):
        yield
