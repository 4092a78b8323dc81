"""The bundled models reach the figures of their card; each minimum is a little below the measured figure."""

from pathlib import Path
from typing import Any

import pytest

from etl.config import REPOSITORY, Settings

DATA = REPOSITORY.parent / "shared" / "data"
needs_corpora = pytest.mark.skipif(
    not DATA.exists(), reason="the corpora are in ../shared/data, which is not part of the repository"
)


@pytest.fixture(scope="module")
def figures() -> Any:
    from training.evaluate import measure

    return measure(Settings.from_env().models_dir, DATA)


@needs_corpora
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("table", "row", "floor"),
    [
        ("ilner", "all", 0.815),
        ("ilner_four", "all", 0.775),
        ("hiner", "all", 0.88),
        ("plain", "tokens", 0.995),
        ("plain", "sentences", 0.98),
        ("news", "sentences", 0.98),
        ("own", "sentences", 0.96),
    ],
)
def test_spans_are_found(figures: Any, table: str, row: str, floor: float) -> None:
    assert getattr(figures, table)[row].f1 >= floor


@needs_corpora
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("row", "floor"), [("UPOS", 0.945), ("features", 0.88), ("lemma", 0.96), ("verb lemma", 0.975)]
)
def test_words_are_known(figures: Any, row: str, floor: float) -> None:
    assert figures.words[row] >= floor


def test_bundle_is_small() -> None:
    files = [path for path in Path(Settings.from_env().models_dir).rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= 48_000_000
