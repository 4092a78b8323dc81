"""Read all rows of a warehouse, to compare the results of two runs."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb

from etl.config import REPOSITORY

Rows = dict[str, list[tuple[Any, ...]]]


def dump_rows(warehouse: Path) -> Rows:
    """Return the sorted rows of every table and view of core and out.

    Views over meta are skipped: meta records the history of runs, which differs between runs.
    """
    with duckdb.connect(str(warehouse), read_only=True) as con:
        names = con.execute(
            "select table_schema || '.' || table_name from information_schema.tables"
            " where table_schema in ('core', 'out') and table_name not in"
            " (select view_name from duckdb_views() where schema_name = 'out' and sql like '%meta.%') order by 1"
        ).fetchall()
        return {name: sorted(con.execute(f"from {name}").fetchall(), key=repr) for (name,) in names}


def run_mulaqat(*arguments: str) -> str:
    """Run the `mulaqat` command, assert that it succeeds, and return its standard output."""
    done = subprocess.run(
        [sys.executable, "-m", "etl", *arguments], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
