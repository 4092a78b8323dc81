"""The hand-made lists of this recipe, read from `lists/`."""

from pathlib import Path

LISTS = Path(__file__).with_name("lists")


def read_lines(name: str) -> list[str]:
    """Read a list's lines; blank lines stay, lines that begin with # are remarks."""
    lines = (LISTS / name).read_text("utf-8").splitlines()
    return [line.strip() for line in lines if not line.startswith("#")]


def read_entries(name: str) -> list[tuple[str, ...]]:
    """Read a list with one entry a line, each as its tokens."""
    return [tuple(line.split()) for line in read_lines(name) if line]
