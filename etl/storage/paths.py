"""Paths in a local folder or an object store (`s3://…`, by fsspec), and the operations in which the two differ."""

import io
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

from upath import UPath

from etl.errors import PermanentError, TransientError

log = logging.getLogger(__name__)

AnyPath = Path | UPath
"""A local path, or one in an object store."""

LEAST_FREE_BYTES = 16 * 2**20
"""Free space that a folder needs before work begins: a warehouse of a few articles takes some 10 MiB."""


def make_path(place: str | AnyPath) -> AnyPath:
    """Return the path for a folder name, a `file://` URL, or an object store's URL.

    Listings of a store are not cached, since other workers write to it too.
    """
    path = UPath(place)
    if path.protocol in ("", "file", "local"):
        return Path(path.path).absolute()
    return UPath(place, use_listings_cache=False)


def list_files(folder: AnyPath, suffix: str = "") -> list[AnyPath]:
    """Return the files under a folder whose names end in `suffix`, sorted; empty if the folder does not exist.

    A store lists all of them in a few requests; a walk would take one request per folder.
    """
    if isinstance(folder, Path):
        return sorted(path for path in folder.rglob(f"*{suffix}") if path.is_file())
    names = folder.fs.find(folder.path)
    root = folder.path.rstrip("/")
    return [folder / name[len(root) + 1 :] for name in sorted(names, key=_parts) if name.endswith(suffix)]


def _parts(name: str) -> list[str]:
    return name.split("/")  # sorts as local paths do: "a/…" before "a-b/…"


def list_folders(folder: AnyPath) -> list[AnyPath]:
    """Return the direct subfolders of a folder, sorted; empty if the folder does not exist."""
    if not folder.exists():
        return []
    return sorted((path for path in folder.iterdir() if path.is_dir()), key=str)


def remove_folder(folder: AnyPath) -> None:
    """Delete a folder and its contents, if it exists."""
    if isinstance(folder, Path):
        shutil.rmtree(folder, ignore_errors=True)
    elif folder.exists():
        folder.fs.rm(folder.path, recursive=True)


def holds_only(folder: AnyPath, is_own: Callable[[str], bool]) -> bool:
    """Return whether `is_own` accepts the path of every file under a folder; log a warning if not.

    Args:
        is_own: takes a path relative to the folder, with slashes.
    """
    root = str(folder).rstrip("/")
    foreign = [file for file in list_files(folder) if not is_own(str(file)[len(root) + 1 :])]
    if foreign:
        log.warning("%s is kept: Mulaqat did not write %s", folder, foreign[0].name)
    return not foreign


def open_buffered(file: AnyPath) -> io.BufferedReader:
    """Open a file for reading bytes. The files of fsspec have no `readline` with a limit."""
    stream = file.open("rb")
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)  # type: ignore[arg-type]


@contextmanager
def local_copy(file: AnyPath) -> Iterator[Path]:
    """Yield a local path of the file, for libraries that cannot read from an object store."""
    if isinstance(file, Path):
        yield file
        return
    with TemporaryDirectory() as folder:
        copy = Path(folder) / file.name
        file.fs.get_file(file.path, str(copy))
        yield copy


def check_writable(folder: AnyPath, *, needed_bytes: int = LEAST_FREE_BYTES) -> None:
    """Check that a local folder, or the folder that would be created, can be written; creates nothing.

    Raises:
        PermanentError: a file has its name, or the system allows no file in it.
        TransientError: its disk has less free space than `needed_bytes`.
    """
    if not isinstance(folder, Path):
        return
    try:
        existing = next(path for path in (folder, *folder.absolute().parents) if os.path.lexists(path))
        with TemporaryFile(dir=existing):
            free_bytes = shutil.disk_usage(existing).free
    except OSError as error:
        raise PermanentError(
            f"{folder} cannot be written: {error.strerror}. Choose another folder."
        ) from error
    if free_bytes < needed_bytes:
        raise TransientError(
            f"No space left on device: {folder} has {free_bytes} bytes free and needs at least {needed_bytes}. "
            "Free space, or choose another folder."
        )
