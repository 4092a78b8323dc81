"""English glosses: who, what, when and where of a meeting, written from its record.

A gloss is no translation of the Hindi sentence: it says what was stored, so that a reader without Hindi can compare.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from etl.explorer.labels import format_date_range, name_country

_MAX_NAMED = 4
_BARE = {
    "held": "{one} met {others}",
    "ongoing": "{one} is meeting {others}",
    "planned": "{one} is to meet {others}",
    "requested": "A meeting of {all} was proposed",
    "refused": "A meeting of {all} was refused",
    "postponed": "A meeting of {all} was postponed",
    "cancelled": "A meeting of {all} was cancelled",
}
_BY_PHONE = _BARE | {
    "held": "{one} spoke with {others} by phone or video",
    "ongoing": "{one} is speaking with {others} by phone or video",
    "planned": "{one} is to speak with {others} by phone or video",
}
_VISIT = _BARE | {
    "held": "{one} visited {others}",
    "ongoing": "{one} is visiting {others}",
    "planned": "{one} is to visit {others}",
}
_TOGETHER = {"held": "{all} met", "ongoing": "{all} are meeting", "planned": "{all} are to meet"}
_CALLED_OFF = ("postponed", "cancelled", "refused")


def write_gloss(meeting: Mapping[str, Any], participants: Sequence[Mapping[str, Any]]) -> str:
    """Return a sentence such as: Arjun Mehta (India) met Haruka Ono (Japan) in Goa on 14 May 2024.

    Args:
        meeting: with status, mode, start_date, end_date, date_precision, place_hi and place_latin.
        participants: with name_latin, country_code, role and side, in the order of the record.
    """
    status, people = meeting["status"], _order(participants)
    names = [_name(person) for person in people]
    pattern = _choose_pattern(meeting, people)
    named = pattern.format(one=names[0], others=_join(names[1:]), all=_join(names))
    place = _place(meeting)
    when = _when(meeting)
    if status in _CALLED_OFF:
        when = f"for {when.partition(' ')[2]}" if when else ""
        plan = " ".join(part for part in (when, f"in {place}" if place else "") if part)
        return f"{named} (it was planned {plan})." if plan else f"{named}."
    return " ".join(part for part in (named, f"in {place}" if place else "", when) if part) + "."


def to_title(name: str) -> str:
    """Return a romanised name with capital letters: `kathmandu` becomes Kathmandu; other names are unchanged."""
    return " ".join(word[:1].upper() + word[1:] for word in name.split()) if name.islower() else name


def _choose_pattern(meeting: Mapping[str, Any], people: Sequence[Mapping[str, Any]]) -> str:
    status = meeting["status"]
    if meeting["mode"] == "phone":
        return _BY_PHONE[status]
    if meeting["mode"] == "visit" and len(people) == 2 and people[1]["role"] in ("recipient", "host"):
        return _VISIT[status]
    sides = {person["side"] for person in people}
    if len(people) > 2 and not {1, 2} <= sides:
        return _TOGETHER.get(status, _BARE[status])
    return _BARE[status]


def _order(participants: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the actors first, then those they met."""
    return sorted(participants, key=lambda person: person["role"] in ("recipient", "host", "mediator"))


def _name(person: Mapping[str, Any]) -> str:
    country = name_country(person["country_code"]).en if person["country_code"] else None
    name = to_title(person["name_latin"])
    return f"{name} ({country})" if country and country != name else name


def _join(names: Sequence[str]) -> str:
    """Return names as one phrase; of a long list, the first ones and the number of the others."""
    if len(names) > _MAX_NAMED:
        return f"{', '.join(names[: _MAX_NAMED - 1])} and {len(names) - _MAX_NAMED + 1} others"
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def _place(meeting: Mapping[str, Any]) -> str | None:
    name = meeting.get("place_en") or meeting["place_latin"]
    return to_title(name) if name else meeting["place_hi"]


def _when(meeting: Mapping[str, Any]) -> str:
    if not meeting["start_date"]:
        return ""
    day = format_date_range(meeting["start_date"], meeting["end_date"], meeting["date_precision"]).en
    if meeting["date_precision"] == "day":
        return f"on {day}" if meeting["start_date"] == meeting["end_date"] else f"from {day}"
    return f"in {day}" if meeting["date_precision"] in ("month", "year") else f"from {day}"
