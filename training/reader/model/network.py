"""The network: a pretrained encoder, and heads that tell meetings from its states.

Whichever word reports a meeting (its head word) is told word by word; everything else about the meeting is told for
a head word: its status, mode and format, who takes part on which side, which time expression dates it and from which
word to which it names the place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.reader.model.chunks import MARK_COUNT, Chunk
from training.reader.model.pieces import PAD

KINDS = (
    "none",
    "meeting",
    "interview",
    "press",
    "no_second_actor",
    "generic",
    "get",
    "sitting_room_or_court",
    "sports",
    "fiction",
    "statement",
    "other",
)
STATUSES = ("held", "ongoing", "planned", "requested", "refused", "postponed", "cancelled")
MODES = (None, "visit", "phone", "third-party", "multilateral")
FORMATS = ("bilateral", "multilateral")
PARTS = ("none", "first", "second", "joint")
"""How an actor takes part: not, on the first or second side, or with all others alike."""
_DISTANCES = 13
_NEAR, _CLOSE = 4, 12
_HEADS = 12
_PAIR = 192
_PLACE = 128


@dataclass(slots=True)
class HeadReadings:
    """What the heads say about head words of one chunk (logits; rows are head words).

    Attributes:
        parts: [heads, actors of the chunk, PARTS].
        times: [heads, 1 + times of the chunk]; the first means none.
        starts: [heads, 1 + words of the chunk]; with `ends`, of the place; the first means none.
    """

    statuses: Tensor
    modes: Tensor
    formats: Tensor
    separate: Tensor
    parts: Tensor
    times: Tensor
    starts: Tensor
    ends: Tensor


class Layer(nn.Module):
    """One layer of BERT."""

    def __init__(self, width: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.inner = nn.Linear(width, inner)
        self.outer = nn.Linear(inner, width)
        self.last_norm = nn.LayerNorm(width, eps=1e-12)
        self.dropout = dropout

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """Return the next states; `mask` is [rows, 1, 1, pieces], False where there is nothing."""
        rows, size, width = states.shape
        q, k, v = (
            part.view(rows, size, _HEADS, width // _HEADS).transpose(1, 2)
            for part in self.qkv(states).chunk(3, dim=-1)
        )
        dropout = self.dropout if self.training else 0.0
        if self.training:  # going back through torch's own takes half as long again on a CPU
            weights = (q @ k.transpose(-1, -2)) * q.shape[-1] ** -0.5
            mixed = weights.masked_fill(~mask, -1e4).softmax(-1) @ v
        else:
            mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        mixed = self.out(mixed.transpose(1, 2).reshape(rows, size, width))
        states = self.norm(states + functional.dropout(mixed, dropout, self.training))
        thought = self.outer(functional.gelu(self.inner(states)))
        last: Tensor = self.last_norm(states + functional.dropout(thought, dropout, self.training))
        return last


class Encoder(nn.Module):
    """multilingual-e5-small with marks and zones added to its embeddings."""

    def __init__(
        self, pieces: int, width: int, inner: int, layers: int, positions: int, dropout: float
    ) -> None:
        super().__init__()
        self.word = nn.Embedding(pieces, width)
        self.position = nn.Embedding(positions, width)
        self.kind = nn.Embedding(2, width)
        self.mark = nn.Embedding(MARK_COUNT, width)
        self.zone = nn.Embedding(3, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(width, inner, dropout) for _ in range(layers))
        self.dropout = dropout
        nn.init.normal_(self.mark.weight, std=0.01)
        nn.init.normal_(self.zone.weight, std=0.01)

    def embed(self, pieces: Tensor, marks: Tensor, zones: Tensor) -> Tensor:
        """Return the states before the first layer."""
        places = torch.arange(pieces.shape[1])
        states = self.word(pieces) + self.position(places) + self.kind.weight[0]
        states = self.norm(states + self.mark(marks) + self.zone(zones))
        return functional.dropout(states, self.dropout if self.training else 0.0, self.training)

    def forward(self, pieces: Tensor, marks: Tensor, zones: Tensor) -> Tensor:
        """Return the last states."""
        mask = (pieces != PAD)[:, None, None, :]
        states: Tensor = self.embed(pieces, marks, zones)
        for layer in self.layers:
            states = layer(states, mask)
        return states


class Pairs(nn.Module):
    """Features of a head word with each of the things that it may have, by what both are and how far apart."""

    def __init__(self, width: int, size: int, thing_width: int | None = None) -> None:
        super().__init__()
        self.head = nn.Linear(width, 2 * size)
        self.thing = nn.Linear(thing_width or width, 2 * size)
        self.distance = nn.Embedding(_DISTANCES, size)
        nn.init.normal_(self.distance.weight, std=0.02)

    def forward(self, heads: Tensor, things: Tensor, distances: Tensor) -> Tensor:
        """Return [heads, things, size]."""
        head, head_gate = self.head(heads).chunk(2, dim=-1)
        thing, thing_gate = self.thing(things).chunk(2, dim=-1)
        mixed = head[:, None] + thing[None] + head_gate[:, None] * thing_gate[None] + self.distance(distances)
        return functional.gelu(mixed)


class Network(nn.Module):
    """The reader's network.

    Args:
        shape: `pieces`, `width`, `inner`, `layers`, `positions` of the encoder.
    """

    def __init__(self, shape: Mapping[str, int], dropout: float = 0.1) -> None:
        super().__init__()
        self.shape = dict(shape)
        width = shape["width"]
        self.encoder = Encoder(**self.shape, dropout=dropout)
        self.rate = dropout
        self.kinds = nn.Sequential(
            nn.Linear(width, width), nn.GELU(), nn.Dropout(dropout), nn.Linear(width, len(KINDS))
        )
        self.view = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Dropout(dropout))
        self.statuses = nn.Linear(width, len(STATUSES))
        self.modes = nn.Linear(width, len(MODES))
        self.formats = nn.Linear(width, len(FORMATS))
        self.separate = nn.Linear(width, 1)
        self.actor_pairs = Pairs(width, _PAIR, 2 * width)
        self.parts = nn.Linear(_PAIR, len(PARTS))
        self.time_pairs = Pairs(width, _PLACE)
        self.time = nn.Linear(_PLACE, 1)
        self.place_pairs = Pairs(width, _PLACE)
        self.place = nn.Linear(_PLACE, 2)
        self.nothing = nn.Linear(width, 3)
        last = self.kinds[-1]
        assert isinstance(last, nn.Linear)
        with torch.no_grad():
            last.bias[0] = 6.0

    def encode(self, chunks: Sequence[Chunk]) -> Tensor:
        """Return the states of chunks, [chunks, pieces, width]."""
        size = max(len(chunk.pieces) for chunk in chunks)

        def pad(rows: list[list[int]], filler: int) -> Tensor:
            return torch.tensor([row + [filler] * (size - len(row)) for row in rows])

        states: Tensor = self.encoder(
            pad([c.pieces for c in chunks], PAD),
            pad([c.marks for c in chunks], 0),
            pad([c.zones for c in chunks], 0),
        )
        return states

    def words(self, states: Tensor, chunk: Chunk) -> Tensor:
        """Return a state for each word of a chunk, from the chunk's own row of states."""
        return (states[chunk.firsts] + states[chunk.lasts]) / 2

    def tell_kinds(self, words: Tensor) -> Tensor:
        """Return for each word the logits of KINDS."""
        logits: Tensor = self.kinds(words)
        return logits

    def tell(
        self, states: Tensor, words: Tensor, chunk: Chunk, heads: Sequence[int]
    ) -> tuple[HeadReadings, list[int]]:
        """Tell all about the meetings that head words report.

        Args:
            states: the chunk's row of states.
            words: what `words` returned.
            heads: words of the chunk.

        Returns:
            The logits, and which actors the columns of `parts` are.
        """
        head = words[list(heads)]
        view = self.view(head)
        nothing = self.nothing(view)
        where = [(*chunk.words[at], chunk.firsts[at]) for at in heads]
        actors = sorted({naming[0] for naming in chunk.namings})
        column = {actor: n for n, actor in enumerate(actors)}
        parts = head.new_zeros(len(heads), len(actors), len(PARTS))
        if actors:
            spans = [(first, last) for _, _, first, last in chunk.namings]
            after = states[[last + 1 for _, last in spans]]  # where the case marker stands
            things = torch.cat([_spans(states, spans), after], dim=-1)
            pairs = self.actor_pairs(
                head, things, _distances(where, [(s, f) for _, s, f, _ in chunk.namings])
            )
            index = torch.tensor([column[naming[0]] for naming in chunk.namings])
            pooled = pairs.new_full((len(heads), len(actors), pairs.shape[-1]), -1e4)
            pooled = pooled.scatter_reduce(1, index[None, :, None].expand_as(pairs), pairs, "amax")
            parts = self.parts(functional.dropout(pooled, self.rate, self.training))
        times = nothing[:, :1]
        if chunk.times:
            spans = [(first, last) for _, _, first, last in chunk.times]
            pairs = self.time_pairs(
                head, _spans(states, spans), _distances(where, [(s, f) for _, s, f, _ in chunk.times])
            )
            times = torch.cat([times, self.time(pairs)[..., 0]], dim=1)
        pairs = self.place_pairs(
            head,
            words,
            _distances(where, [(s, f) for (s, _), f in zip(chunk.words, chunk.firsts, strict=True)]),
        )
        places = self.place(pairs)
        told = HeadReadings(
            statuses=self.statuses(view),
            modes=self.modes(view),
            formats=self.formats(view),
            separate=self.separate(view)[:, 0],
            parts=parts,
            times=times,
            starts=torch.cat([nothing[:, 1:2], places[..., 0]], dim=1),
            ends=torch.cat([nothing[:, 2:3], places[..., 1]], dim=1),
        )
        return told, actors


def _spans(states: Tensor, spans: Sequence[tuple[int, int]]) -> Tensor:
    firsts, lasts = [first for first, _ in spans], [last for _, last in spans]
    return (states[firsts] + states[lasts]) / 2


def _distances(heads: Sequence[tuple[int, int, int]], things: Sequence[tuple[int, int]]) -> Tensor:
    """Return for each head (sentence, word, piece) and thing (sentence or -1, piece) how they lie to each other."""
    return torch.tensor(
        [[_distance(head[0], head[2], sentence, piece) for sentence, piece in things] for head in heads]
    )


def _distance(head_sentence: int, head_piece: int, sentence: int, piece: int) -> int:
    if sentence < 0:
        return 0
    if sentence < head_sentence:
        return 4 + max(-3, sentence - head_sentence)
    if sentence > head_sentence:
        return min(12, 9 + sentence - head_sentence)
    far = abs(piece - head_piece)
    step = 0 if far <= _NEAR else 1 if far <= _CLOSE else 2
    return 6 - step if piece <= head_piece else 7 + step


def load_encoder(network: Network, arrays: Mapping[str, Any]) -> None:
    """Fill the encoder with the pretrained arrays of `read_encoder.py`."""

    def get(name: str) -> Tensor:
        return torch.tensor(arrays[name]).float()

    encoder = network.encoder
    with torch.no_grad():
        encoder.word.weight.copy_(get("emb.word"))
        encoder.position.weight.copy_(get("emb.pos"))
        encoder.kind.weight.copy_(get("emb.type"))
        _copy(encoder.norm, get("emb.ln.w"), get("emb.ln.b"))
        for number, layer in enumerate(encoder.layers):
            assert isinstance(layer, Layer)
            at = f"l{number}."
            layer.qkv.weight.copy_(torch.cat([get(f"{at}{part}.w") for part in "qkv"]))
            layer.qkv.bias.copy_(torch.cat([get(f"{at}{part}.b") for part in "qkv"]))
            for module, name in (
                (layer.out, "ao"),
                (layer.norm, "aln"),
                (layer.inner, "fi"),
                (layer.outer, "fo"),
                (layer.last_norm, "oln"),
            ):
                _copy(module, get(f"{at}{name}.w"), get(f"{at}{name}.b"))


def _copy(module: nn.Linear | nn.LayerNorm, weight: Tensor, bias: Tensor) -> None:
    module.weight.copy_(weight)
    module.bias.copy_(bias)
