"""Publish: make the loaded and audited rows visible to readers.

A file is published as a compact copy of the working database, swapped in by one rename. Readers of a lake see every
commit at once; publishing a lake checks that it can be queried, merges small files and deletes unused ones.
"""

import os
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import duckdb

from etl.errors import PermanentError
from etl.storage.warehouse_place import DuckLake, WarehousePlace
from etl.warehouse.connection import LOCK_WAIT_SECONDS, READERS_STORAGE, open_published, open_working
from etl.warehouse.lake import tidy_lake
from etl.warehouse.ownership import check_replaceable, kept_copies
from etl.warehouse.statements import fill_sql, query_records, query_sql, quote_name, quote_text


@dataclass(frozen=True, slots=True)
class FingerprintRow:
    """A comment or row count of one table, view or column; `kind` is table, view, column or rows."""

    kind: str
    name: str
    value: str


def publish(working: WarehousePlace, published: WarehousePlace, *, keep_previous: int = 1) -> WarehousePlace:
    """Publish the working database; readers that have an earlier copy or snapshot open can go on reading it.

    Args:
        keep_previous: for a file, the number of earlier copies to keep as `<name>.1` (the newest), `<name>.2`, ….

    Returns:
        The place published.

    Raises:
        PermanentError: the working database is missing, the published place holds anything but an earlier copy, or
            the new copy differs from the original. What is published stays published.
        WarehouseLocked: another process held the working database.
    """
    if isinstance(working, Path) and isinstance(published, Path):
        _publish_file(working, published, keep_previous)
    elif isinstance(working, DuckLake) and working == published:
        _publish_lake(working)
    else:
        raise PermanentError(
            f"{working} cannot be published as {published}: one is a lake, or they are two lakes."
        )
    return published


def _publish_lake(lake: DuckLake) -> None:
    with open_published(lake) as con:
        read_fingerprint(con)
    with open_working(lake) as con:
        tidy_lake(con, lake, LOCK_WAIT_SECONDS)


def _publish_file(working: Path, published: Path, keep_previous: int) -> None:
    """Copy, compare, rename. The working database stays locked meanwhile, so that no load changes it in between."""
    if not working.is_file():
        raise PermanentError(f"No working database at {working}: run `mulaqat run` first.")
    check_replaceable(working, published, keep_previous)
    published.parent.mkdir(parents=True, exist_ok=True)
    partial = published.with_name(f".{published.name}.partial")
    with open_working(working) as con:
        try:
            remove_database(partial)
            copy_database(con, partial, READERS_STORAGE)
            check_copy(partial, read_fingerprint(con))
            sync(partial)
            _keep(published, keep_previous)
            partial.replace(published)
            sync(published.parent)
        finally:
            remove_database(partial)


def copy_database(con: duckdb.DuckDBPyConnection, target: Path, storage_version: str) -> None:
    """Copy the open database to a new file of this storage format."""
    (row,) = query_sql(con, "publish/current_database.sql")
    fill_sql(
        con,
        "publish/copy_database.sql",
        target_path=quote_text(str(target)),
        storage_version=quote_text(storage_version),
        source_name=quote_name(row["database_name"]),
    )


def read_fingerprint(con: duckdb.DuckDBPyConnection) -> list[FingerprintRow]:
    """Return what a copy must have in common with its original (publish/fingerprint.sql)."""
    return query_records(con, "publish/fingerprint.sql", FingerprintRow)


def check_copy(partial: Path, expected: list[FingerprintRow]) -> None:
    """Compare a copy with the fingerprint of its original.

    Raises:
        PermanentError: they differ.
    """
    with open_published(partial) as con:
        found = read_fingerprint(con)
    if found != expected:
        differing = next((row for row in [*expected, *found] if (row in expected) != (row in found)), None)
        raise PermanentError(f"The copy to publish is not equal to the working database: {differing}")


def _keep(published: Path, keep_previous: int) -> None:
    """Rename each earlier copy to the next number and hard-link the current one as number 1; it stays in place."""
    if keep_previous < 1 or not published.exists():
        return
    kept = kept_copies(published, keep_previous)
    for newer, older in reversed(list(pairwise(kept))):
        if newer.exists():
            newer.replace(older)
    kept[0].unlink(missing_ok=True)
    kept[0].hardlink_to(published)


def remove_database(partial: Path) -> None:
    """Delete a database file and its log."""
    for path in (partial, partial.with_name(f"{partial.name}.wal")):
        path.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Flush a file, or the names in a folder, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
