"""Run the queries under sql/explore on the published copy, which can be replaced at any time.

A query is one SELECT, named after its file. A line that ends in `--? name …` is kept only if all parameters it names
are given, and a line `--< name` is replaced by the file of that name. The SQL that runs, and that users can copy,
therefore contains only the filters in use.

Every query is bounded: it is interrupted after a time limit, and returns at most a number of rows.
"""

import contextlib
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Any

import duckdb

from etl.domain.days import IST
from etl.errors import PermanentError, TransientError
from etl.storage.warehouse_place import WarehousePlace
from etl.warehouse.connection import attach_published, open_published, reject_other_databases
from etl.warehouse.export import ExportFormat, write_query
from etl.warehouse.statements import query_sql, read_sql, run_sql

_CONDITION = re.compile(r"\s*--\?(?P<names>[\w ]+)$")
_INCLUDE = re.compile(r"--< (?P<name>\w+)$")
_PARAMETER = re.compile(r"\$([a-z_0-9]+)")
QUERY_SECONDS, WRITE_SECONDS = 15.0, 60.0
"""How long one query of a page, and one download, may run."""
MAX_ROWS, MAX_FILE_ROWS = 5_000, 1_000_000
"""Maximum number of rows that one query of a page returns, and that a download contains."""
_BATCH_ROWS = 2_000


class QueryTooSlow(TransientError):
    """A query did not finish within its time limit."""


@dataclass(frozen=True, slots=True)
class QueryResult:
    """The result of a query.

    Attributes:
        rows: one dict per row, by column name.
        sql: the SQL with its parameters as literals; it runs in any DuckDB client.
    """

    rows: tuple[dict[str, Any], ...]
    sql: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An open view of the warehouse as published at one moment.

    Attributes:
        published_at: when the copy was written; for a lake, when its last load began, or None without any load.
    """

    published_at: datetime | None
    _con: duckdb.DuckDBPyConnection

    def query(self, name: str, parameters: Mapping[str, Any]) -> QueryResult:
        """Run a query; parameters that are None or False count as not given.

        Raises:
            OlderCopy: an older version published the copy, and it lacks a view or column of the query.
            QueryTooSlow: it ran longer than `QUERY_SECONDS`.
        """
        sql = select_lines(name, parameters)
        with reject_other_databases(), interrupt_after(self._con, QUERY_SECONDS):
            cursor = self._con.execute(sql, _pick_parameters(sql, parameters))
            found = cursor.fetchmany(MAX_ROWS)
        columns = [column[0] for column in cursor.description or ()]
        rows = tuple(dict(zip(columns, row, strict=True)) for row in found)
        return QueryResult(rows, inline_parameters(sql, parameters))

    def write(
        self, name: str, parameters: Mapping[str, Any], export_format: ExportFormat, target: Path
    ) -> None:
        """Write the rows of a query to a file, at most `MAX_FILE_ROWS`.

        Raises:
            OlderCopy: an older version published the copy, and it lacks a view or column of the query.
            QueryTooSlow: it ran longer than `WRITE_SECONDS`.
        """
        sql = select_lines(name, parameters)
        with reject_other_databases(), interrupt_after(self._con, WRITE_SECONDS):
            limited = f"SELECT * FROM ({sql}) LIMIT {MAX_FILE_ROWS}"
            write_query(self._con, limited, _pick_parameters(sql, parameters), export_format, target)

    def read_batches(self, name: str, parameters: Mapping[str, Any]) -> Iterator[list[tuple[Any, ...]]]:
        """Yield the column names of a query, then its rows in batches, at most `MAX_FILE_ROWS` in all.

        Raises:
            OlderCopy: an older version published the copy, and it lacks a view or column of the query.
            QueryTooSlow: it ran longer than `WRITE_SECONDS`.
        """
        sql = select_lines(name, parameters)
        with reject_other_databases(), interrupt_after(self._con, WRITE_SECONDS):
            limited = f"SELECT * FROM ({sql}) LIMIT {MAX_FILE_ROWS}"
            cursor = self._con.execute(limited, _pick_parameters(sql, parameters))
            yield [tuple(column[0] for column in cursor.description or ())]
            while rows := cursor.fetchmany(_BATCH_ROWS):
                yield rows


class PublishedWarehouse:
    """The published warehouse: a file that a publish can replace at any time, or the last snapshot of a lake."""

    def __init__(self, place: WarehousePlace) -> None:
        self._place = place
        self._lock = threading.Lock()
        self._attached: tuple[tuple[int, ...], duckdb.DuckDBPyConnection] | None = None

    @property
    def file(self) -> Path | None:
        """The published file; None for a lake."""
        return self._place if isinstance(self._place, Path) else None

    @contextlib.contextmanager
    def open_snapshot(self) -> Iterator[Snapshot]:
        """Open the warehouse as published now; later publishes do not change the snapshot.

        Raises:
            PermanentError: nothing has been published yet, or the file is not a DuckDB database.
            TransientError: the lake's catalog cannot be reached.
        """
        if isinstance(self._place, Path):
            with self._open_file(self._place) as snapshot:
                yield snapshot
        else:
            with open_published(self._place) as con:
                (row,) = query_sql(con, "explore/last_load.sql")
                yield Snapshot(row["recorded_at"], con)

    @contextlib.contextmanager
    def _open_file(self, path: Path) -> Iterator[Snapshot]:
        with self._lock:
            version, con = self._attach(path)
            cursor = con.cursor()
        with contextlib.closing(cursor):
            run_sql(cursor, "explore/session.sql")
            yield Snapshot(datetime.fromtimestamp(version[-1] / 1e9, IST), cursor)

    def _attach(self, path: Path) -> tuple[tuple[int, ...], duckdb.DuckDBPyConnection]:
        """Return the file's identity (device, inode, size, modification time in ns) and a connection to it.

        The file is attached once, and again after it is replaced. The old connection is dropped but not closed, so
        open snapshots of the old file can finish.
        """
        try:
            stat = path.stat()
        except FileNotFoundError as error:
            raise PermanentError(f"No warehouse at {path}: nothing has been published yet.") from error
        version = (stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns)
        if self._attached is None or self._attached[0] != version:
            self._attached = (version, attach_published(path))
        return self._attached


@contextlib.contextmanager
def interrupt_after(con: duckdb.DuckDBPyConnection, seconds: float) -> Iterator[None]:
    """Interrupt the queries of a connection that the block starts, once the time is over.

    Raises:
        QueryTooSlow: a query was interrupted.
    """
    timer = threading.Timer(seconds, con.interrupt)
    timer.start()
    try:
        yield
    except duckdb.InterruptException as error:
        raise QueryTooSlow(
            f"The query ran longer than {seconds:g} seconds and was stopped. Narrow it down, for example to fewer days."
        ) from error
    finally:
        timer.cancel()


def select_lines(name: str, parameters: Mapping[str, Any]) -> str:
    """Return the SQL of a query without the lines whose parameters are not given."""
    return "\n".join(
        line
        for line, required in _conditional_lines(name)
        if all(parameters.get(parameter) not in (None, False) for parameter in required)
    )


def describe_query(name: str) -> str:
    """Return the comment at the head of a query: what its rows are."""
    lines = read_sql(f"explore/{name}.sql").splitlines()
    return " ".join(
        line.removeprefix("--").strip() for line in takewhile(lambda line: line.startswith("-- "), lines)
    )


def inline_parameters(sql: str, parameters: Mapping[str, Any]) -> str:
    """Return the SQL with its parameters as literals, quoted so that no value can end its literal."""
    return _PARAMETER.sub(lambda match: _literal(parameters[match[1]]), sql) + ";"


@cache
def _conditional_lines(name: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the lines of a query, each with the names of the parameters that it requires."""
    lines: list[tuple[str, tuple[str, ...]]] = []
    for line in read_sql(f"explore/{name}.sql").strip().splitlines():
        if include := _INCLUDE.match(line):
            lines += _conditional_lines(include["name"])
            continue
        condition = _CONDITION.search(line)
        required = tuple(condition["names"].split()) if condition else ()
        lines.append((_CONDITION.sub("", line), required))
    return tuple(lines)


def _pick_parameters(sql: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters that occur in the SQL; DuckDB rejects others."""
    return {name: parameters[name] for name in _PARAMETER.findall(sql)}


def _literal(value: str | int | date) -> str:
    if isinstance(value, date):
        return f"DATE '{value.isoformat()}'"
    if isinstance(value, int):
        return str(value)
    return "'" + value.replace("'", "''") + "'"
