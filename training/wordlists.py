"""Read the hand-made lists of this recipe in `lists/`."""

from pathlib import Path

LISTS = Path(__file__).with_name("lists")


def read_lines(name: str) -> list[str]:
    """Read the lines of a list; blank lines are kept, lines that begin with # are comments and are skipped."""
    lines = (LISTS / name).read_text("utf-8").splitlines()
    return [line.strip() for line in lines if not line.startswith("#")]


def read_entries(name: str) -> list[tuple[str, ...]]:
    """Read a list with one entry in each line, as tuples of tokens."""
    return [tuple(line.split()) for line in read_lines(name) if line]
