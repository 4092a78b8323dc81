"""The reader at work: pages to readings, readings to meetings."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from training.reader.model.chunks import Chunk, cut_page
from training.reader.model.decode import Meeting, Reading, Thresholds, decode
from training.reader.model.page import Page
from training.reader.model.pieces import Cutter

if TYPE_CHECKING:
    from torch import Tensor

    from training.reader.model.network import HeadReadings, Network

LEAST_HEAD = 0.1
"""Below it no word is asked what it reports."""
_NEAR = 2
"""A head word takes the place of likelier none within so many words."""
_LONGEST_PLACE = 8
_AT_ONCE = 8


class Reader:
    """Tells the meetings of pages; the weights are loaded for the first.

    Args:
        path: the file that `weights.save_reader` wrote.
        least: the lowest probability that is reported.
    """

    def __init__(self, path: Path, least: Thresholds | None = None) -> None:
        self._path = path
        self._least = least or Thresholds()

    def read(self, page: Page) -> list[Meeting]:
        """Return the meetings of one page; what comes out does not depend on the pages read before."""
        network, cutter = self._loaded
        (readings,) = read_pages(network, cutter, [page], is_half=True, at_once=1)
        return decode(page, readings, self._least)

    @cached_property
    def _loaded(self) -> "tuple[Network, Cutter]":
        from training.reader.model.weights import load_reader

        network, cutter, _ = load_reader(self._path)
        return network, cutter


def read_pages(
    network: "Network",
    cutter: Cutter,
    pages: Sequence[Page],
    is_half: bool = False,
    at_once: int = _AT_ONCE,
) -> Iterator[list[Reading]]:
    """Yield the readings of each page.

    Args:
        network: the trained network.
        cutter: what cuts its words.
        pages: any number.
        is_half: whether the encoder calculates in bfloat16.
        at_once: chunks that go through the encoder together; with one, nothing depends on its neighbours.
    """
    import torch

    network.eval()
    chunks = [(number, chunk) for number, page in enumerate(pages) for chunk in cut_page(page, cutter)]
    found: list[list[Reading]] = [[] for _ in pages]
    order = sorted(range(len(chunks)), key=lambda n: len(chunks[n][1].pieces))
    with torch.inference_mode():
        for start in range(0, len(order), at_once):
            batch = [chunks[n] for n in order[start : start + at_once]]
            with torch.autocast("cpu", torch.bfloat16, enabled=is_half):
                states = network.encode([chunk for _, chunk in batch])
            states = states.float()
            for (number, chunk), row in zip(batch, states, strict=True):
                found[number] += _read_chunk(network, chunk, row)
    for readings in found:
        yield sorted(readings, key=lambda reading: (reading.sentence, reading.word))


def _read_chunk(network: "Network", chunk: Chunk, states: "Tensor") -> list[Reading]:
    words = network.words(states, chunk)
    kinds = network.tell_kinds(words).softmax(-1)
    heads = _choose_heads(chunk, kinds[:, 1].tolist())
    if not heads:
        return []
    readings, actors = network.tell(states, words, chunk, heads)
    return [_reading(chunk, readings, actors, row, at, float(kinds[at, 1])) for row, at in enumerate(heads)]


def _choose_heads(chunk: Chunk, chances: Sequence[float]) -> list[int]:
    likely = [n for n, chance in enumerate(chances) if chance >= LEAST_HEAD and chunk.is_read[n]]
    return [n for n in likely if all(chances[m] <= chances[n] for m in likely if abs(m - n) <= _NEAR)]


def _reading(
    chunk: Chunk, readings: "HeadReadings", actors: Sequence[int], row: int, at: int, probability: float
) -> Reading:
    sentence, word = chunk.words[at]
    parts = readings.parts[row].softmax(-1).tolist()
    times = readings.times[row].softmax(-1).tolist()
    place, odds = _place(
        chunk, readings.starts[row].log_softmax(-1).tolist(), readings.ends[row].log_softmax(-1).tolist()
    )
    return Reading(
        sentence=sentence,
        word=word,
        probability=probability,
        statuses=tuple(readings.statuses[row].softmax(-1).tolist()),
        modes=tuple(readings.modes[row].softmax(-1).tolist()),
        formats=tuple(readings.formats[row].softmax(-1).tolist()),
        separate=float(readings.separate[row].sigmoid()),
        parts={actor: tuple(parts[column]) for column, actor in enumerate(actors)},
        times=tuple(zip([-1, *(n for n, *_ in chunk.times)], times, strict=True)),
        place=place,
        place_odds=odds,
    )


def _place(
    chunk: Chunk, starts: Sequence[float], ends: Sequence[float]
) -> tuple[tuple[int, int, int] | None, float]:
    """Return the likeliest place inside one sentence, and how much likelier it is than none."""
    from math import exp

    best, span = -1e9, None
    for first, (sentence, word) in enumerate(chunk.words):
        if starts[first + 1] < best:
            continue
        for last in range(first, min(first + _LONGEST_PLACE, len(chunk.words))):
            if chunk.words[last][0] != sentence:
                break
            score = starts[first + 1] + ends[last + 1]
            if score > best:
                best, span = score, (sentence, word, chunk.words[last][1] + 1)
    return span, exp(min(50.0, best - starts[0] - ends[0]))
