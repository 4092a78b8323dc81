"""Imports between folders: tests, benchmarks and testkit import only the folders below them."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.config import REPOSITORY

OURS = {"benchmarks", "dags", "deploy", "etl", "plugins", "testkit", "tests", "training"}
ALLOWED = {
    "tests": {"deploy", "etl", "plugins", "testkit", "training"},
    "benchmarks": {"deploy", "etl", "testkit"},
    "testkit": {"deploy", "etl", "testkit"},
    "etl": {"etl"},
}
"""By folder: the folders of this repository that its modules may import."""
TEST_NAMES = {file.stem for file in (REPOSITORY / "tests").rglob("*.py")}


def list_imports(file: Path) -> Iterator[str]:
    """Yield the full names of the modules that a file imports, at any depth of the file."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


@pytest.mark.parametrize("folder", ALLOWED)
def test_a_folder_imports_only_folders_below_it(folder: str) -> None:
    files = sorted((REPOSITORY / folder).rglob("*.py"))
    assert files
    wrong = [
        f"{file.relative_to(REPOSITORY)} imports {name}"
        for file in files
        for name in list_imports(file)
        if name.startswith(".") or name.partition(".")[0] in OURS - ALLOWED[folder]
    ]
    assert wrong == []


def test_no_test_module_imports_a_test_module() -> None:
    """Not by its bare name either, which works when a test is run from its own folder."""
    wrong = [
        f"{file.relative_to(REPOSITORY)} imports {name}"
        for file in sorted((REPOSITORY / "tests").rglob("*.py"))
        for name in list_imports(file)
        if name.partition(".")[0] in TEST_NAMES
    ]
    assert wrong == []


def test_the_root_of_etl_holds_four_modules() -> None:
    modules = {file.name for file in (REPOSITORY / "etl").glob("*.py")}
    assert modules == {"__init__.py", "__main__.py", "config.py", "errors.py"}
