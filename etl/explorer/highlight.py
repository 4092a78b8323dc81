"""Cut a text at the borders of what is to be highlighted in it."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that is highlighted in one way.

    Attributes:
        entity: the mention (a row of `mentions`) that it is part of.
        is_trigger: it is the word that gave a meeting away.
        meeting_id: the meeting whose evidence it is part of.
        opens_evidence: it is the first stretch of that evidence.
    """

    text: str
    entity: Mapping[str, Any] | None = None
    is_trigger: bool = False
    meeting_id: str | None = None
    opens_evidence: bool = False


def cut_article(
    text: str, mentions: Sequence[Mapping[str, Any]], reports: Sequence[Mapping[str, Any]]
) -> list[list[Run]]:
    """Return the paragraphs of an article's text, each as runs. Offsets are code points."""
    triggers = [span for report in reports for span in _find_trigger(text, report)]
    spans = [*_spans(mentions, ""), *_spans(reports, "evidence_"), *triggers]
    breaks = [at + side for at, sign in enumerate(text) if sign == "\n" for side in (0, 1)]
    borders = {0, len(text), *breaks, *(border for span in spans for border in span)}
    edges = sorted(border for border in borders if 0 <= border <= len(text))
    named, evidence = _cover(edges, mentions, ""), _cover(edges, reports, "evidence_")
    marked = {
        edge
        for first, last in triggers
        for edge in edges[bisect_left(edges, first) : bisect_left(edges, last)]
    }
    paragraphs: list[list[Run]] = [[]]
    for start, end in pairwise(edges):
        if text[start:end] == "\n":
            paragraphs.append([])
            continue
        report = evidence.get(start)
        meeting_id = report["meeting_id"] if report else None
        opens = bool(report and report["evidence_start_char"] == start)
        paragraphs[-1].append(Run(text[start:end], named.get(start), start in marked, meeting_id, opens))
    return [paragraph for paragraph in paragraphs if paragraph]


def cut_sentence(sentence: str, trigger: str | None) -> list[Run]:
    """Return a sentence as runs with its trigger marked."""
    before, found, after = sentence.partition(trigger) if trigger else (sentence, "", "")
    runs = [Run(before), Run(found, is_trigger=True), Run(after)]
    return [run for run in runs if run.text]


def _spans(rows: Iterable[Mapping[str, Any]], prefix: str) -> list[tuple[int, int]]:
    return [(row[f"{prefix}start_char"], row[f"{prefix}end_char"]) for row in rows]


def _cover(edges: list[int], rows: Sequence[Mapping[str, Any]], prefix: str) -> dict[int, Mapping[str, Any]]:
    """Return, for each edge at which a stretch of a row's span begins, the row; the first row wins."""
    covering: dict[int, Mapping[str, Any]] = {}
    for row, (start, end) in zip(rows, _spans(rows, prefix), strict=True):
        for edge in edges[bisect_left(edges, start) : bisect_left(edges, end)]:
            covering.setdefault(edge, row)
    return covering


def _find_trigger(text: str, report: Mapping[str, Any]) -> list[tuple[int, int]]:
    start = text.find(report["trigger_text"], report["evidence_start_char"], report["evidence_end_char"])
    return [(start, start + len(report["trigger_text"]))] if start >= 0 else []
