"""Per-partition state kept between runs, in small files: the inputs of the last load, and closed partitions.

Retention removed the raw files of a closed partition. Its rows in the warehouse stay unchanged: a rebuild from the
remaining raw files would lose articles and is refused.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from etl.config import Settings
from etl.errors import PartitionClosed
from etl.storage.paths import list_files
from etl.storage.record_files import write_text

_SUFFIX = ".txt"


@dataclass(frozen=True, slots=True)
class Loaded:
    """The inputs of a partition's last load.

    Attributes:
        raw_fingerprint: of its raw files (etl.extract.archive.list_partitions); None if it must be loaded.
        annotator_version: version of the models that annotated it.
    """

    raw_fingerprint: str | None = None
    annotator_version: str | None = None


def read_loaded(settings: Settings, partition: str) -> Loaded:
    """Return the inputs of a partition's last load."""
    try:
        text = (settings.loaded_dir / f"{partition}{_SUFFIX}").read_text(encoding="utf-8")
    except FileNotFoundError:
        return Loaded()
    return Loaded(*text.splitlines())


def write_loaded(settings: Settings, partition: str, loaded: Loaded) -> None:
    """Store the inputs of a load that has committed."""
    text = f"{loaded.raw_fingerprint}\n{loaded.annotator_version}\n"
    write_text(settings.loaded_dir / f"{partition}{_SUFFIX}", text)


def forget_loaded(settings: Settings, partition: str) -> None:
    """Make the next scheduled run load the partition again."""
    (settings.loaded_dir / f"{partition}{_SUFFIX}").unlink(missing_ok=True)


def close_partition(settings: Settings, partition: str, reason: str) -> None:
    """Mark a partition as closed: every later rebuild is refused."""
    write_text(settings.closed_dir / f"{partition}{_SUFFIX}", reason)


def list_closed(settings: Settings) -> dict[str, str]:
    """Return the closed partitions with their reasons."""
    files = list_files(settings.closed_dir, _SUFFIX)
    return {file.name.removesuffix(_SUFFIX): file.read_text(encoding="utf-8") for file in files}


def refuse_closed(settings: Settings, partitions: Iterable[str]) -> None:
    """Check that none of the partitions is closed.

    Raises:
        PartitionClosed: at least one is; the message gives the reason and how to reopen it.
    """
    closed = list_closed(settings)
    reasons = [
        f"{partition} is closed: {closed[partition]}" for partition in partitions if partition in closed
    ]
    if reasons:
        raise PartitionClosed(
            "; ".join(reasons)
            + ". A rebuild would lose its articles. To reopen a day, restore its raw files and delete "
            f"its file in {settings.closed_dir}."
        )
