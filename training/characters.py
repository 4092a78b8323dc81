"""Train character language models, which predict the next character, one forward and one backward.

A tagger uses their state at each word, which encodes the spelling and the context of the word. Stanza's own trainer
reads one continuous stream of text, but its taggers run the models on single sentences: a line break, then words
separated by spaces. This trainer uses sentences in that form.
"""

import logging
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import torch
from stanza.models.common.char_model import CHARLM_END, CHARLM_START, CharacterLanguageModel
from stanza.models.common.utils import unsort
from stanza.models.common.vocab import CharVocab
from torch.nn.functional import cross_entropy
from torch.nn.utils import clip_grad_norm_
from torch.nn.utils.rnn import PackedSequence, pack_sequence, pad_sequence

from training.schedule import falling_rate

logger = logging.getLogger("training")

SEED = 1234
HIDDEN_DIM, EMBEDDING_DIM = 256, 48
RAREST_CHARACTER = 100
"""Smallest count of a character in the text that is in the vocabulary."""
LONGEST_SENTENCE = 60
"""In tokens."""
CHARACTERS_AT_ONCE = 12_000
"""Characters in a batch, padding included."""
EPOCHS = 2
HIGHEST_RATE = 0.003
SENTENCE_ENDS = frozenset("।॥.?!")
NO_TARGET = -1


def cut_sentences(paragraphs: Iterable[list[str]]) -> list[tuple[str, ...]]:
    """Split tokenised paragraphs into sentences of at most `LONGEST_SENTENCE` tokens, without duplicates, in order."""
    sentences: dict[tuple[str, ...], None] = {}
    for tokens in paragraphs:
        start = 0
        for number, token in enumerate(tokens, start=1):
            if token in SENTENCE_ENDS or number - start == LONGEST_SENTENCE or number == len(tokens):
                sentences[tuple(tokens[start:number])] = None
                start = number
    return list(sentences)


def spell(sentence: tuple[str, ...], forward: bool) -> str:
    """Return a sentence as the string that Stanza's taggers feed to a character model."""
    words = sentence if forward else [word[::-1] for word in reversed(sentence)]
    text: str = CHARLM_START + "".join(word + CHARLM_END for word in words)
    return text


def batch_by_length(texts: list[str], rng: random.Random) -> Iterator[list[str]]:
    """Yield all texts once, in random batches of similar length and similar size; shuffles `texts` in place."""
    rng.shuffle(texts)
    pool = 20_000
    for first in range(0, len(texts), pool):
        batches: list[list[str]] = [[]]
        for text in sorted(texts[first : first + pool], key=len):
            if (len(batches[-1]) + 1) * len(text) > CHARACTERS_AT_ONCE:
                batches.append([])
            batches[-1].append(text)
        rng.shuffle(batches)
        yield from filter(None, batches)


def measure_loss(model: CharacterLanguageModel, texts: list[str]) -> torch.Tensor:
    """Return the mean cross-entropy of the next character, in nats.

    Texts are padded to the longest, which is ten times faster than packing them. Padding does not change the states
    before it.
    """
    codes = [torch.tensor(model.char_vocab().map(list(text))) for text in texts]
    shown = pad_sequence([code[:-1] for code in codes], batch_first=True)
    wanted = pad_sequence([code[1:] for code in codes], batch_first=True, padding_value=NO_TARGET)
    _, _, decoded = model(shown, [shown.size(1)] * len(codes))
    return cross_entropy(decoded.transpose(1, 2), wanted, ignore_index=NO_TARGET)


def train_character_model(sentences: list[tuple[str, ...]], forward: bool, path: Path) -> None:
    """Train the model of one direction and save it in Stanza's format; one sentence in 500 is only for evaluation."""
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    texts = [spell(sentence, forward) for sentence in sentences]
    held_out, texts = texts[::500], [text for number, text in enumerate(texts) if number % 500]
    counts = Counter(character for text in texts for character in text)
    alphabet = sorted(character for character, count in counts.items() if count >= RAREST_CHARACTER)
    settings = {
        "char_hidden_dim": HIDDEN_DIM,
        "char_emb_dim": EMBEDDING_DIM,
        "char_num_layers": 1,
        "char_dropout": 0.05,
        "char_rec_dropout": 0.0,
        "char_unit_dropout": 1e-5,
    }
    model = CharacterLanguageModel(settings, {"char": CharVocab([alphabet])}, is_forward_lm=forward)
    optimizer = torch.optim.Adam(model.parameters())
    steps = EPOCHS * sum(len(text) for text in texts) // CHARACTERS_AT_ONCE
    logger.info("%d sentences, %d characters known, about %d steps", len(texts), len(alphabet), steps)
    step = 0
    with falling_rate(HIGHEST_RATE, steps):
        for _ in range(EPOCHS):
            for batch in batch_by_length(texts, rng):
                step += 1
                optimizer.zero_grad()
                measure_loss(model, batch).backward()  # type: ignore[no-untyped-call]
                clip_grad_norm_(model.parameters(), 0.5)
                optimizer.step()
                if step % 250 == 0:
                    model.eval()
                    with torch.no_grad():
                        logger.info("step %d: loss %.3f", step, measure_loss(model, held_out).item())
                    model.train()
    model.save(str(path))


@contextmanager
def cached_states() -> Iterator[None]:
    """Cache the states of the frozen character models, so they read each sentence once and not once an epoch.

    Stanza's taggers request the states of a batch by two methods; both are patched to use the cache. The cache grows by
    one kilobyte for each word and direction.
    """
    cached: dict[tuple[bool, object], torch.Tensor] = {}
    read_words = CharacterLanguageModel.build_char_representation

    def represent_words(model: CharacterLanguageModel, sentences: list[list[str]]) -> list[torch.Tensor]:
        keys = [(model.is_forward_lm, tuple(words)) for words in sentences]
        missing = {key: words for key, words in zip(keys, sentences, strict=True) if key not in cached}
        if missing:
            cached.update(zip(missing, read_words(model, list(missing.values())), strict=True))
        return [cached[key] for key in keys]

    def represent_characters(
        model: CharacterLanguageModel,
        chars: torch.Tensor,
        charoffsets: list[list[int]],
        charlens: list[int],
        char_orig_idx: list[int],
    ) -> PackedSequence:
        keys = [
            (model.is_forward_lm, row[:length].numpy().tobytes())
            for row, length in zip(chars, charlens, strict=True)
        ]
        missing = [index for index, key in enumerate(keys) if key not in cached]
        if missing:
            with torch.no_grad():
                states, _, _ = model.forward(chars[missing], [charlens[index] for index in missing])
            for row, index in enumerate(missing):
                cached[keys[index]] = states[row, charoffsets[index]]
        return pack_sequence(unsort([cached[key] for key in keys], char_orig_idx))

    with (
        patch.object(CharacterLanguageModel, "build_char_representation", represent_words),
        patch.object(CharacterLanguageModel, "get_representation", represent_characters),
    ):
        yield
