from pathlib import Path

import pytest

from testkit.newsroom import Newsroom


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    """A newsroom with an empty working database."""
    return Newsroom(tmp_path / "stage", tmp_path / "working" / "mulaqat.duckdb")
