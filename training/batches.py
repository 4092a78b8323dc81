"""Batch sentences of similar length for Stanza's trainer of entity models.

Stanza's batches mix all lengths. The backward pass of a recurrent layer in torch is several times slower over sequences
of different lengths than over sequences of equal length.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from stanza.models.ner.data import DataLoader


@contextmanager
def batches_by_length() -> Iterator[None]:
    """Make all loaders of training data in this process sort by length before batching; batches are then shuffled."""
    chunk = DataLoader.chunk_batches

    def chunk_sorted(loader: DataLoader, data: list[Any]) -> list[list[Any]]:
        if loader.eval:
            return list(chunk(loader, data))
        batches: list[list[Any]] = chunk(loader, sorted(data, key=lambda sentence: len(sentence[0])))
        random.shuffle(batches)
        return batches

    with patch.object(DataLoader, "chunk_batches", chunk_sorted):
        yield
