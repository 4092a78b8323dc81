"""Align a corrected line with the line it was made from, in linear time and memory."""

from collections.abc import Iterator
from itertools import takewhile

from rapidfuzz.distance import Indel

_WINDOW = 4_000
"""Characters of both lines that are compared at once. A comparison costs the product of the two lengths."""


def equal_stretches(new: str, old: str) -> Iterator[tuple[int, int, int]]:
    """Yield (start in `new`, end in `new`, start in `old`) of the stretches that both have, in order.

    A line longer than `_WINDOW` is compared in overlapping windows. Corrections move the text by a few characters, so
    the two windows show the same passage.
    """
    if new == old:
        yield 0, len(new), 0
        return
    at_new = at_old = 0
    while at_new < len(new) and at_old < len(old):
        window_new, window_old = new[at_new : at_new + _WINDOW], old[at_old : at_old + _WINDOW]
        found = [
            (step.dest_start, step.dest_end, step.src_start)
            for step in Indel.opcodes(window_old, window_new)
            if step.tag == "equal"
        ]
        is_last = at_new + _WINDOW >= len(new) and at_old + _WINDOW >= len(old)
        kept = found if is_last else list(takewhile(_starts_in_first_half, found))
        for first, last, there in kept:
            yield at_new + first, at_new + last, at_old + there
        steps = _steps_to_next(found, kept)
        at_new, at_old = at_new + steps[0], at_old + steps[1]


def _starts_in_first_half(stretch: tuple[int, int, int]) -> bool:
    return max(stretch[0], stretch[2]) < _WINDOW // 2


def _steps_to_next(found: list[tuple[int, int, int]], kept: list[tuple[int, int, int]]) -> tuple[int, int]:
    """Return how far both windows move: to the first stretch that was not kept, at least half a window in one line."""
    if len(found) > len(kept):
        return found[len(kept)][0], found[len(kept)][2]
    if kept:
        first, last, there = kept[-1]
        if last >= _WINDOW // 2:
            return last, there + last - first
    return _WINDOW, _WINDOW
