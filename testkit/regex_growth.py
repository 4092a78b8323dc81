"""Measure how the time of regular expressions grows with the length of adversarial strings.

A pattern is used as its module uses it (search, fullmatch, sub, …). Strings repeat pieces of the pattern itself, since
these are what makes it backtrack, and end with a character that no pattern expects.
"""

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType

MAX_CHARS = 100_000
"""Length of the longest strings."""
_FIRST_CHARS = 1_000
_QUICK_SECONDS = 0.05
"""Times below are noise: a pattern that needs less for the longest string passes."""
_SUSPECT_GROWTH = 3.2
"""Growth at twice the length: 2 for a linear pattern, 4 for a quadratic one."""
_USES = ("fullmatch", "match", "search", "sub", "finditer", "findall", "split")
_PIECES = (
    " ", "  a", "\t", "\n", "a", "1", "12 ", "12:", "-", " - ", ", ", ".", "/", "/a", "|", " | a", "<", "<a ", "<!--",
    "<script ", "&", "&amp;", "(", "[", "{", '"', "\\", "\\\"", "_", "a_", "a-", "a.", "क", "के ", "कि ", "।", "ने की ",
    "1,", ",11", "1:1", "🙏", "🙏 ", "\ufe0f", "क्", "ङ्", "à¤…", "à¤",
    "à", "\u00a0", "\u200d", "१", "१२ ", "%E0", "=", "={", "http://", "2020-", "@",
)  # fmt: skip
_LITERAL = re.compile(r"[a-z\u0900-\u097f]{2,}", re.I)


@dataclass(frozen=True)
class Pattern:
    """A pattern of a module and the methods by which the module uses it."""

    name: str
    pattern: re.Pattern[str]
    uses: tuple[str, ...]

    @cached_property
    def strings(self) -> list[str]:
        """Pieces that adversarial strings repeat."""
        words = list(dict.fromkeys(_LITERAL.findall(self.pattern.pattern)))
        sampled = words[:: max(1, len(words) // 20)]
        return [
            *_PIECES,
            *sampled,
            *(f"{word} " for word in sampled[:10]),
            *(f"_{word}" for word in sampled[:5]),
        ]

    def run(self, use: str, text: str) -> float:
        """Return the processor time of one use, in seconds."""
        began = time.process_time()
        if use == "sub":
            self.pattern.sub("", text)
        elif use == "finditer":
            for _ in self.pattern.finditer(text):
                pass
        else:
            getattr(self.pattern, use)(text)
        return time.process_time() - began


def find_patterns(package: str) -> Iterator[Pattern]:
    """Yield the module-level patterns of every module of a package, that is for text."""
    for module in _modules(package):
        source = _read_source(module)
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                found = {use for use in _USES if re.search(rf"\b{re.escape(name)}\.{use}\b", source)}
                if found:
                    yield Pattern(f"{module.__name__}.{name}", value, tuple(sorted(found)))


def find_growth(pattern: Pattern) -> str | None:
    """Return how a pattern grows faster than its strings, for people; None if it does not."""
    for use in pattern.uses:
        for piece in pattern.strings:
            if growth := _measure(pattern, use, piece):
                return growth
    return None


def _measure(pattern: Pattern, use: str, piece: str) -> str | None:
    """Double the length up to the longest; stop at two suspect steps in a row."""
    char_count, before, suspects = _FIRST_CHARS, 0.0, 0
    while char_count <= MAX_CHARS:
        text = (piece * (char_count // len(piece)))[:char_count] + "\x00\x01"
        needed = pattern.run(use, text)
        if needed > _QUICK_SECONDS:
            needed = min(needed, pattern.run(use, text))
        is_suspect = needed > _QUICK_SECONDS and needed > _SUSPECT_GROWTH * before
        suspects = suspects + 1 if is_suspect else 0
        if suspects == 2:
            factor = needed / before
            return (
                f"{pattern.name}.{use}: {char_count} characters of {piece!r} take {factor:.1f} times as long"
            )
        char_count, before = char_count * 2, max(needed, 1e-4)
    return None


def _modules(package: str) -> Iterator[ModuleType]:
    root = importlib.import_module(package)
    yield root
    for module in pkgutil.walk_packages(root.__path__, f"{package}."):
        yield importlib.import_module(module.name)


def _read_source(module: ModuleType) -> str:
    return Path(module.__file__).read_text(encoding="utf-8") if module.__file__ else ""
