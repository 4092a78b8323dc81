"""Split a text into fragments at the edges of its highlighted spans."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of text with uniform highlighting.

    Attributes:
        entity: the mention that contains it, a row of `mentions`; None if none does.
        is_trigger: whether it belongs to the word that signals a meeting.
        meeting_id: the meeting whose evidence contains it; None if none does.
        starts_evidence: whether it is the first fragment of that evidence.
    """

    text: str
    entity: Mapping[str, Any] | None = None
    is_trigger: bool = False
    meeting_id: str | None = None
    starts_evidence: bool = False


def split_article(
    text: str, mentions: Sequence[Mapping[str, Any]], reports: Sequence[Mapping[str, Any]]
) -> list[list[Fragment]]:
    """Return the paragraphs of an article's text, each as a list of fragments.

    Offsets count code points and are half-open.
    """
    triggers = [span for report in reports for span in _find_trigger(text, report)]
    spans = [*_spans(mentions, ""), *_spans(reports, "evidence_"), *triggers]
    breaks = [at + side for at, character in enumerate(text) if character == "\n" for side in (0, 1)]
    cuts = {0, len(text), *breaks, *(cut for span in spans for cut in span)}
    edges = sorted(cut for cut in cuts if 0 <= cut <= len(text))
    named, evidence = _cover(edges, mentions, ""), _cover(edges, reports, "evidence_")
    marked = {
        edge
        for first, last in triggers
        for edge in edges[bisect_left(edges, first) : bisect_left(edges, last)]
    }
    paragraphs: list[list[Fragment]] = [[]]
    for start, end in pairwise(edges):
        if text[start:end] == "\n":
            paragraphs.append([])
            continue
        report = evidence.get(start)
        meeting_id = report["meeting_id"] if report else None
        starts = bool(report and report["evidence_start_char"] == start)
        paragraphs[-1].append(
            Fragment(text[start:end], named.get(start), start in marked, meeting_id, starts)
        )
    return [paragraph for paragraph in paragraphs if paragraph]


def split_sentence(
    sentence: str, trigger: str | None, mentions: Sequence[Mapping[str, Any]] | None = None
) -> list[Fragment]:
    """Return a sentence as fragments, with its mentions and the first occurrence of its trigger marked.

    Args:
        mentions: with offsets from the start of the sentence.
    """
    at = sentence.find(trigger) if trigger else -1
    marked = range(at, at + len(trigger or "")) if at >= 0 else range(0)
    mentions = mentions or ()
    cuts = {
        0,
        len(sentence),
        marked.start,
        marked.stop,
        *(cut for span in _spans(mentions, "") for cut in span),
    }
    edges = sorted(cut for cut in cuts if 0 <= cut <= len(sentence))
    named = _cover(edges, mentions, "")
    return [
        Fragment(sentence[start:end], named.get(start), start in marked) for start, end in pairwise(edges)
    ]


def _spans(rows: Iterable[Mapping[str, Any]], prefix: str) -> list[tuple[int, int]]:
    return [(row[f"{prefix}start_char"], row[f"{prefix}end_char"]) for row in rows]


def _cover(edges: list[int], rows: Sequence[Mapping[str, Any]], prefix: str) -> dict[int, Mapping[str, Any]]:
    """Return the row whose span covers each edge, by edge; where spans overlap, the first row wins."""
    covering: dict[int, Mapping[str, Any]] = {}
    for row, (start, end) in zip(rows, _spans(rows, prefix), strict=True):
        for edge in edges[bisect_left(edges, start) : bisect_left(edges, end)]:
            covering.setdefault(edge, row)
    return covering


def _find_trigger(text: str, report: Mapping[str, Any]) -> list[tuple[int, int]]:
    start = text.find(report["trigger_text"], report["evidence_start_char"], report["evidence_end_char"])
    return [(start, start + len(report["trigger_text"]))] if start >= 0 else []
