"""Tag named entities in many sentences at once.

Stanza's own loop looks up every word again, computes a training loss that is not used, packs sequences of different
lengths and decodes one sentence at a time. This loop runs the same layers of the same Stanza model and gets the same
tags faster: it looks up and encodes each word once, batches sentences of similar length, pads sequences instead of
packing them (padding after a sentence does not change the states before it), and decodes a whole batch at once.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, chain
from typing import Any, NamedTuple

import torch
from stanza.models.common.char_model import CHARLM_END, CHARLM_START
from stanza.models.common.doc import Document
from stanza.models.common.vocab import PAD_ID, UNK_ID, VOCAB_PREFIX_SIZE
from stanza.models.ner.data import DataLoader
from stanza.models.ner.trainer import fix_singleton_tags
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from etl.transform.annotate.recurrent import batch_by_length, pad, read_both_ways, split_directions

WORDS_AT_ONCE = 1_500
"""Words in a batch, padding included: larger batches need more memory and are not faster."""
CHARACTERS_AT_ONCE = 8_000
"""Characters in a batch of spellings, padding included."""
DISTINCT_WORDS = 100_000
"""Size of the caches of word numbers and spellings: about 100 MB."""


class _Word(NamedTuple):
    """Indices of a word in the vocabularies of the Stanza model.

    Attributes:
        static: row in the pretrained vectors.
        tuned: row in the corrections to these vectors learned in training.
        characters: row of each character.
    """

    static: int
    tuned: int
    characters: tuple[int, ...]


class Recogniser:
    """Tags words with a loaded Stanza entity model.

    Args:
        trainer: a `stanza.models.ner.trainer.Trainer` with a character layer of its own (our bundle) or with
            character language models. One with a transformer is run with Stanza's own loop.
    """

    def __init__(self, trainer: Any) -> None:
        self._trainer = trainer
        self._model = trainer.model.eval()
        settings = trainer.args
        self._is_plain = (
            bool(settings.get("char"))
            and settings.get("char_num_layers", 1) == 1
            and not settings.get("bert_model")
            and not settings.get("connect_output_layers")
        )
        if self._is_plain:
            tagset = settings.get("predict_tagset") or 0
            self._tags: list[str] = trainer.vocab["tag"]._id2unit[tagset]
            self._classifier = self._model.tag_clfs[tagset]
            self._transitions = self._model.crits[tagset]._transitions.detach()
            self._readers = split_directions(self._model.taggerlstm.lstm)
            self._look_up = lru_cache(DISTINCT_WORDS)(self._number_word)
            if not settings.get("charlm"):
                self._spelling_readers = split_directions(self._model.charmodel.charlstm.lstm)
                self._spelling_states: dict[tuple[int, ...], Tensor] = {}

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
        """Return one BIOES tag for each word of each sentence; sentences must not be empty."""
        with torch.inference_mode():
            if not self._is_plain:
                return self._tag_with_stanza(sentences)
            tags: list[list[str]] = [[] for _ in sentences]
            for batch in batch_by_length(sentences, WORDS_AT_ONCE):
                for index, found in zip(batch, self._tag_batch([sentences[i] for i in batch]), strict=True):
                    tags[index] = found
            return tags

    def _tag_with_stanza(self, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
        order = sorted(range(len(sentences)), key=lambda index: len(sentences[index]), reverse=True)
        document = Document(
            [[{"id": (n,), "text": word} for n, word in enumerate(sentences[index], 1)] for index in order]
        )
        settings = self._trainer.args
        batches = DataLoader(
            document,
            settings["batch_size"],
            settings,
            vocab=self._trainer.vocab,
            evaluation=True,
            preprocess_tags=False,
            bert_tokenizer=self._model.bert_tokenizer,
        )
        found = chain.from_iterable(self._trainer.predict(batch) for batch in batches)
        by_index = dict(zip(order, found, strict=True))
        return [by_index[index] for index in range(len(sentences))]

    def _tag_batch(self, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
        words = [[self._look_up(word) for word in sentence] for sentence in sentences]
        lengths = torch.tensor([len(sentence) for sentence in words])
        inputs = torch.cat([self._embed(words), *self._read_characters(words)], dim=2)
        if self._model.input_transform is not None:
            inputs = self._model.input_transform(inputs)
        states = read_both_ways(self._readers, inputs, lengths)
        paths = _decode(self._classifier(states), self._transitions, lengths)
        return [fix_singleton_tags([self._tags[number] for number in path]) for path in paths]

    def _number_word(self, word: str) -> _Word:
        vocab, settings = self._trainer.vocab, self._trainer.args
        cased = word.lower() if settings.get("lowercase", True) else word
        spelt = word.lower() if settings.get("char_lowercase") else word
        static = vocab["word"].unit2id(cased) if "word" in vocab else UNK_ID
        tuned = vocab["delta"].unit2id(cased) if "delta" in vocab else PAD_ID
        if tuned == UNK_ID and static != UNK_ID:
            tuned = PAD_ID
        return _Word(static, tuned, tuple(vocab["char"].map(list(spelt))))

    def _embed(self, words: list[list[_Word]]) -> Tensor:
        vocab, vectors = self._trainer.vocab, []
        if "word" in vocab:
            vectors.append(self._model.word_emb(pad([[word.static for word in row] for row in words])))
        if "delta" in vocab and self._model.delta_emb is not None:
            vectors.append(self._model.delta_emb(pad([[word.tuned for word in row] for row in words])))
        return torch.stack(vectors).sum(0)

    def _read_characters(self, words: list[list[_Word]]) -> list[Tensor]:
        if self._trainer.args.get("charlm"):
            readers = (self._model.charmodel_forward, self._model.charmodel_backward)
            return [self._run_charlm(reader, words) for reader in readers]
        return [self._embed_spelling(words)]

    def _embed_spelling(self, words: list[list[_Word]]) -> Tensor:
        """Return the output of the character layer for each word: sentences × words × state; cached by spelling."""
        if len(self._spelling_states) > DISTINCT_WORDS:
            self._spelling_states.clear()
        new = [
            spelling
            for spelling in dict.fromkeys(word.characters for row in words for word in row)
            if spelling not in self._spelling_states
        ]
        for batch in batch_by_length(new, CHARACTERS_AT_ONCE):
            spellings = [new[index] for index in batch]
            self._spelling_states.update(zip(spellings, self._run_spelling_readers(spellings), strict=True))
        rows = [torch.stack([self._spelling_states[word.characters] for word in row]) for row in words]
        return pad_sequence(rows, batch_first=True)

    def _run_spelling_readers(self, spellings: list[tuple[int, ...]]) -> Tensor:
        """Return the last states of both readers for each spelling: spellings × (forward, backward)."""
        layer = self._model.charmodel
        ends = torch.tensor([len(spelling) - 1 for spelling in spellings])
        states = []
        for direction, reader in enumerate(self._spelling_readers):
            rows = [list(spelling if direction == 0 else spelling[::-1]) for spelling in spellings]
            start = tuple(
                state[direction : direction + 1].expand(-1, len(rows), -1).contiguous()
                for state in (layer.charlstm_h_init, layer.charlstm_c_init)
            )
            read, _ = reader(layer.char_emb(pad(rows)), start)
            states.append(read[torch.arange(len(rows)), ends])
        return torch.cat(states, dim=1)

    def _run_charlm(self, reader: Any, words: list[list[_Word]]) -> Tensor:
        """Return the state of a character language model at the end of each word: sentences × words × state."""
        vocab = self._trainer.vocab["char"]
        first, blank = vocab.unit2id(CHARLM_START), vocab.unit2id(CHARLM_END)
        spelt, ends = [], []
        for row in words:
            numbers = [first]
            for word in row if reader.is_forward_lm else reversed(row):
                numbers.extend(word.characters if reader.is_forward_lm else reversed(word.characters))
                numbers.append(blank)
            spelt.append(numbers)
            order = row if reader.is_forward_lm else row[::-1]
            offsets = list(accumulate(len(word.characters) + 1 for word in order))
            ends.append(offsets if reader.is_forward_lm else offsets[::-1])
        start = tuple(
            state.expand(-1, len(words), -1).contiguous()
            for state in (reader.charlstm_h_init, reader.charlstm_c_init)
        )
        states: Tensor = reader.charlstm.lstm(reader.char_emb(pad(spelt, blank)), start)[0]
        positions = pad(ends).unsqueeze(2).expand(-1, -1, states.size(2))
        return states.gather(1, positions)


def _decode(scores: Tensor, transitions: Tensor, lengths: Tensor) -> list[list[int]]:
    """Return the best path of each sentence (Viterbi).

    Args:
        scores: sentences × words × tags.
        transitions: tags × tags, scores from one tag to the next.
        lengths: number of words of each sentence; beyond it a path keeps its tag.

    Returns:
        Indices of tags, one for each word of each sentence.
    """
    best = scores[:, 0]
    stay = torch.arange(scores.size(2)).expand_as(best)
    steps = []
    for place in range(1, scores.size(1)):
        value, origin = (best.unsqueeze(2) + transitions).max(dim=1)
        is_inside = (place < lengths).unsqueeze(1)
        best = torch.where(is_inside, value + scores[:, place], best)
        steps.append(torch.where(is_inside, origin, stay))
    path = [best.argmax(dim=1, keepdim=True)]
    for step in reversed(steps):
        path.append(step.gather(1, path[-1]))
    # As in Stanza, the special entries at the start of the vocabulary count as "outside".
    numbers = torch.cat(path[::-1], dim=1).clamp(min=VOCAB_PREFIX_SIZE).tolist()
    return [row[:length] for row, length in zip(numbers, lengths.tolist(), strict=True)]
