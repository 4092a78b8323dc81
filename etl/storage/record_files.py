"""Frozen records to Parquet and back. The only module that knows the format of stage files."""

import dataclasses
import types
import typing
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

import pyarrow as pa
import pyarrow.parquet as pq

from etl.domain.days import IST
from etl.storage.atomic import renamed_into
from etl.storage.paths import AnyPath

Record = TypeVar("Record")

_SCALARS: dict[type, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    bytes: pa.binary(),
    date: pa.date32(),
    datetime: pa.timestamp("us", tz="UTC"),
}


def write_text(path: AnyPath, text: str) -> None:
    """Write a small text file atomically."""
    with renamed_into(path) as partial:
        partial.write_text(text, encoding="utf-8")


def write_records(path: AnyPath, record_type: type[Record], records: Iterable[Record]) -> int:
    """Write records as one Parquet file, atomically.

    Returns:
        The number of records written.
    """
    rows = [dataclasses.asdict(record) for record in records]  # type: ignore[call-overload]
    table = pa.Table.from_pylist(rows, schema=schema_of(record_type))
    with renamed_into(path) as partial:
        pq.write_table(table, partial, compression="zstd")
    return len(rows)


def read_records(path: AnyPath, record_type: type[Record]) -> list[Record]:
    """Return the records of a file written by `write_records`; datetimes are in Indian Standard Time."""
    return [_build(record_type, row) for row in pq.read_table(pa.BufferReader(path.read_bytes())).to_pylist()]


def schema_of(record_type: type) -> pa.Schema:
    """Return the Arrow schema of a frozen record: nested records as structs, tuples as lists."""
    return pa.schema(_struct_fields(record_type))


def _struct_fields(record_type: type) -> list[pa.Field]:
    hints = typing.get_type_hints(record_type)
    return [pa.field(f.name, _arrow_type(hints[f.name])) for f in dataclasses.fields(record_type)]


def _arrow_type(hint: Any) -> pa.DataType:
    hint = _without_none(hint)
    if get_origin(hint) is Literal:
        return pa.string()
    if get_origin(hint) is tuple:
        return pa.list_(_arrow_type(get_args(hint)[0]))
    if dataclasses.is_dataclass(hint):
        return pa.struct(_struct_fields(typing.cast(type, hint)))
    return _SCALARS[hint]


def _without_none(hint: Any) -> Any:
    if get_origin(hint) in (Union, types.UnionType):
        return next(arg for arg in get_args(hint) if arg is not types.NoneType)
    return hint


@cache
def _field_types(record_type: Any) -> dict[str, Any]:
    hints = typing.get_type_hints(record_type)
    return {f.name: _without_none(hints[f.name]) for f in dataclasses.fields(record_type)}


def _build(record_type: type[Record], row: dict[str, Any]) -> Record:
    field_types = _field_types(typing.cast(Any, record_type))
    return record_type(**{name: _value(hint, row[name]) for name, hint in field_types.items()})


def _value(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(hint) is tuple:
        return tuple(_value(get_args(hint)[0], item) for item in value)
    if dataclasses.is_dataclass(hint):
        return _build(typing.cast(type, hint), value)
    if hint is datetime:
        return value.astimezone(IST)
    return value
