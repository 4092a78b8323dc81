"""Minimum scores of meeting extraction on hand-annotated articles from outside the repository."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from etl.config import REPOSITORY

SHARED = REPOSITORY.parent / "shared"
GOLD, SCORER = SHARED / "gold", SHARED / "tools" / "score_meetings.py"
pytestmark = [
    pytest.mark.skipif(
        not SCORER.exists(),
        reason="the gold annotations are in ../shared, which is not part of the repository",
    ),
    pytest.mark.timeout(900),
]


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
    assert result["meeting"]["f1"] >= 0.9
    assert result["dyad"]["f1"] >= 0.9
    assert min(result["status"], result["format"]) >= 0.95
    assert result["mode"] >= 0.85
    assert result["date"] >= 0.95
    assert result["silent"] >= 0.85


def test_dev_articles(tmp_path: Path) -> None:
    result = score(GOLD / "dev.jsonl", GOLD / "dev.json", tmp_path)
    assert result["meeting"]["f1"] >= 0.76
    assert result["dyad"]["f1"] >= 0.7
    assert result["dyad_macro"] >= 0.69
    assert result["status"] >= 0.88
    assert result["format"] >= 0.92
    assert result["mode"] >= 0.74
    assert result["date"] >= 0.81
    assert result["place"] >= 0.7
    assert result["silent"] >= 0.93
