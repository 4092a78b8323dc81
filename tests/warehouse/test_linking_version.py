"""LINKING_VERSION must be raised with the code that links reports; comments and docstrings do not count."""

import ast
import hashlib
import re
from pathlib import Path

from etl.warehouse import link, relink
from etl.warehouse.link import LINKING_VERSION
from etl.warehouse.statements import list_sql, read_sql

DIGEST_OF_VERSION = (2, "417cc6f143e8009b")


def strip_code(text: str) -> str:
    """Return the syntax tree of a module without docstrings, comments and LINKING_VERSION itself."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            node.body = [line for line in node.body if not is_text(line) and not is_version(line)]
    return ast.dump(tree)


def is_text(line: ast.stmt) -> bool:
    return isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)


def is_version(line: ast.stmt) -> bool:
    return isinstance(line, ast.Assign) and ast.unparse(line.targets[0]) == "LINKING_VERSION"


def strip_sql(text: str) -> str:
    """Return statements without comments, with single spaces."""
    return " ".join(re.sub(r"--.*", "", text).split())


def digest_code() -> str:
    modules = [strip_code(Path(module.__file__).read_text(encoding="utf-8")) for module in (link, relink)]
    statements = [part for name in list_sql("link") for part in (name, strip_sql(read_sql(name)))]
    return hashlib.sha256("\x1f".join([*modules, *statements]).encode()).hexdigest()[:16]


def test_a_change_of_the_linking_code_raises_its_version() -> None:
    assert (LINKING_VERSION, digest_code()) == DIGEST_OF_VERSION, (
        "The code that links reports changed. If it can change a meeting, raise LINKING_VERSION in "
        f"etl/warehouse/link.py; then set DIGEST_OF_VERSION here to (LINKING_VERSION, {digest_code()!r})."
    )


def test_comments_and_docstrings_do_not_count() -> None:
    assert strip_code('"""One."""\nx = 1  # two\n"""Three."""') == strip_code("x = 1")
    assert strip_code("x = 1") != strip_code("x = 2")
    assert strip_sql("-- one\nSELECT 1;  -- two") == strip_sql("SELECT 1;")
