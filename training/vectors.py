"""Train word vectors (fastText skip-gram) on news and encyclopedia text, and save them as a Stanza pretrain.

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
        sentences: tokenised text; it is kept in memory, about 1 GB for the shared corpora.
        workers: number of threads. Only with one is the result reproducible.
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
    """Write the vectors of the most frequent words as a Stanza pretrain file.

    Stanza's first four rows (padding, unknown, empty, root) are zero. The vectors stay in 32 bits, because Stanza's
    tagger feeds them to its layers without conversion.
    """
    words = model.wv.index_to_key[:VOCABULARY_SIZE]
    rows = np.stack([model.wv[word] for word in words])
    special = np.zeros((len(VOCAB_PREFIX), model.vector_size), dtype=np.float32)
    vectors = torch.from_numpy(np.concatenate([special, rows]).astype(np.float32))
    torch.save({"vocab": PretrainedWordVocab(words).state_dict(), "emb": vectors}, path)
