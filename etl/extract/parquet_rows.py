"""Read the rows of a Parquet file of articles, one at a time, whatever its cells contain."""

from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from etl.errors import RejectedArticle
from etl.extract.boundary import reject_errors
from etl.extract.limits import RecordLimits
from etl.storage.paths import AnyPath

_BATCH_ROWS = 64
_TEXT_TYPES = (pa.string(), pa.binary(), pa.large_string(), pa.large_binary())
_UNITS = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}
_MAX_EPOCH_SECONDS = 10**11
"""The year 5138. pyarrow gives a wrong time, without an error, for stamps that are far beyond what Python can hold."""

Row = tuple[int, dict[str, object] | RejectedArticle]
"""Number of a row, from 1, and its values that are not null, or the reason why it cannot be read."""


def read_rows(file: AnyPath, names: Sequence[str], limits: RecordLimits) -> Iterator[Row]:
    """Yield the rows of a file; a row group that cannot be read is one rejection with the number of its first row.

    Args:
        names: the columns to read, in lower case. Other columns are ignored.

    Raises:
        pa.ArrowInvalid, OSError: not a Parquet file.
    """
    with file.open("rb") as stream:
        fields = [field for field in pq.read_schema(stream) if field.name.strip().lower() in names]
        columns = [field.name for field in fields]
        # Repeated texts stay a dictionary: unfolded, a small file can fill the memory.
        repeated = [field.name for field in fields if field.type in _TEXT_TYPES]
        with pq.ParquetFile(stream, read_dictionary=repeated) as table:
            first_row = 1
            for group in range(table.num_row_groups):
                yield from _read_group(file, table, group, columns, first_row, limits)
                first_row += table.metadata.row_group(group).num_rows


def _read_group(
    file: AnyPath, table: Any, group: int, columns: Sequence[str], first_row: int, limits: RecordLimits
) -> Iterator[Row]:
    row = first_row
    try:
        _require_plausible_size(table.metadata.row_group(group), columns, limits)
        batches = table.iter_batches(_BATCH_ROWS, row_groups=[group], columns=columns)
        while True:
            with reject_errors(f"{file}, row {row}"):
                batch = next(batches, None)
            if batch is None:
                return
            for number in range(batch.num_rows):
                yield row, _read_row(batch, number, limits)
                row += 1
    except RejectedArticle as error:
        yield row, error


def _require_plausible_size(row_group: Any, columns: Sequence[str], limits: RecordLimits) -> None:
    for number in range(row_group.num_columns):
        column = row_group.column(number)
        if column.path_in_schema.partition(".")[0] in columns:
            size, stored = column.total_uncompressed_size, max(1, column.total_compressed_size)
            if size > limits.column_bytes and size > limits.compression_ratio * stored:
                raise RejectedArticle(
                    "too_costly", f"column {column.path_in_schema}: {stored} bytes that unpack to {size}"
                )


def _read_row(batch: Any, number: int, limits: RecordLimits) -> dict[str, object] | RejectedArticle:
    cells = {name: _from_dictionary(batch.column(name)[number]) for name in batch.schema.names}
    if (size := sum(map(_cell_bytes, cells.values()))) > limits.record_bytes:
        return RejectedArticle("too_long", f"{size} bytes in one row, at most {limits.record_bytes} are read")
    return {name: _read_cell(cell) for name, cell in cells.items() if cell.is_valid}


def _from_dictionary(cell: Any) -> Any:
    if isinstance(cell, pa.DictionaryScalar) and cell.is_valid:
        return cell.dictionary[cell.index.as_py()]
    return cell


def _cell_bytes(cell: Any) -> int:
    """Return the size of a text or list without copying it; 0 for any other type."""
    if not cell.is_valid:
        return 0
    if isinstance(cell, pa.BinaryScalar):
        return int(cell.as_buffer().size)
    return int(cell.values.nbytes) if isinstance(cell, pa.ListScalar) else 0


def _read_cell(cell: Any) -> object:
    """Return a cell as a value that JSON can hold; bytes as text, since some writers store text as BINARY."""
    if isinstance(cell, pa.BinaryScalar):
        return cell.as_buffer().to_pybytes().decode("utf-8", "replace")
    try:
        value = _to_python(cell)
    except (ArithmeticError, ValueError, LookupError, pa.ArrowException):
        return f"unreadable {cell.type}"
    return value.isoformat() if hasattr(value, "isoformat") else value


def _to_python(cell: Any) -> Any:
    if isinstance(cell, pa.TimestampScalar) and abs(cell.value) > _MAX_EPOCH_SECONDS * _UNITS[cell.type.unit]:
        raise OverflowError
    try:
        return cell.as_py()
    except (ArithmeticError, ValueError, LookupError):
        if not isinstance(cell, pa.TimestampScalar):
            raise
        # Nanoseconds that Python has no type for, or a zone that this machine does not know.
        zone = cell.type.tz and "UTC"
        return pc.cast(cell, pa.timestamp("us", zone), safe=False).as_py()
