"""What is known of each partition between runs, as small files under the data root: loaded from what, or closed.

A closed partition has lost its raw files on purpose. What the warehouse holds of it stays as it is: a rebuild from
what little raw would still find is refused.
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
    """What a partition was made from when it was loaded last.

    Attributes:
        raw_fingerprint: what raw held (etl.extract.archive.list_partitions); None where it is to be loaded.
        annotator_version: which models annotated it.
    """

    raw_fingerprint: str | None = None
    annotator_version: str | None = None


def read_loaded(settings: Settings, partition: str) -> Loaded:
    """Return what a partition was made from."""
    try:
        text = (settings.loaded_dir / f"{partition}{_SUFFIX}").read_text(encoding="utf-8")
    except FileNotFoundError:
        return Loaded()
    return Loaded(*text.splitlines())


def write_loaded(settings: Settings, partition: str, loaded: Loaded) -> None:
    """Remember it, after the load has committed."""
    text = f"{loaded.raw_fingerprint}\n{loaded.annotator_version}\n"
    write_text(settings.loaded_dir / f"{partition}{_SUFFIX}", text)


def forget_loaded(settings: Settings, partition: str) -> None:
    """Have a partition loaded again by the next scheduled run."""
    (settings.loaded_dir / f"{partition}{_SUFFIX}").unlink(missing_ok=True)


def close_partition(settings: Settings, partition: str, reason: str) -> None:
    """Refuse every later rebuild of a partition."""
    write_text(settings.closed_dir / f"{partition}{_SUFFIX}", reason)


def list_closed(settings: Settings) -> dict[str, str]:
    """Return the closed partitions, each with the reason."""
    files = list_files(settings.closed_dir, _SUFFIX)
    return {file.name.removesuffix(_SUFFIX): file.read_text(encoding="utf-8") for file in files}


def refuse_closed(settings: Settings, partitions: Iterable[str]) -> None:
    """Raise where one of the partitions is closed.

    Raises:
        PartitionClosed: with why, and how to open it.
    """
    closed = list_closed(settings)
    told = [f"{partition} is closed: {closed[partition]}" for partition in partitions if partition in closed]
    if told:
        raise PartitionClosed(
            "; ".join(told)
            + ". A rebuild would lose its articles. To open a day put its raw files back and remove "
            f"its file in {settings.closed_dir}."
        )
