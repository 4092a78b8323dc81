"""Run the queries under sql/explore on the published copy, which a publish can replace at any time.

Each file is one query. A line that ends in `--? name …` is part of it only where all these parameters are given, so the
query that runs, and that pages show, contains only the conditions of the request.
"""

import contextlib
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from etl.domain.days import IST
from etl.errors import PermanentError
from etl.storage.warehouse_place import WarehousePlace
from etl.warehouse.connection import attach_published, open_published
from etl.warehouse.export import ExportFormat, write_query
from etl.warehouse.statements import query_sql, read_sql, run_sql

_CONDITION = re.compile(r"\s*--\?(?P<names>[\w ]+)$")
_PARAMETER = re.compile(r"\$([a-z_]+)")


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of a query.

    Attributes:
        rows: dictionaries by column name.
        sql: the query with its parameters as literals, which runs in any DuckDB client.
    """

    rows: tuple[dict[str, Any], ...]
    sql: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One published copy or snapshot, kept open for queries.

    Attributes:
        published_at: when the copy was written; for a lake, when its last load began, None where there was no load.
    """

    published_at: datetime | None
    _con: duckdb.DuckDBPyConnection

    def ask(self, question: str, parameters: Mapping[str, Any]) -> Answer:
        """Run the query `question`; parameters that are None count as not given.

        Raises:
            PermanentError: an older version published the copy, without a view that the query reads.
        """
        text = select_lines(question, parameters)
        with _explained_if_older():
            cursor = self._con.execute(text, _named(text, parameters))
        names = [column[0] for column in cursor.description or ()]
        rows = tuple(dict(zip(names, row, strict=True)) for row in cursor.fetchall())
        return Answer(rows, fill_in(text, parameters))

    def write(
        self, question: str, parameters: Mapping[str, Any], export_format: ExportFormat, target: Path
    ) -> None:
        """Write all rows of the query `question` to a file."""
        text = select_lines(question, parameters)
        with _explained_if_older():
            write_query(self._con, text, _named(text, parameters), export_format, target)


class PublishedWarehouse:
    """The published copy at a place: a file that a publish can replace at any time, or a lake's last snapshot."""

    def __init__(self, place: WarehousePlace) -> None:
        self._place = place
        self._lock = threading.Lock()
        self._held: tuple[tuple[int, ...], duckdb.DuckDBPyConnection] | None = None

    @contextlib.contextmanager
    def read(self) -> Iterator[Reading]:
        """Yield a reading of the copy that is published now; a publish meanwhile does not change it.

        Raises:
            PermanentError: nothing is published there yet, or the file is not a DuckDB database.
            TransientError: the lake's catalog cannot be reached.
        """
        if isinstance(self._place, Path):
            with self._read_file(self._place) as reading:
                yield reading
        else:
            with open_published(self._place) as con:
                (row,) = query_sql(con, "explore/last_load.sql")
                yield Reading(row["recorded_at"], con)

    @contextlib.contextmanager
    def _read_file(self, path: Path) -> Iterator[Reading]:
        with self._lock:
            version, con = self._attach(path)
            cursor = con.cursor()
        with contextlib.closing(cursor):
            run_sql(cursor, "explore/session.sql")
            yield Reading(datetime.fromtimestamp(version[-1] / 1e9, IST), cursor)

    def _attach(self, path: Path) -> tuple[tuple[int, ...], duckdb.DuckDBPyConnection]:
        """Return the file's identity and a connection to it.

        A file is attached once, and again after another file has replaced it. The earlier connection is dropped without
        closing it, because readings may still use it; it closes with the last of them.
        """
        try:
            stat = path.stat()
        except FileNotFoundError as error:
            raise PermanentError(f"No warehouse at {path}: nothing has been published yet.") from error
        version = (stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns)
        if self._held is None or self._held[0] != version:
            self._held = (version, attach_published(path))
        return self._held


@contextlib.contextmanager
def _explained_if_older() -> Iterator[None]:
    try:
        yield
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise PermanentError(
            "An older version published the warehouse, without views that this page reads: "
            f"load a day, or publish again. ({str(error).splitlines()[0]})"
        ) from error


def select_lines(question: str, parameters: Mapping[str, Any]) -> str:
    """Return the text of the query `question` with the lines whose parameters are given."""
    return "\n".join(
        line
        for line, names in _conditional_lines(question)
        if all(parameters.get(name) not in (None, False) for name in names)
    )


def fill_in(text: str, parameters: Mapping[str, Any]) -> str:
    """Return a query with its parameters as SQL literals; quotes inside a text are doubled."""
    return _PARAMETER.sub(lambda found: _literal(parameters[found[1]]), text) + ";"


@cache
def _conditional_lines(question: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    lines = []
    for line in read_sql(f"explore/{question}.sql").strip().splitlines():
        condition = _CONDITION.search(line)
        names = tuple(condition["names"].split()) if condition else ()
        lines.append((_CONDITION.sub("", line), names))
    return tuple(lines)


def _named(text: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    return {name: parameters[name] for name in _PARAMETER.findall(text)}


def _literal(value: str | int | date) -> str:
    if isinstance(value, date):
        return f"DATE '{value.isoformat()}'"
    if isinstance(value, int):
        return str(value)
    return "'" + value.replace("'", "''") + "'"
