"""The warehouse comes back from the raw archive alone, as docs/operations.md says."""

import shutil
from datetime import datetime
from pathlib import Path

from etl.config import Settings
from etl.domain.days import IST
from etl.domain.plan import RunContext
from etl.pipeline.annotate import run_annotate
from etl.pipeline.clean import run_clean
from etl.pipeline.collect import run_collect
from etl.pipeline.load import run_load, run_publish
from etl.pipeline.resolve import run_resolve
from testkit.inbox_news import list_days, write_inbox
from testkit.rows import dump_rows

DAYS = list_days("2024-02-28", 2)
NOW = datetime(2024, 3, 10, tzinfo=IST)


def run(settings: Settings, run_key: str, **options: object) -> list[str]:
    """Collect and do all that follows."""
    partitions = run_collect(settings, run_key=run_key, **options)  # type: ignore[arg-type]
    shards = run_clean(settings, partitions=partitions, run_key=run_key)
    run_annotate(settings, shards=shards, run_key=run_key)
    run_resolve(settings, partitions=partitions, run_key=run_key)
    run_load(settings, run=RunContext(run_key, NOW), partitions=partitions)
    run_publish(settings)
    return partitions


def test_rows_come_back_from_raw_alone(tmp_path: Path) -> None:
    settings = Settings.from_env(data_root=tmp_path, warehouse=tmp_path / "mulaqat.duckdb")
    inbox = write_inbox(tmp_path, DAYS, 2)
    assert run(settings, "first", day=None, inbox=[inbox]) == DAYS
    wanted = dump_rows(settings.warehouse)

    inbox.unlink()
    for made in tmp_path.iterdir():
        if made.name not in ("raw", "annotations"):
            shutil.rmtree(made) if made.is_dir() else made.unlink()
    scheduled = {"day": "2024-03-09", "sources": ["inbox"], "include_pending": True}
    assert run(settings, "restored", **scheduled) == DAYS
    assert dump_rows(settings.warehouse) == wanted
