"""Publish: a compact read-only copy of the working database, swapped in by one rename."""

import os
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb

from etl.errors import PermanentError
from etl.warehouse.connection import open_published, open_working
from etl.warehouse.statements import query_sql, read_sql

_SCHEMAS = ("core", "out", "meta")


def publish(working_path: Path, published_path: Path, *, keep_previous: int = 1) -> Path:
    """Replace the published copy; readers that hold the former file keep reading it undisturbed.

    The working database stays locked meanwhile, so no load can slip in between. The last `keep_previous`
    copies stay beside it as `<name>.1` (the newest), `<name>.2`, ….

    Returns:
        The path published.

    Raises:
        PermanentError: there is no working database, the file name cannot be read as a database, or the
            copy is not equal to its original; what was published before stays.
        WarehouseLocked: another process held the working database.
    """
    if not working_path.is_file():
        raise PermanentError(f"No working database at {working_path}: run `mulaqat run` first.")
    if published_path.stem in _SCHEMAS:
        raise PermanentError(
            f"{published_path.name}: DuckDB would take the file's name for the schema {published_path.stem}. "
            "Give the warehouse another name."
        )
    published_path.parent.mkdir(parents=True, exist_ok=True)
    partial = published_path.with_name(f".{published_path.name}.partial")
    with open_working(working_path) as con:
        try:
            remove_database(partial)
            copy_database(con, partial)
            check_copy(partial, query_sql(con, "publish/fingerprint.sql"))
            sync(partial)
            _keep(published_path, keep_previous)
            partial.replace(published_path)
            sync(published_path.parent)
        finally:
            remove_database(partial)
    return published_path


def copy_database(con: duckdb.DuckDBPyConnection, target: Path) -> None:
    """Write all that the open database holds into a new file."""
    row = con.execute(read_sql("publish/current_database.sql")).fetchone()
    source = str(row[0]) if row else ""
    filled = read_sql("publish/copy_database.sql").format(
        target_path="'" + str(target).replace("'", "''") + "'",
        source_name='"' + source.replace('"', '""') + '"',
    )
    con.execute(filled)


def check_copy(partial: Path, expected: list[dict[str, Any]]) -> None:
    """Hold a copy against the fingerprint of its original (publish/fingerprint.sql).

    Raises:
        PermanentError: they differ.
    """
    with open_published(partial) as con:
        found = query_sql(con, "publish/fingerprint.sql")
    if found != expected:
        differing = next((row for row in [*expected, *found] if (row in expected) != (row in found)), None)
        raise PermanentError(f"The copy to publish is not equal to the working database: {differing}")


def _keep(published_path: Path, keep_previous: int) -> None:
    """Shift the former copies by one and link the present one as the newest; it stays in place itself."""
    if keep_previous < 1 or not published_path.exists():
        return
    kept = [published_path.with_name(f"{published_path.name}.{age}") for age in range(1, keep_previous + 1)]
    for newer, older in reversed(list(pairwise(kept))):
        if newer.exists():
            newer.replace(older)
    kept[0].unlink(missing_ok=True)
    kept[0].hardlink_to(published_path)


def remove_database(partial: Path) -> None:
    """Remove a database file and its log."""
    for path in (partial, partial.with_name(f"{partial.name}.wal")):
        path.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Have the disk keep a file, or a folder's names."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
