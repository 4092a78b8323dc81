"""Files that are complete or not there."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from etl.storage.paths import AnyPath


@contextmanager
def renamed_into(path: AnyPath) -> Iterator[Path]:
    """Yield a temporary local path; on success its file takes the place of `path`, otherwise it goes.

    In a folder it lies beside `path` and is renamed; to a store it is sent as one object.
    """
    if isinstance(path, Path):
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
        try:
            yield partial
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
        return
    with TemporaryDirectory() as folder:
        partial = Path(folder) / path.name
        yield partial
        path.fs.put_file(str(partial), path.path)
