"""How large one record of a file can be. What exceeds a limit becomes a counted rejection."""

from dataclasses import dataclass

_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class RecordLimits:
    """Limits per record.

    Attributes:
        record_bytes: maximum size of a line of JSON, and of all cells of a Parquet row together.
        page_bytes: maximum size of a page in a WARC file, before and after decompression.
        saved_page_bytes: maximum size of a saved page, before and after decompression.
        header_bytes: maximum size of the headers of a record in a foreign WARC file.
        column_bytes: a column of a Parquet row group that is larger must not be compressed more than
            `compression_ratio` times.
        compression_ratio: real text is compressed 3 to 20 times.
    """

    record_bytes: int = 10 * _MIB
    page_bytes: int = 10 * _MIB
    saved_page_bytes: int = 50 * _MIB
    header_bytes: int = 64 * 1024
    column_bytes: int = 256 * _MIB
    compression_ratio: int = 200


RECORD_LIMITS = RecordLimits()
