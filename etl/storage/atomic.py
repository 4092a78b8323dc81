"""Write files atomically."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from etl.storage.paths import AnyPath


@contextmanager
def renamed_into(path: AnyPath) -> Iterator[Path]:
    """Yield a temporary local path; on success its file replaces `path`, on an error it is deleted.

    A local file is written beside `path` and renamed; for an object store it is uploaded as one object.
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
