"""Floors of meeting extraction on the hand-made gold, which lies outside the project."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from etl.config import REPOSITORY

SHARED = REPOSITORY.parent / "shared"
GOLD, SCORER = SHARED / "gold", SHARED / "tools" / "score_meetings.py"
pytestmark = pytest.mark.skipif(
    not SCORER.exists(), reason="the gold lies in ../shared, which a user's clone lacks"
)


def score(articles: Path, gold: Path, folder: Path) -> dict[str, Any]:
    warehouse = folder / "w.duckdb"
    for command in (
        [sys.executable, "-m", "etl", "run", "--articles", str(articles), "--warehouse", str(warehouse)],
        [sys.executable, str(SCORER), str(gold), str(warehouse), "--json"],
    ):
        done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def test_seed_article(tmp_path: Path) -> None:
    result = score(REPOSITORY / "seeds" / "articles", GOLD / "seed.json", tmp_path)
    assert result["meeting"]["f1"] >= 0.85
    assert result["date"] >= 0.8
    assert result["silent"] >= 0.8


def test_dev_articles(tmp_path: Path) -> None:
    result = score(GOLD / "dev.jsonl", GOLD / "dev.json", tmp_path)
    assert result["meeting"]["f1"] >= 0.67
    assert result["dyad"]["f1"] >= 0.63
    assert result["status"] >= 0.86
    assert result["silent"] >= 0.85
