"""Open the warehouse for writing or reading: a DuckDB file or a DuckLake."""

import contextlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import duckdb
from tenacity import RetryError, Retrying, retry_if_exception, stop_after_delay, wait_random_exponential

from etl.errors import PermanentError, TransientError, WarehouseLocked
from etl.storage.warehouse_place import DuckLake, WarehousePlace
from etl.warehouse.lake import attach_to_write, is_lake, one_snapshot, wait_for_turn
from etl.warehouse.statements import fill_sql, quote_text, run_sql

LOCK_WAIT_SECONDS = 120.0
"""How long a second writer waits for the first."""

CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
"""Settings of every connection: extensions are loaded from their Python packages only, never downloaded."""

WORKING_STORAGE, READERS_STORAGE = "v1.5.0", "v0.10.2"
"""Storage formats of new files: only this code opens the working database, readers may use an old DuckDB."""


@contextlib.contextmanager
def open_working(
    place: WarehousePlace, *, lock_wait_seconds: float = LOCK_WAIT_SECONDS
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the working database for writing, create it if it is missing, and close it at the end.

    A file has one writer for as long as it is open, a lake for as long as a writer is inside `transaction`.

    Raises:
        WarehouseLocked: another process held it for all of `lock_wait_seconds`.
        PermanentError: the file is not a DuckDB database, or a newer DuckDB wrote it.
        TransientError: the lake's catalog cannot be reached, or a write failed, as on a full disk.
    """
    if isinstance(place, Path):
        place.parent.mkdir(parents=True, exist_ok=True)
        con = _wait_for_lock(place, lock_wait_seconds)
    else:
        con = duckdb.connect(config=CONFIG)
    with closing(con):
        if isinstance(place, DuckLake):
            attach_to_write(con, place, lock_wait_seconds)
        run_sql(con, "session.sql")
        try:
            yield con
        except (duckdb.IOException, duckdb.FatalException) as error:
            raise TransientError(f"{place} cannot be written: {str(error).splitlines()[0]}") from error


@contextlib.contextmanager
def open_published(place: WarehousePlace) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the published copy or the lake's last snapshot for reading, and close it at the end.

    Raises:
        PermanentError: nothing is published there yet, or the file is not a DuckDB database.
        TransientError: the lake's catalog cannot be reached.
    """
    con = _open_file_to_read(place) if isinstance(place, Path) else duckdb.connect(config=CONFIG)
    with closing(con):
        run_sql(con, "session.sql")
        if isinstance(place, DuckLake):
            with one_snapshot(con, place):
                yield con
        else:
            yield con


def attach_published(path: Path) -> duckdb.DuckDBPyConnection:
    """Return an in-memory connection with the published copy attached as `warehouse`.

    Connections to one file name share a database within a process, even after another file has replaced the first.
    Attaching to an in-memory connection always opens the file that is there now.

    Raises:
        PermanentError: the file is not a DuckDB database.
    """
    con = duckdb.connect(config=CONFIG)
    try:
        fill_sql(con, "attach_published.sql", path=quote_text(str(path)))
    except duckdb.Error as error:
        con.close()
        raise PermanentError(f"{path} cannot be opened as a warehouse: {error}") from error
    return con


@contextlib.contextmanager
def transaction(
    con: duckdb.DuckDBPyConnection, *, lock_wait_seconds: float = LOCK_WAIT_SECONDS
) -> Iterator[None]:
    """Commit the block's changes, or roll all of them back on any exception.

    DuckDB reports success for a COMMIT of an aborted transaction and discards the writes; after a parser error it
    commits half of them. So no COMMIT follows an exception.

    Raises:
        WarehouseLocked: other processes wrote to the lake for all of `lock_wait_seconds`.
    """
    with wait_for_turn(con, lock_wait_seconds) if is_lake(con) else contextlib.nullcontext():
        con.begin()
        try:
            yield
            con.commit()
        except BaseException:
            with contextlib.suppress(duckdb.TransactionException):  # a failed COMMIT has already rolled back
                con.rollback()
            raise


class OlderCopy(PermanentError):
    """An older version published the copy, and it lacks a view or column of the query."""


@contextlib.contextmanager
def reject_other_databases() -> Iterator[None]:
    """Explain the error of a query whose view or column is missing.

    Raises:
        OlderCopy: an older version published the copy, or the database belongs to another program.
    """
    try:
        yield
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise OlderCopy(
            "This is not a Mulaqat warehouse, or an older version published it and it lacks data that is needed. "
            f"Load a day or publish again. ({str(error).splitlines()[0]})"
        ) from error


def _open_file_to_read(path: Path) -> duckdb.DuckDBPyConnection:
    if not path.is_file():
        raise PermanentError(
            f"No warehouse at {path}: run `mulaqat run` first, or name the file with --warehouse."
        )
    try:
        return duckdb.connect(path, read_only=True, config=CONFIG)
    except duckdb.Error as error:
        raise PermanentError(f"{path} cannot be opened as a warehouse: {error}") from error


def _wait_for_lock(path: Path, lock_wait_seconds: float) -> duckdb.DuckDBPyConnection:
    retrying = Retrying(
        retry=retry_if_exception(_is_lock_error),
        wait=wait_random_exponential(multiplier=0.1, max=2),
        stop=stop_after_delay(lock_wait_seconds),
    )
    try:
        return retrying(
            duckdb.connect, path, config=CONFIG | {"storage_compatibility_version": WORKING_STORAGE}
        )
    except RetryError as error:
        raise WarehouseLocked(
            f"Another process held {path} for {lock_wait_seconds:g} s: {error.last_attempt.exception()} "
            "Wait for the run that loads, or end the process named here, and try again."
        ) from error
    except duckdb.Error as error:
        raise PermanentError(f"{path} cannot be opened as the working database: {error}") from error


def _is_lock_error(error: BaseException) -> bool:
    return isinstance(error, duckdb.IOException) and "Could not set lock" in str(error)
