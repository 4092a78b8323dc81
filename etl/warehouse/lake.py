"""DuckLake: the warehouse with its catalog in PostgreSQL and its rows in Parquet files.

Readers see committed snapshots only, so the commit after an audit publishes. Writers run in parallel up to their
transaction and then take turns: DuckLake detects conflicts per table, and two loads always write the same tables.
"""

import contextlib
import logging
import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import duckdb

from etl.errors import PermanentError, TransientError, WarehouseLocked
from etl.storage.warehouse_place import DuckLake
from etl.warehouse.statements import fill_sql, query_sql, quote_text, run_sql

log = logging.getLogger(__name__)

_LAKE_FILE = re.compile(r"/ducklake-[0-9a-f-]{36}[\w-]*\.parquet$")
_NO_LAKE = "creating a new DuckLake is explicitly disabled"


def attach_to_write(con: duckdb.DuckDBPyConnection, lake: DuckLake, lock_wait_seconds: float) -> None:
    """Attach the lake as this connection's database, and create it if it is missing.

    Raises:
        PermanentError: the lake is missing and its folder holds files, which tidying would delete as orphans.
        WarehouseLocked: another process was creating it for all of `lock_wait_seconds`.
        TransientError: the catalog cannot be reached.
    """
    _load_extensions(con, lake)
    with _explained_errors(lake):
        fill_sql(con, "lake/attach_catalog.sql", catalog=quote_text(lake.catalog))
        try:
            _attach(con, lake, "CREATE_IF_NOT_EXISTS false")
        except duckdb.InvalidInputException as error:
            if _NO_LAKE not in str(error):
                raise
            with wait_for_turn(con, lock_wait_seconds):
                _check_unused(con, lake)
                _attach(con, lake, f"DATA_PATH {quote_text(lake.data_path)}")


@contextlib.contextmanager
def one_snapshot(con: duckdb.DuckDBPyConnection, lake: DuckLake) -> Iterator[None]:
    """Attach the lake read-only as this connection's database, and read one snapshot of it for the whole block.

    Raises:
        PermanentError: the lake does not exist yet.
        TransientError: the catalog cannot be reached.
    """
    _load_extensions(con, lake)
    with _explained_errors(lake):
        _attach(con, lake, "READ_ONLY")
    con.begin()
    try:
        yield
    finally:
        # DuckDB 1.5.5 ends the process when it is closed inside a transaction whose PostgreSQL server is gone.
        with contextlib.suppress(duckdb.Error):
            con.rollback()


def is_lake(con: duckdb.DuckDBPyConnection) -> bool:
    """Return whether this connection's database is a lake."""
    (row,) = query_sql(con, "lake/is_lake.sql")
    return bool(row["is_lake"])


@contextlib.contextmanager
def wait_for_turn(con: duckdb.DuckDBPyConnection, lock_wait_seconds: float) -> Iterator[None]:
    """Wait until no other process writes to the lake, and lock out other writers until the block ends.

    The lock is an advisory lock in the catalog's PostgreSQL, held by a separate transaction: PostgreSQL releases it
    when the process that holds it ends for any reason.

    Raises:
        WarehouseLocked: another process held the lock for all of `lock_wait_seconds`.
    """
    with con.cursor() as turn:
        turn.begin()
        try:
            milliseconds = {"milliseconds": str(round(lock_wait_seconds * 1000))}
            fill_sql(turn, "lake/take_turn.sql", **milliseconds)
        except duckdb.IOException as error:
            if "lock timeout" not in str(error):
                raise
            raise WarehouseLocked(
                f"Another process wrote to the lake for {lock_wait_seconds:g} s. Wait for the run that loads, "
                "or end the process whose session PostgreSQL shows in pg_locks as advisory, and try again."
            ) from error
        yield


def tidy_lake(con: duckdb.DuckDBPyConnection, lake: DuckLake, lock_wait_seconds: float) -> None:
    """Merge small files, expire snapshots older than `kept_days`, and delete the files that only they used.

    Files that killed writers left are deleted too, unless the folder also holds files that no lake has written.
    """
    with wait_for_turn(con, lock_wait_seconds):
        run_sql(con, "lake/tidy.sql", {"kept_days": lake.kept_days})
        orphans = [
            row["path"] for row in query_sql(con, "lake/list_orphans.sql", {"kept_days": lake.kept_days})
        ]
        if foreign := [path for path in orphans if not _LAKE_FILE.search(path)]:
            log.warning("orphaned files of the lake are kept: %s is not one of its files", foreign[0])
        elif orphans:
            run_sql(con, "lake/delete_orphans.sql", {"kept_days": lake.kept_days})


def _check_unused(con: duckdb.DuckDBPyConnection, lake: DuckLake) -> None:
    files = query_sql(con, "lake/list_files.sql", {"pattern": f"{lake.data_path.rstrip('/')}/**"})
    if files:
        raise PermanentError(
            f"A new lake needs an empty folder: {lake.data_path} holds {files[0]['file']}. "
            "Set MULAQAT_LAKE_DATA to another folder."
        )


def _attach(con: duckdb.DuckDBPyConnection, lake: DuckLake, how: str) -> None:
    fill_sql(con, "lake/attach.sql", catalog=quote_text(f"ducklake:postgres:{lake.catalog}"), how=how)


def _load_extensions(con: duckdb.DuckDBPyConnection, lake: DuckLake) -> None:
    """Load the extensions from their Python packages; nothing is downloaded."""
    for name in ("ducklake", "postgres_scanner", *(["httpfs"] if lake.store else [])):
        package = find_spec(f"duckdb_extension_{name}")
        if package is None or package.origin is None:
            raise PermanentError(f"The package duckdb-extension-{name} is not installed. A lake needs it.")
        version = f"v{duckdb.__version__}"
        con.load_extension(
            str(Path(package.origin).parent / "extensions" / version / f"{name}.duckdb_extension")
        )
    if lake.store:
        store = lake.store
        run_sql(
            con,
            "lake/store.sql",
            {
                "access_key_id": store.access_key_id,
                "secret_access_key": store.secret_access_key,
                "session_token": store.session_token or "",
                "region": store.region,
                "endpoint": store.host,
                "is_encrypted": store.is_encrypted,
                "url_style": "path" if store.endpoint_url else "vhost",
            },
        )


@contextlib.contextmanager
def _explained_errors(lake: DuckLake) -> Iterator[None]:
    """Replace DuckDB's errors with errors that say what to do."""
    try:
        yield
    except duckdb.InvalidInputException as error:
        if _NO_LAKE in str(error):
            raise PermanentError(f"No warehouse at {lake}: run `mulaqat run` first.") from error
        raise
    except duckdb.IOException as error:
        raise TransientError(f"{lake} cannot be reached: {error}") from error
