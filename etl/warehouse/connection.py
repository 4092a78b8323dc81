"""Open the warehouse: one process writes the working database, any number reads the published copy."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import duckdb
from tenacity import RetryError, Retrying, retry_if_exception, stop_after_delay, wait_random_exponential

from etl.errors import PermanentError, WarehouseLocked
from etl.warehouse.statements import run_sql

LOCK_WAIT_SECONDS = 120.0
"""How long a second writer waits for the first."""

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


@contextlib.contextmanager
def open_working(
    path: Path, *, lock_wait_seconds: float = LOCK_WAIT_SECONDS
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the working database to write, making it where there is none; close it at the end.

    Raises:
        WarehouseLocked: another process held it for all of `lock_wait_seconds`.
        PermanentError: the file is no DuckDB database, or one of a newer DuckDB.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    con = _wait_for_lock(path, lock_wait_seconds)
    try:
        run_sql(con, "session.sql")
        yield con
    finally:
        con.close()


@contextlib.contextmanager
def open_published(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the published copy to read; close it at the end.

    Raises:
        PermanentError: nothing was published there yet, or the file is no DuckDB database.
    """
    if not path.is_file():
        raise PermanentError(
            f"No warehouse at {path}: run `mulaqat run` first, or name the file with --warehouse."
        )
    try:
        con = duckdb.connect(path, read_only=True, config=_CONFIG)
    except duckdb.IOException as error:
        raise PermanentError(f"{path} cannot be opened as a warehouse: {error}") from error
    try:
        run_sql(con, "session.sql")
        yield con
    finally:
        con.close()


@contextlib.contextmanager
def transaction(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Commit what the block did, or on any exception roll all of it back.

    DuckDB answers COMMIT on an aborted transaction with success and keeps nothing, and after a parser error
    it keeps half; so after an exception there is never a COMMIT.
    """
    con.begin()
    try:
        yield
        con.commit()
    except BaseException:
        with contextlib.suppress(duckdb.TransactionException):  # a failed COMMIT has already rolled back
            con.rollback()
        raise


def _wait_for_lock(path: Path, lock_wait_seconds: float) -> duckdb.DuckDBPyConnection:
    retrying = Retrying(
        retry=retry_if_exception(_is_lock_error),
        wait=wait_random_exponential(multiplier=0.1, max=2),
        stop=stop_after_delay(lock_wait_seconds),
    )
    try:
        return retrying(duckdb.connect, path, config=_CONFIG)
    except RetryError as error:
        raise WarehouseLocked(
            f"Another process held {path} for {lock_wait_seconds:g} s: {error.last_attempt.exception()} "
            "Wait for the run that loads, or end the process named here, and try again."
        ) from error
    except duckdb.IOException as error:
        raise PermanentError(f"{path} cannot be opened as the working database: {error}") from error


def _is_lock_error(error: BaseException) -> bool:
    return isinstance(error, duckdb.IOException) and "Could not set lock" in str(error)
