"""Whose file or lake is this? Nothing but a warehouse of Mulaqat is written to or replaced.

The mark is the first row of meta.migration. Every version has written it, so copies that older versions published can
be replaced too.
"""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb

from etl.errors import PermanentError
from etl.storage.paths import check_writable
from etl.storage.warehouse_place import DuckLake, WarehousePlace
from etl.warehouse.connection import WORKING_STORAGE, attach_published, open_working
from etl.warehouse.statements import query_sql

_SCHEMAS = ("core", "out", "meta")
_FIRST_MIGRATION = "0001_meta.sql"
_IS_KEPT = "It is left as it is: move it away, or give the warehouse another place."


@dataclass(frozen=True, slots=True)
class Owner:
    """What identifies the owner of a database.

    Attributes:
        is_ours: it carries the mark.
        is_empty: it holds no table and no view.
        is_working: it has the storage format that only working databases have.
        foreign_names: tables and views outside the schemas of Mulaqat.
    """

    is_ours: bool
    is_empty: bool
    is_working: bool
    foreign_names: tuple[str, ...]


def read_owner(con: duckdb.DuckDBPyConnection) -> Owner:
    """Return the owner of this connection's database."""
    (row,) = query_sql(con, "publish/read_owner.sql")
    return Owner(
        is_ours=_has_mark(con),
        is_empty=row["is_empty"],
        is_working=str(row["storage_version"]).startswith(WORKING_STORAGE),
        foreign_names=tuple(row["foreign_names"]),
    )


def check_migratable(con: duckdb.DuckDBPyConnection) -> None:
    """Check that the tables of Mulaqat may be created in this connection's database.

    Raises:
        PermanentError: it holds tables or views, and none of them is the mark.
    """
    owner = read_owner(con)
    if not (owner.is_ours or owner.is_empty):
        raise PermanentError(f"The working database belongs to another program. {_IS_KEPT}")


def check_places(working: WarehousePlace, published: WarehousePlace, keep_previous: int) -> None:
    """Check before any work that the working database can be opened and its copy published.

    A lake is created if it is missing; a file is not.

    Raises:
        PermanentError: another program's file or lake is in the way, or the place cannot be written.
        TransientError: the disk is full, or the lake's catalog cannot be reached.
        WarehouseLocked: another process was creating the lake.
    """
    if isinstance(working, DuckLake):
        with open_working(working) as con:
            check_migratable(con)
    elif isinstance(published, Path):
        check_replaceable(working, published, keep_previous)
        check_writable(published.parent)
        check_writable(working.parent)
        _check_working(working)


def check_replaceable(working: Path, published: Path, keep_previous: int) -> None:
    """Check that a publish replaces and renames only files that a publish wrote.

    Raises:
        PermanentError: another file is in the way; the message names it.
    """
    if published.stem in _SCHEMAS:
        raise PermanentError(
            f"{published.name}: DuckDB would confuse the file's name with the schema {published.stem}. "
            "Give the warehouse another name."
        )
    if published.resolve() == working.resolve():
        raise PermanentError(f"{published} is the working database. Give the published copy another place.")
    try:
        _exists(published.with_name(f".{published.name}.partial.wal"))  # the longest name that a publish uses
        for path in (published, *kept_copies(published, keep_previous)):
            if _exists(path) and (fault := _find_fault(path)):
                raise PermanentError(f"{path} {fault}. {_IS_KEPT}")
    except OSError as error:
        raise PermanentError(f"{published} cannot be written: {error.strerror}.") from error


def kept_copies(published: Path, keep_previous: int) -> list[Path]:
    """Return the places of earlier published copies, the newest first."""
    return [published.with_name(f"{published.name}.{age}") for age in range(1, keep_previous + 1)]


def _exists(path: Path) -> bool:
    """Return whether anything has this name, even a link to nothing; raise OSError for a name that is not possible."""
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    return True


def _find_fault(path: Path) -> str | None:
    """Return why the file was not written by a publish, or None."""
    if not path.is_file():
        return "is a folder" if path.is_dir() else "is not a regular file"
    with path.open("rb") as file:
        if file.read(12)[8:] != b"DUCK":
            return "is not a DuckDB database"
    log = path.with_name(f"{path.name}.wal")
    if log.exists():
        return f"was changed by another program, whose changes are in {log.name}"
    try:
        owner = _read_file_owner(path)
    except PermanentError as error:
        return f"is not a readable DuckDB database ({str(error.__cause__).splitlines()[0]})"
    if not owner.is_ours:
        return "is not a Mulaqat warehouse"
    if owner.is_working:
        return "is a working database, not a published copy"
    if owner.foreign_names:
        return f"holds tables of another program ({', '.join(owner.foreign_names[:3])})"
    return None


def _check_working(working: Path) -> None:
    """Check that an existing working database is ours; one that another process holds is checked when it is opened."""
    if not working.exists():
        return
    try:
        owner = _read_file_owner(working)
    except PermanentError as error:
        if "Could not set lock" in str(error):
            return
        raise
    if not (owner.is_ours or owner.is_empty):
        raise PermanentError(f"The working database {working} belongs to another program. {_IS_KEPT}")


def _read_file_owner(path: Path) -> Owner:
    with closing(attach_published(path)) as con:
        con.execute("USE warehouse")
        return read_owner(con)


def _has_mark(con: duckdb.DuckDBPyConnection) -> bool:
    (row,) = query_sql(con, "meta/has_migrations.sql")
    if not row["has_migrations"]:
        return False
    try:
        rows = query_sql(con, "meta/list_migrations.sql")
    except duckdb.Error:  # another program's table of this name
        return False
    return bool(rows) and (rows[0]["migration_number"], rows[0]["file_name"]) == (1, _FIRST_MIGRATION)
