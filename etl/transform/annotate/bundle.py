"""Find, download, load and version a folder of Hindi models in Stanza's layout."""

import hashlib
import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

from etl.errors import ModelsMissing

LANGUAGE = "hi"
PROCESSORS = "tokenize,pos,lemma,ner"
_PLAN = "3"
"""Version of our code around the models. Raise it with a change that alters annotations: cached ones become invalid."""


def annotator_version(models_dir: Path) -> str:
    """Return a hash of all that determines an annotation: model files, version of Stanza, version of our code.

    Raises:
        ModelsMissing: the folder has no `resources.json` or no Hindi models.
    """
    files = sorted(models_dir.glob(f"{LANGUAGE}/*/*.pt"))
    if not files or not (models_dir / "resources.json").exists():
        raise ModelsMissing(
            f"no Hindi Stanza models in {models_dir}: restore the bundled folder `models/` from git, "
            "or point MULAQAT_MODELS at a folder in Stanza's layout"
        )
    state = hashlib.sha256(f"{version('stanza')} {PROCESSORS} {_PLAN}".encode())
    for file in [models_dir / "resources.json", *files]:
        state.update(hashlib.sha256(file.read_bytes()).digest())
    return state.hexdigest()[:16]


def fetch_official(models_dir: Path) -> None:
    """Download Stanza's default Hindi package unless the folder exists; create the folder only when it is complete.

    Raises:
        ModelsMissing: the download failed.
    """
    if models_dir.exists():
        return
    import stanza

    models_dir.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix=f".{models_dir.name}-", dir=models_dir.parent))
    try:
        stanza.download(LANGUAGE, model_dir=str(partial), processors=PROCESSORS, verbose=False)
        partial.rename(models_dir)
    except Exception as error:
        if models_dir.exists():  # another worker downloaded it first
            return
        raise ModelsMissing(
            f"Stanza's official Hindi models could not be downloaded ({type(error).__name__}): on a machine with "
            f'a network run `python -c \'import stanza; stanza.download("hi", "{models_dir.name}")\'` and copy the '
            f"folder to {models_dir}, or unset MULAQAT_STANZA to use the bundled models"
        ) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def load_pipeline(models_dir: Path) -> Any:
    """Load the default package of the folder into a `stanza.Pipeline`, on one thread and without network access.

    The layers are too small to share between threads: a second thread mostly waits and can make a busy machine twenty
    times slower. Use more processes instead.
    """
    import stanza
    import torch

    torch.set_num_threads(1)
    return stanza.Pipeline(
        LANGUAGE,
        dir=str(models_dir),
        processors=PROCESSORS,
        download_method=None,
        verbose=False,
        use_gpu=False,
    )
