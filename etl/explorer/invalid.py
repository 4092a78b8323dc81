"""Say in plain words what is wrong with a field of the address."""

from collections.abc import Mapping
from typing import Any

FIELD = {
    "since": "From",
    "until": "To",
    "status": "Status",
    "format": "Format",
    "who": "Name",
    "text": "Words in the article",
    "place": "Place",
    "country": "Country",
    "other_country": "Second country",
    "entity": "Person or body",
    "other": "Second person or body",
    "sort": "Sort by",
    "least": "Minimum meetings",
    "most": "Maximum pairs",
    "kind": "Type",
    "month": "Month",
    "day": "Day",
    "reason": "Reason",
    "source": "Source",
    "after": "Page",
    "before": "Earlier days",
    "limit": "Maximum number of rows",
    "sql": "SQL",
    "name": "Table",
    "file_format": "File format",
    "newest": "Day of the newest article",
    "meeting": "Meeting",
    "article": "Article",
}
"""Field of an address → its label on the pages."""


def explain_invalid(problem: Mapping[str, Any]) -> str:
    """Return a sentence about one problem that Pydantic found, such as: From: “yesterday” is not a date."""
    name = str(problem["loc"][1]) if len(problem["loc"]) > 1 else ""
    field, value, kind = FIELD.get(name, name or "Address"), problem.get("input"), problem["type"]
    shown = f"“{str(value)[:60]}”"
    context = problem.get("ctx") or {}
    if kind.startswith("date"):
        return f"{field}: {shown} is not a date. Write it as 2024-05-31."
    if kind == "missing":
        return f"{field}: a value is needed."
    if kind in ("literal_error", "enum"):
        return f"{field}: {shown} is not one of {str(context.get('expected')).replace(chr(39), '')}."
    if kind in ("int_parsing", "int_from_float"):
        return f"{field}: {shown} is not a whole number."
    if kind == "greater_than_equal":
        return f"{field}: the smallest value is {context['ge']}."
    if kind == "less_than_equal":
        return f"{field}: the largest value is {context['le']}."
    if kind == "string_too_long":
        return f"{field}: at most {context['max_length']} letters are allowed."
    if kind == "value_error":
        text = str(problem["msg"]).removeprefix("Value error, ")
        return f"{field}: {text}."
    return f"{field}: {shown} cannot be read."
