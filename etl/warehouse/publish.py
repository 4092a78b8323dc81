"""Publish: let readers see what was loaded and audited.

Of a file, by a compact read-only copy of the working database, swapped in by one rename. Of a lake readers see each
commit as it is made, and nothing else; there publishing checks that it can be queried, and tidies up.
"""

import os
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb

from etl.errors import PermanentError
from etl.storage.warehouse_place import DuckLake, WarehousePlace
from etl.warehouse.connection import LOCK_WAIT_SECONDS, READERS_STORAGE, open_published, open_working
from etl.warehouse.lake import tidy_lake
from etl.warehouse.statements import fill_sql, query_sql, quote_name, quote_text

_SCHEMAS = ("core", "out", "meta")


def publish(working: WarehousePlace, published: WarehousePlace, *, keep_previous: int = 1) -> WarehousePlace:
    """Let readers see the working database; those that hold a former copy or snapshot keep it undisturbed.

    Args:
        keep_previous: of a file, how many former copies stay beside it as `<name>.1` (the newest), `<name>.2`, ….

    Returns:
        The place published.

    Raises:
        PermanentError: there is no working database, the file name cannot be read as a database, or the
            copy is not equal to its original; what was published before stays.
        WarehouseLocked: another process held the working database.
    """
    if isinstance(working, Path) and isinstance(published, Path):
        _publish_file(working, published, keep_previous)
    elif isinstance(working, DuckLake) and working == published:
        _publish_lake(working)
    else:
        raise PermanentError(f"{working} cannot be published as {published}: one is a lake, or they are two.")
    return published


def _publish_lake(lake: DuckLake) -> None:
    with open_published(lake) as con:
        query_sql(con, "publish/fingerprint.sql")
    with open_working(lake) as con:
        tidy_lake(con, lake, LOCK_WAIT_SECONDS)


def _publish_file(working: Path, published: Path, keep_previous: int) -> None:
    """Copy, compare, rename. The working database stays locked meanwhile, so no load can slip in between."""
    if not working.is_file():
        raise PermanentError(f"No working database at {working}: run `mulaqat run` first.")
    if published.stem in _SCHEMAS:
        raise PermanentError(
            f"{published.name}: DuckDB would take the file's name for the schema {published.stem}. "
            "Give the warehouse another name."
        )
    published.parent.mkdir(parents=True, exist_ok=True)
    partial = published.with_name(f".{published.name}.partial")
    with open_working(working) as con:
        try:
            remove_database(partial)
            copy_database(con, partial, READERS_STORAGE)
            check_copy(partial, query_sql(con, "publish/fingerprint.sql"))
            sync(partial)
            _keep(published, keep_previous)
            partial.replace(published)
            sync(published.parent)
        finally:
            remove_database(partial)


def copy_database(con: duckdb.DuckDBPyConnection, target: Path, storage_version: str) -> None:
    """Write all that the open database holds into a new file of this format."""
    (row,) = query_sql(con, "publish/current_database.sql")
    fill_sql(
        con,
        "publish/copy_database.sql",
        target_path=quote_text(str(target)),
        storage_version=quote_text(storage_version),
        source_name=quote_name(row["database_name"]),
    )


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


def _keep(published: Path, keep_previous: int) -> None:
    """Shift the former copies by one and link the present one as the newest; it stays in place itself."""
    if keep_previous < 1 or not published.exists():
        return
    kept = [published.with_name(f"{published.name}.{age}") for age in range(1, keep_previous + 1)]
    for newer, older in reversed(list(pairwise(kept))):
        if newer.exists():
            newer.replace(older)
    kept[0].unlink(missing_ok=True)
    kept[0].hardlink_to(published)


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
