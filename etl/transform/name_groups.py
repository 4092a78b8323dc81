"""Group the names of one article: equal names, names that sound alike, and short forms with their longer name."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from etl.domain.entity import EntityKind
from etl.transform.lexicon import Key, KnownName
from etl.transform.names import NameSpan
from etl.transform.sound import sound_of


@dataclass(frozen=True, slots=True)
class NameGroup:
    """Spans of one article that are one name: equal keys, or one key a short form of the other."""

    kind: EntityKind
    key: Key
    known: KnownName | None


def group_names(named: Sequence[NameSpan]) -> dict[NameSpan, NameGroup]:
    """Return the group of each name; `named` are all names of an article, in text order."""
    keys = _common_keys(named)
    kinds: defaultdict[Key, Counter[EntityKind]] = defaultdict(Counter)
    known: dict[Key, KnownName] = {}
    for span in named:
        kinds[keys[span.key]][span.kind] += 1
        if span.known:
            known.setdefault(keys[span.key], span.known)
    full = {
        key: NameGroup(
            known[key].kind if key in known else kinds[key].most_common(1)[0][0], key, known.get(key)
        )
        for key in kinds
    }
    in_order = [full[keys[span.key]] for span in named]
    longer = _LongerForms(in_order)
    return {
        span: longer.of(own, place) or own
        for place, (span, own) in enumerate(zip(named, in_order, strict=True))
    }


def _common_keys(named: Sequence[NameSpan]) -> dict[Key, Key]:
    """Map spellings that sound alike (मौरिसन, मॉरिसन) to one key: that of a known name, else the first in the text."""
    common: dict[str, Key] = {}
    for span in sorted(named, key=lambda span: span.known is None):
        common.setdefault(sound_of(span.key), span.key)
    return {span.key: common[sound_of(span.key)] for span in named}


class _LongerForms:
    """The longer names of an article by the sounds of their beginnings and ends.

    Args:
        groups: the group of each name, in text order.
    """

    def __init__(self, groups: Sequence[NameGroup]) -> None:
        self._groups = groups
        self._places: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
        self._longest_known: dict[KnownName, int] = {}
        parts: dict[NameGroup, set[tuple[int, str]]] = {}
        for place, group in enumerate(groups):
            if group not in parts:
                parts[group] = _sounding_parts(group)
                if group.known:
                    self._longest_known[group.known] = max(
                        len(group.key), self._longest_known.get(group.known, 0)
                    )
            for part in parts[group]:
                self._places[part].append(place)

    def of(self, own: NameGroup, place: int) -> NameGroup | None:
        """Return the longer name that a short form belongs to: the nearest before it, else the first after it."""
        size = len(own.key)
        if own.kind != "PER" or (own.known and self._longest_known[own.known] > size):
            return None
        places = self._places.get((size, sound_of(own.key)), [])
        following = bisect_left(places, place)
        return self._groups[places[max(0, following - 1)]] if places else None


def _sounding_parts(group: NameGroup) -> set[tuple[int, str]]:
    """Return (number of words, sound) of each beginning and end of a person's name, without the whole name."""
    if group.kind != "PER":
        return set()
    key = group.key
    return {(size, sound_of(part)) for size in range(1, len(key)) for part in (key[:size], key[-size:])}


def collect_members(
    named: Sequence[NameSpan], groups: dict[NameSpan, NameGroup]
) -> dict[NameGroup, list[NameSpan]]:
    """Return the names of each group, in text order."""
    members: defaultdict[NameGroup, list[NameSpan]] = defaultdict(list)
    for span in named:
        members[groups[span]].append(span)
    return members
