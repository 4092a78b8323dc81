import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from etl.errors import PermanentError, WarehouseLocked
from etl.warehouse.connection import open_published, open_working, transaction

HOLDER = (
    "import duckdb, sys, time; c = duckdb.connect(sys.argv[1]); print('held', flush=True); time.sleep({})"
)


@contextmanager
def held_elsewhere(path: Path, seconds: float) -> Iterator[None]:
    command = [sys.executable, "-c", HOLDER.format(seconds), str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield
        finally:
            process.kill()


def test_days_are_indian_and_extensions_are_not_downloaded(tmp_path: Path) -> None:
    with open_working(tmp_path / "w.duckdb") as con:
        assert con.execute("SELECT current_setting('TimeZone')").fetchone() == ("Asia/Kolkata",)
        for setting in ("autoinstall_known_extensions", "autoload_known_extensions"):
            assert con.execute("SELECT current_setting($name)", {"name": setting}).fetchone() == (False,)


def test_a_second_writer_waits_for_the_first(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    with held_elsewhere(path, 1.0):
        started = time.monotonic()
        with open_working(path):
            assert time.monotonic() - started > 0.3


def test_a_lock_that_is_not_released_is_reported_with_a_remedy(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    with (
        held_elsewhere(path, 60),
        pytest.raises(WarehouseLocked, match=r"PID.*end the process"),
        open_working(path, lock_wait_seconds=0.3),
    ):
        pass


def test_a_missing_or_broken_published_copy_says_what_to_do(tmp_path: Path) -> None:
    with (
        pytest.raises(PermanentError, match="run `mulaqat run` first"),
        open_published(tmp_path / "none.duckdb"),
    ):
        pass
    broken = tmp_path / "broken.duckdb"
    broken.write_bytes(b"x" * 5000)
    with pytest.raises(PermanentError, match="not a valid DuckDB"), open_published(broken):
        pass
    with pytest.raises(PermanentError, match="not a valid DuckDB"), open_working(broken):
        pass


@pytest.mark.parametrize("failing", ["SELEC 1", "SELECT 1 / 'x'::INTEGER", "SELECT * FROM nowhere"])
def test_any_error_inside_a_transaction_rolls_all_of_it_back(tmp_path: Path, failing: str) -> None:
    with open_working(tmp_path / "w.duckdb") as con:
        con.execute("CREATE TABLE t (i INTEGER)")
        with pytest.raises(duckdb.Error), transaction(con):
            con.execute("INSERT INTO t VALUES (1)")
            con.execute(failing)
        assert con.execute("SELECT count(*) FROM t").fetchone() == (0,)
        with transaction(con):
            con.execute("INSERT INTO t VALUES (2)")
    with open_published(tmp_path / "w.duckdb") as con:
        assert con.execute("FROM t").fetchall() == [(2,)]
