"""Word vectors: fastText skip-gram over news and encyclopedia text, saved as a Stanza pretrain.

Only the most frequent words are kept, since the vectors are the largest file of the bundle.
"""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import torch
from gensim.models import FastText
from stanza.models.common.pretrain import PretrainedWordVocab
from stanza.models.common.vocab import VOCAB_PREFIX

DIMENSIONS = 100
VOCABULARY_SIZE = 40_000
EPOCHS = 8
SEED = 1234


def train_vectors(sentences: Iterable[list[str]], workers: int) -> FastText:
    """Train skip-gram vectors with subwords.

    Args:
        sentences: Tokenised text; it is held in memory, about 1 GB for the shared corpora.
        workers: Threads to train on. The result is the same in every run only with one.
    """
    return FastText(
        sentences=list(sentences),
        vector_size=DIMENSIONS,
        epochs=EPOCHS,
        sg=1,
        window=5,
        min_count=5,
        min_n=3,
        max_n=5,
        bucket=200_000,
        seed=SEED,
        workers=workers,
    )


def save_pretrain(model: FastText, path: Path) -> None:
    """Write the most frequent words as a Stanza pretrain file.

    Stanza's first four rows (padding, unknown, empty, root) have zero vectors. The numbers stay
    32-bit: Stanza's tagger feeds them into its layers as they are stored.
    """
    words = model.wv.index_to_key[:VOCABULARY_SIZE]
    rows = np.stack([model.wv[word] for word in words])
    special = np.zeros((len(VOCAB_PREFIX), model.vector_size), dtype=np.float32)
    vectors = torch.from_numpy(np.concatenate([special, rows]).astype(np.float32))
    torch.save({"vocab": PretrainedWordVocab(words).state_dict(), "emb": vectors}, path)
