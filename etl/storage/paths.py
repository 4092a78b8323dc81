"""Where data lies: a folder, or a store that fsspec reaches (`s3://…`). What differs between the two stands here."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from upath import UPath

AnyPath = Path | UPath
"""A local path, or one in a store; what both can do is used without asking which it is."""


def make_path(place: str | AnyPath) -> AnyPath:
    """Return the path of a folder, a `file://` URL, or a URL of a store.

    A store is listed anew each time, since other workers write to it too.
    """
    path = UPath(place)
    if path.protocol in ("", "file", "local"):
        return Path(path.path).absolute()
    return UPath(place, use_listings_cache=False)


def list_files(folder: AnyPath, suffix: str = "") -> list[AnyPath]:
    """Return the files under a folder whose names end so, sorted; none where there is no such folder.

    A store answers this in pages of many files, whereas a walk asks it once a folder.
    """
    if isinstance(folder, Path):
        return sorted(path for path in folder.rglob(f"*{suffix}") if path.is_file())
    names = folder.fs.find(folder.path)
    root = folder.path.rstrip("/")
    return [folder / name[len(root) + 1 :] for name in sorted(names, key=_parts) if name.endswith(suffix)]


def _parts(name: str) -> list[str]:
    return name.split("/")  # the order of local paths, in which "a" comes before "a-b"


def list_folders(folder: AnyPath) -> list[AnyPath]:
    """Return the folders right in a folder, sorted; none where there is no such folder."""
    if not folder.exists():
        return []
    return sorted((path for path in folder.iterdir() if path.is_dir()), key=str)


def remove_folder(folder: AnyPath) -> None:
    """Remove a folder with all it holds, if it is there."""
    if isinstance(folder, Path):
        shutil.rmtree(folder, ignore_errors=True)
    elif folder.exists():
        folder.fs.rm(folder.path, recursive=True)


@contextmanager
def local_copy(file: AnyPath) -> Iterator[Path]:
    """Yield a path under which libraries that know nothing of stores can open the file."""
    if isinstance(file, Path):
        yield file
        return
    with TemporaryDirectory() as folder:
        copy = Path(folder) / file.name
        file.fs.get_file(file.path, str(copy))
        yield copy
