"""The target folder of an export: an export replaces only the files that an earlier export wrote there.

    <target>/.mulaqat_export/manifest.json    SHA-256 of each file written, by its path in the target

A file that is not in the manifest, or has another digest, belongs to somebody else: it was put there or changed since.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from etl.errors import BadSetting
from etl.storage.atomic import renamed_into
from etl.storage.paths import check_writable

_OWN = ".mulaqat_export"
_Manifest = dict[str, list[str]]
"""Accepted digests by path: two while a file is being replaced, so that a killed export can be repeated."""


def check_target(target: Path, views: Iterable[str]) -> None:
    """Check that an export of these views can be written and replaces no foreign file. Changes nothing.

    Raises:
        BadSetting: a foreign or changed file is in the way, or the manifest cannot be read.
        PermanentError: the target cannot be written.
        TransientError: its disk is full.
    """
    check_writable(target)
    manifest = _read_manifest(target)
    for view in views:
        for path in _list_in_the_way(target, view, manifest):
            raise BadSetting(
                f"{path} was not written by an export or has changed since: it is kept. "
                "Move it away, or choose another folder with --to."
            )


def make_partial(target: Path, view: str) -> Path:
    """Return a new, empty folder in which the files of a view are written before they replace the earlier ones."""
    partial = target / _OWN / f"{view}.partial"
    remove_partial(partial)
    partial.mkdir(parents=True)
    return partial


def remove_partial(partial: Path) -> None:
    """Delete what a partial folder still holds."""
    for path in sorted(partial.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    with suppress(FileNotFoundError):
        partial.rmdir()


def replace_files(target: Path, view: str, partial: Path) -> list[Path]:
    """Move the files of a partial folder to the view's folder, and delete those of the earlier export.

    Returns:
        The files written, sorted.
    """
    manifest = _read_manifest(target)
    names = {f"{view}/{file.relative_to(partial).as_posix()}": file for file in _list_files(partial)}
    written: _Manifest = {name: [_digest(file)] for name, file in names.items()}
    outdated = [name for name in manifest if name.startswith(f"{view}/") and name not in names]
    both = {name: [*manifest.get(name, []), *written.get(name, [])] for name in manifest | written}
    _write_manifest(target, both)
    for name, file in names.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        file.replace(target / name)
    for name in outdated:
        (target / name).unlink(missing_ok=True)
        with suppress(OSError):  # the month's folder holds foreign files
            (target / name).parent.rmdir()
    _write_manifest(target, {name: both[name] for name in both if name not in outdated} | written)
    return sorted(target / name for name in names)


def _list_in_the_way(target: Path, view: str, manifest: _Manifest) -> Iterator[Path]:
    """Yield what an export of the view would replace or mix with its own files, although it did not write it."""
    folder = target / view
    months = [folder, *folder.glob("month=*")]
    yield from (path for path in months if path.is_symlink() or (path.exists() and not path.is_dir()))
    for path in (file for month in months for file in month.glob("part_0.*")):
        name = path.relative_to(target).as_posix()
        is_file = path.is_file() and not path.is_symlink()
        if not is_file or _digest(path) not in manifest.get(name, []):
            yield path


def _list_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _read_manifest(target: Path) -> _Manifest:
    file = target / _OWN / "manifest.json"
    if not file.exists():
        return {}
    try:
        manifest = json.loads(file.read_text(encoding="utf-8"))
        return {str(name): [str(digest) for digest in digests] for name, digests in manifest.items()}
    except (ValueError, AttributeError, TypeError) as error:
        raise BadSetting(
            f"{file} does not list the files of an export: choose another folder with --to."
        ) from error


def _write_manifest(target: Path, manifest: _Manifest) -> None:
    with renamed_into(target / _OWN / "manifest.json") as partial:
        partial.write_text(json.dumps(manifest, indent=1, sort_keys=True), encoding="utf-8")
