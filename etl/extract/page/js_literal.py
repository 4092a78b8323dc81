"""Parse the JavaScript literals that frameworks write into pages: JSON with bare names, single quotes, `!0`, `void 0`.

Nuxt also wraps its state in a function whose arguments are the repeated values:
`(function(a,b){return {title:a,views:b}})("…",3)`.
"""

import re

from etl.extract.page.lenient_json import Json

_MAX_DEPTH = 60
_SPACE = re.compile(r"(?:\s++|/\*.*?\*/|//[^\n]*+)*+", re.S)
_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+"|\'(?:[^\'\\]++|\\.)*+\'|`(?:[^`\\]++|\\.)*+`', re.S)
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.S)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "", "\n": ""}
_NUMBER = re.compile(r"-?(?:\d++(?:\.\d*+)?+|\.\d++)(?:[eE][+-]?+\d++)?+")
_NAME = re.compile(r"[A-Za-z_$][\w$]{0,60}")
_CONSTANTS: dict[str, Json] = {"true": True, "false": False, "null": None, "undefined": None, "NaN": None}
_FUNCTION = re.compile(r"\(?\s?function\s?\(([\w$,\s]{0,20000})\)\s?\{")
_NAME_MARK = "\x00name:"


def read_literal(text: str, start: int) -> tuple[Json, int]:
    """Return the value of the literal, or of the function call, that starts at an offset, and the offset after it.

    Raises:
        ValueError: there is none.
    """
    if function := _FUNCTION.match(text, start):
        return _read_call(text, function)
    reader = _Reader(text, start)
    return reader.read(), reader.at


def unescape_string(quoted: str) -> str:
    """Return the value of a string literal with its quotes."""
    return _ESCAPE.sub(_unescape, quoted[1:-1])


def _unescape(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code:
        return chr(min(int(code, 16), 0x10FFFF))
    return _ESCAPED.get(match[4], match[4])


def _read_call(text: str, function: re.Match[str]) -> tuple[Json, int]:
    at = text.find("return", function.end())
    if at < 0:
        raise ValueError("a function without a value")
    body = _Reader(text, at + len("return"))
    value = body.read()
    call = text.find("(", body.at)
    arguments: list[Json] = []
    if 0 <= call < body.at + 20:
        reader = _Reader(text, call)
        arguments = reader.read_list(")")
        body.at = reader.at
    names = [name.strip() for name in function[1].split(",")]
    return _resolve(value, dict(zip(names, arguments, strict=False))), body.at


def _resolve(value: Json, names: dict[str, Json]) -> Json:
    if isinstance(value, dict):
        return {key: _resolve(part, names) for key, part in value.items()}
    if isinstance(value, list):
        return [_resolve(part, names) for part in value]
    if isinstance(value, str) and value.startswith(_NAME_MARK):
        return names.get(value.removeprefix(_NAME_MARK))
    return value


class _Reader:
    """Reads values one after the other; `at` is the offset of the next one."""

    def __init__(self, text: str, at: int) -> None:
        self._text = text
        self._depth = 0
        self.at = at

    def read(self) -> Json:
        """Read one value. Names that are not constants become marked strings."""
        sign = self._peek()
        if sign == "{":
            return self._read_object()
        if sign == "[":
            return self.read_list("]")
        if text := self._take(_STRING):
            return unescape_string(text)
        if number := self._take(_NUMBER):
            return float(number) if not number.lstrip("-").isdigit() else int(number[:300])
        if sign == "!":
            self.at += 1
            return not self.read()
        name = self._take(_NAME)
        if name == "void":
            self._take(_NUMBER)
            return None
        if not name:
            raise ValueError(f"no value at offset {self.at}")
        return _CONSTANTS.get(name, f"{_NAME_MARK}{name}")

    def read_list(self, end: str) -> list[Json]:
        """Read values separated by commas up to a closing bracket."""
        self._open()
        values: list[Json] = []
        while self._peek() != end:
            values.append(None if self._peek() == "," else self.read())
            self._end_value(end)
        self._close()
        return values

    def _read_object(self) -> Json:
        self._open()
        found: dict[str, Json] = {}
        while self._peek() != "}":
            quoted = self._take(_STRING)
            key = unescape_string(quoted) if quoted else self._take(_NAME) or self._take(_NUMBER)
            if not key or self._peek() != ":":
                raise ValueError(f"no property at offset {self.at}")
            self.at += 1
            found[key] = self.read()
            self._end_value("}")
        self._close()
        return found

    def _open(self) -> None:
        self.at += 1
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise ValueError("nested too deeply")

    def _close(self) -> None:
        self.at += 1
        self._depth -= 1

    def _end_value(self, end: str) -> None:
        sign = self._peek()
        if sign == ",":
            self.at += 1
        elif sign != end:
            raise ValueError(f"no comma at offset {self.at}")

    def _peek(self) -> str:
        space = _SPACE.match(self._text, self.at)
        self.at = space.end() if space else self.at
        return self._text[self.at : self.at + 1]

    def _take(self, pattern: re.Pattern[str]) -> str:
        self._peek()
        found = pattern.match(self._text, self.at)
        if found:
            self.at = found.end()
        return found[0] if found else ""
