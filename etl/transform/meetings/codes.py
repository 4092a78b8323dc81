"""PLOVER and CAMEO codes of a report, from its status and mode."""

from etl.domain.meeting import EventType, Mode, Status

CODEBOOK = "PLOVER-2021/CAMEO-1.1b3"

_EVENT_TYPES: dict[Status, EventType] = {
    "held": "CONSULT",
    "ongoing": "CONSULT",
    "planned": "AGREE",
    "postponed": "AGREE",
    "requested": "REQUEST",
    "refused": "REJECT",
    "cancelled": "SANCTION",
}
_CAMEO_OF_STATUS: dict[Status, str] = {
    "planned": "036",
    "postponed": "036",
    "requested": "106",
    "refused": "125",
    "cancelled": "164",
}
_CAMEO_OF_MODE: dict[Mode | None, str] = {"phone": "041", "visit": "042", "third-party": "044"}


def event_type_of(status: Status) -> EventType:
    """Return PLOVER's event type of a status."""
    return _EVENT_TYPES[status]


def plover_mode_of(status: Status, mode: Mode | None) -> str | None:
    """Return PLOVER's mode: the mode itself for CONSULT, else `withdraw` (cancelled) or `meet`."""
    if event_type_of(status) == "CONSULT":
        return mode
    return "withdraw" if status == "cancelled" else "meet"


def cameo_code_of(status: Status, mode: Mode | None, cue: str | None) -> str:
    """Return the CAMEO code: of the status, else the mediation or negotiation cue, else of the mode, else 040."""
    return _CAMEO_OF_STATUS.get(status) or cue or _CAMEO_OF_MODE.get(mode, "040")
