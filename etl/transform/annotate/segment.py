"""Split text into sentences of tokens with Stanza's tokenizer.

Stanza's own loop builds a feature list for every character and a document object for every word. This loop runs the
same layers of the same Stanza model and gets the same result faster: it looks up characters in one table and batches
paragraphs of similar length.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import torch
from stanza.models.tokenization.data import TokenizationDataset
from stanza.models.tokenization.utils import output_predictions, update_pred_regex
from torch.nn.functional import logsigmoid

from etl.transform.annotate.recurrent import batch_by_length, pad, read_both_ways, split_directions

LONGEST_SENTENCE = 200
"""In tokens. A longer sentence is cut, at a comma if there is one."""
LONGEST_PARAGRAPH = 4_000
"""In characters. A longer paragraph is cut into parts, at a space if there is one."""
CHARACTERS_AT_ONCE = 20_000
"""Characters in a batch, padding included."""
_COMMAS = frozenset((",", ";", ":", "-", "–", "—"))
_TOKEN_END, _SENTENCE_END = 1, 2
_DIGIT = re.compile(r"\d")
_FEATURES = ("space_before", "capitalized", "numeric", "end_of_para", "start_of_para")


class Piece(NamedTuple):
    """A token and its half-open range of characters in the paragraph."""

    text: str
    start: int
    end: int


class Segmenter:
    """Splits paragraphs with the tokenizer of a loaded pipeline.

    Args:
        processor: Stanza's `TokenizeProcessor`. A tokenizer with another architecture than the default is run with
            Stanza's own loop.
    """

    def __init__(self, processor: Any) -> None:
        self._processor = processor
        self._model = processor.trainer.model.eval()
        settings = self._model.args
        self._is_plain = (
            settings["hierarchical"]
            and settings["conv_res"] is None
            and settings["rnn_layers"] == 1
            and not (settings["use_mwt"] or settings.get("use_dictionary") or settings["skip_newline"])
            and self._model.charmodel is None
            and tuple(settings["feat_funcs"]) == _FEATURES
        )
        if self._is_plain:
            self._first_readers = split_directions(self._model.rnn)
            self._second_readers = split_directions(self._model.rnn2)
            self._characters: dict[str, tuple[int, tuple[float, ...]]] = {}

    def split(self, paragraphs: Sequence[str]) -> list[list[list[Piece]]]:
        """Return the sentences of each paragraph, none longer than `LONGEST_SENTENCE`; no text is dropped.

        Args:
            paragraphs: not blank, without line breaks.
        """
        parts = [
            (number, start, part)
            for number, paragraph in enumerate(paragraphs)
            for start, part in _cut_paragraph(paragraph)
        ]
        found: list[list[list[Piece]]] = [[] for _ in paragraphs]
        for (number, start, _), sentences in zip(
            parts, self._split_parts([part for _, _, part in parts]), strict=True
        ):
            for sentence in sentences:
                moved = [Piece(piece.text, start + piece.start, start + piece.end) for piece in sentence]
                found[number].extend(_cut_sentence(moved))
        return found

    def _split_parts(self, parts: Sequence[str]) -> list[list[list[Piece]]]:
        if not self._is_plain:
            return [self._split_with_stanza(part) for part in parts]
        found: list[list[list[Piece]]] = [[] for _ in parts]
        with torch.inference_mode():
            for batch in batch_by_length(parts, CHARACTERS_AT_ONCE):
                texts = [parts[index] for index in batch]
                for index, ends in zip(batch, self._find_ends(texts), strict=True):
                    found[index] = list(_gather_sentences(parts[index], ends))
        return found

    def _split_with_stanza(self, text: str) -> list[list[Piece]]:
        processor = self._processor
        dataset = TokenizationDataset(
            processor.config,
            input_text=text,
            vocab=processor.vocab,
            evaluation=True,
            dictionary=processor.trainer.dictionary,
        )
        with torch.inference_mode():
            *_, sentences = output_predictions(
                None, processor.trainer, dataset, processor.vocab, None, LONGEST_PARAGRAPH, orig_text=text
            )
        return [
            [Piece(word["text"], word["start_char"], word["end_char"]) for word in words]
            for words in sentences
        ]

    def _find_ends(self, texts: Sequence[str]) -> list[list[int]]:
        """Return Stanza's label of each character: 1 if a token ends with it, 2 if a sentence ends with it, else 0."""
        model, lengths = self._model, torch.tensor([len(text) for text in texts])
        rows = [[self._look_up(character) for character in text] for text in texts]
        numbers = pad([[number for number, _ in row] for row in rows])
        features = torch.zeros(*numbers.shape, len(_FEATURES))
        for place, row in enumerate(rows):
            features[place, : len(row), :3] = torch.tensor([traits for _, traits in row])
        features[torch.arange(len(rows)), lengths - 1, 3] = 1
        features[:, 0, 4] = 1
        inputs = torch.cat([model.embeddings(numbers), features], dim=2)
        states = read_both_ways(self._first_readers, inputs, lengths)
        token, sentence = model.tok_clf(states), model.sent_clf(states)
        if (sharpness := model.args["hier_invtemp"]) > 0:
            states = states * (1 - torch.sigmoid(-token * sharpness))
        states = read_both_ways(self._second_readers, states, lengths)
        token, sentence = token + model.tok_clf2(states), sentence + model.sent_clf2(states)
        is_token, no_token = logsigmoid(token), logsigmoid(-token)
        is_end, no_end = logsigmoid(sentence), logsigmoid(-sentence)
        labels = torch.cat([no_token, is_token + no_end, is_token + is_end], dim=2).argmax(dim=2).tolist()
        found = []
        for text, row in zip(texts, labels, strict=True):
            ends = row[: len(text)]
            ends[-1] = _SENTENCE_END
            found.append(update_pred_regex(list(text), ends))
        return found

    def _look_up(self, character: str) -> tuple[int, tuple[float, ...]]:
        known = self._characters.get(character)
        if known is None:
            plain = " " if character.isspace() or "\x80" <= character <= "\x9f" else character
            traits = (plain == " ", plain.isupper(), bool(_DIGIT.match(plain)))
            known = self._processor.vocab.unit2id(plain), tuple(map(float, traits))
            self._characters[character] = known
        return known


def _cut_paragraph(text: str) -> Iterator[tuple[int, str]]:
    """Yield (start offset, part) of a paragraph cut to `LONGEST_PARAGRAPH`; only spaces around parts are left out."""
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    while end - start > LONGEST_PARAGRAPH:
        blank = text.rfind(" ", start + 1, start + LONGEST_PARAGRAPH)
        cut = blank if blank > 0 else start + LONGEST_PARAGRAPH
        yield start, text[start:cut].rstrip()
        start = cut + len(text[cut:end]) - len(text[cut:end].lstrip())
    if start < end:
        yield start, text[start:end]


def _gather_sentences(text: str, ends: Sequence[int]) -> Iterator[list[Piece]]:
    sentence: list[Piece] = []
    start = 0
    for place, label in enumerate(ends, 1):
        if label < _TOKEN_END:
            continue
        token = text[start:place]
        first = place - len(token.lstrip())
        if first < place:
            sentence.append(Piece(text[first:place], first, place))
        start = place
        if label == _SENTENCE_END and sentence:
            yield sentence
            sentence = []


def _cut_sentence(pieces: list[Piece]) -> Iterator[list[Piece]]:
    while len(pieces) > LONGEST_SENTENCE:
        places = range(LONGEST_SENTENCE, LONGEST_SENTENCE // 2, -1)
        end = next((place for place in places if pieces[place - 1].text in _COMMAS), LONGEST_SENTENCE)
        yield pieces[:end]
        pieces = pieces[end:]
    yield pieces
