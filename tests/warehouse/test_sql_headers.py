"""Headers of SQL files name the tables that the statements read and leave; views name their readers."""

import re

import pytest

from etl.warehouse.statements import list_sql, read_sql

FILES = [name for folder in ("load", "link", "copies", "postings", "scope") for name in list_sql(folder)]
HEADER = re.compile(r"-- reads: (?P<reads>.*(?:\n--   .*)*)\n-- leaves: (?P<leaves>.*(?:\n--   .*)*)\n")
WITHOUT_TABLES = re.compile(r"--.*|'(?:[^']|'')*'|\bIS (?:NOT )?DISTINCT FROM\b")
CREATED = re.compile(r"\bCREATE (?:OR REPLACE )?TEMP (?:TABLE|VIEW|(MACRO)) (?:IF NOT EXISTS )?([\w.]+)")
CHANGED = re.compile(r"\b(?:INSERT INTO|DELETE FROM|UPDATE) ([\w.]+)")
COPIED = re.compile(r"\bCOPY \(.*\) TO (\{\w+\})", re.S)
FROM_TABLE = re.compile(r"\b(?:FROM|JOIN) ([a-z_][\w.]*)\b(?!\()")
FROM_FILE = re.compile(r"\bread_parquet\((\$\w+)\)")
QUERY_NAME = re.compile(r"\b(\w+) AS (?:MATERIALIZED )?\(")
TEMP_MACROS = {found[2] for name in FILES for found in CREATED.finditer(read_sql(name)) if found[1]}


def list_tables(name: str) -> tuple[set[str], set[str]]:
    """Return what the statements of a file read and leave: tables, views, `macro()`, `$file` and `{file}`.

    A table that the file itself creates before it reads it counts as left only.
    """
    reads: set[str] = set()
    leaves: set[str] = set()
    created_before: set[str] = set()
    for statement in WITHOUT_TABLES.sub(" ", read_sql(name)).split(";"):
        created = {f"{table}()" if macro else table for macro, table in CREATED.findall(statement)}
        changed = set(CHANGED.findall(statement)) | set(COPIED.findall(statement))
        text = re.sub(r"\bDELETE FROM", "DELETE", statement)
        found = set(FROM_TABLE.findall(text)) - set(QUERY_NAME.findall(text))
        found |= {f"{macro}()" for macro in TEMP_MACROS if re.search(rf"\b{macro}\(", text)} - created
        reads |= (found | set(FROM_FILE.findall(text))) - created_before
        leaves |= created | changed
        created_before |= created
    return reads, leaves


def read_header(name: str) -> tuple[set[str], set[str]]:
    header = HEADER.match(read_sql(name))
    assert header, f"sql/{name} must begin with `-- reads: …` and `-- leaves: …`"
    reads, leaves = (
        {item.strip() for item in re.sub(r"\n--", "", header[part]).split(",")} - {"nothing"}
        for part in ("reads", "leaves")
    )
    return reads, leaves


@pytest.mark.parametrize("name", FILES)
def test_header_names_what_the_statements_read_and_leave(name: str) -> None:
    assert read_header(name) == list_tables(name)


def test_every_temporary_table_that_is_read_is_left_by_a_file() -> None:
    read, left = (set[str]().union(*(list_tables(name)[part] for name in FILES)) for part in (0, 1))
    assert {name for name in read if "." not in name and not name.startswith("$")} <= left


def test_views_are_numbered_without_gaps_and_say_who_reads_them() -> None:
    names = list_sql("views")
    assert [int(name.removeprefix("views/")[:2]) for name in names] == list(range(1, len(names) + 1))
    readers = {read_sql(name).splitlines()[0] for name in names}
    assert readers == {"-- read by: analysts", "-- read by: the Explorer"}
