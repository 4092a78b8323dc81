"""Maintenance: what goes and what stays, days that are closed, links anew only where rules changed."""

import json
import shutil
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from etl.config import REPOSITORY, Settings
from etl.domain.days import IST
from etl.domain.plan import RunContext
from etl.errors import PartitionClosed
from etl.extract.archive import list_partitions
from etl.pipeline.annotate import run_annotate
from etl.pipeline.clean import run_clean
from etl.pipeline.collect import run_collect
from etl.pipeline.load import run_audit, run_load, run_publish
from etl.pipeline.maintain import (
    close_old_days,
    compact_working,
    relink,
    remove_old_annotations,
    remove_old_stage_files,
    summarise_completeness,
)
from etl.pipeline.partitions import list_closed
from etl.pipeline.resolve import run_resolve
from etl.storage.paths import list_files, list_folders

NOW = datetime(2023, 6, 20, 3, tzinfo=IST)
OLD_DAY, NEW_DAY = "2023-05-05", "2023-06-19"
TEXT = "प्रधानमंत्री नरेंद्र मोदी ने सोमवार को जापान के प्रधानमंत्री फुमियो किशिदा से मुलाकात की।"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data root with two days, loaded and published, for tests to copy."""
    root = tmp_path_factory.mktemp("loaded")
    settings = Settings.from_env(data_root=root)
    for day in (OLD_DAY, NEW_DAY):
        put(settings, day, "a")
        build(settings, day)
    return root


@pytest.fixture
def settings(loaded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    seeds = tmp_path / "seeds"
    shutil.copytree(REPOSITORY / "seeds", seeds, ignore=shutil.ignore_patterns("articles"))
    monkeypatch.setenv("MULAQAT_SEEDS", str(seeds))
    shutil.copytree(loaded, tmp_path / "data")
    return Settings.from_env(data_root=tmp_path / "data")


def put(settings: Settings, day: str, name: str) -> None:
    line = {
        "url": f"https://a.example/{day}/{name}",
        "text": f"{TEXT} {name}",
        "published_at": day,
        "source": "दैनिक",
    }
    inbox = settings.inbox_dirs[1]
    assert isinstance(inbox, Path)
    inbox.mkdir(exist_ok=True)
    (inbox / f"{day}-{name}.jsonl").write_text(json.dumps(line, ensure_ascii=False), encoding="utf-8")


def collect(settings: Settings, day: str, *, pending: bool = False) -> list[str]:
    return run_collect(
        settings, day=day, inbox=[settings.inbox_dirs[1]], run_key=day, include_pending=pending
    )


def build(settings: Settings, day: str) -> None:
    partitions = collect(settings, day)
    shards = run_clean(settings, run_key=day, partitions=partitions)
    run_annotate(settings, run_key=day, shards=shards)
    run_resolve(settings, run_key=day, partitions=partitions)
    run_load(settings, run=RunContext(day, NOW), partitions=partitions)
    run_publish(settings)


def dump(path: Path) -> dict[str, list[str]]:
    with duckdb.connect(str(path), read_only=True) as con:
        names = con.execute(
            "select schema_name || '.' || table_name from duckdb_tables() order by 1"
        ).fetchall()
        return {name: sorted(map(repr, con.execute(f"from {name}").fetchall())) for (name,) in names}


def test_stage_files_go_by_age(settings: Settings) -> None:
    now = datetime.now(IST)
    assert remove_old_stage_files(settings, now=now, keep_days=1) == []
    removed = remove_old_stage_files(settings, now=now + timedelta(days=2), keep_days=1)
    assert removed == [OLD_DAY, NEW_DAY]
    assert list_files(settings.stage_dir) == []


def test_annotations_of_other_models_go(settings: Settings) -> None:
    (settings.annotations_dir / "older" / "00").mkdir(parents=True)
    kept = list_files(settings.annotations_dir)
    assert remove_old_annotations(settings) == ["older"]
    assert list_files(settings.annotations_dir) == kept != []


def test_raw_stays_unless_asked_for(settings: Settings) -> None:
    assert close_old_days(settings, now=NOW, keep_days=None) == []
    assert list(list_partitions(settings.raw_dir)) == [OLD_DAY, NEW_DAY]


def test_closed_day_is_not_built_again_and_says_so(settings: Settings) -> None:
    rows = dump(settings.working)
    assert close_old_days(settings, now=NOW, keep_days=30) == [OLD_DAY]
    assert list(list_partitions(settings.raw_dir)) == [NEW_DAY]
    assert list(list_closed(settings)) == [OLD_DAY]
    with pytest.raises(
        PartitionClosed, match=r"2023-05-05 is closed: its raw files were removed on 2023-06-20"
    ):
        collect(settings, OLD_DAY)
    put(settings, OLD_DAY, "late")
    shutil.copy(settings.data_root / "inbox" / f"{OLD_DAY}-late.jsonl", settings.data_root / "late.jsonl")
    late = [settings.data_root / "late.jsonl"]
    options = {"inbox": late, "run_key": "late"}
    assert run_collect(settings, day=None, **options) == []  # type: ignore[arg-type]
    assert OLD_DAY in list_partitions(settings.raw_dir), "what came late is kept"
    assert collect(settings, "2023-06-20", pending=True) == []
    with pytest.raises(PartitionClosed):
        run_clean(settings, run_key="late", partitions=[OLD_DAY])
    assert dump(settings.working) == rows


def test_day_that_is_not_loaded_as_raw_has_it_keeps_its_raw(settings: Settings) -> None:
    put(settings, OLD_DAY, "late")
    collect(settings, OLD_DAY)
    assert close_old_days(settings, now=NOW, keep_days=30) == []


def test_compacted_database_holds_the_same_and_can_be_written(settings: Settings) -> None:
    with duckdb.connect(str(settings.working)) as con:
        con.execute(
            "create table core.ballast as select range as i, md5(range::varchar) as t from range(200000)"
        )
        con.execute("checkpoint")
        con.execute("drop table core.ballast")
    rows = dump(settings.working)
    sizes = compact_working(settings)
    assert sizes and sizes.after_bytes < sizes.before_bytes
    assert dump(settings.working) == rows
    assert [path.name for path in sorted(settings.working.parent.iterdir())] == ["mulaqat.duckdb"]
    run_audit(settings, run=RunContext("after", NOW))


@pytest.mark.parametrize("name", ["notes.txt", "{day}/own.parquet", "{day}/sentences/a.csv"])
def test_a_foreign_file_among_stage_files_is_kept(settings: Settings, name: str) -> None:
    own = Path(str(settings.data_root)) / "stage" / OLD_DAY / name.format(day=OLD_DAY)
    own.write_text("अपना")
    before = list_files(settings.stage_dir / OLD_DAY)
    later = datetime.now(IST) + timedelta(days=2)
    assert remove_old_stage_files(settings, now=later, keep_days=1) == [NEW_DAY]
    assert list_files(settings.stage_dir / OLD_DAY) == before


def test_a_foreign_folder_in_the_data_root_is_kept(settings: Settings) -> None:
    root = Path(str(settings.data_root))
    names = ("annotations/own/notes.txt", "annotations/own/00/a.parquet", "stage/own/rows.parquet")
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("अपना")
    later = datetime.now(IST) + timedelta(days=2)
    assert remove_old_annotations(settings) == []
    assert remove_old_stage_files(settings, now=later, keep_days=1) == [OLD_DAY, NEW_DAY]
    assert [(root / name).read_text() for name in names] == ["अपना"] * 3


def test_a_foreign_file_among_raw_files_is_kept(settings: Settings) -> None:
    (source,) = list_folders(settings.raw_dir)
    own = source / OLD_DAY / "notes.txt"
    own.write_text("अपना")
    assert close_old_days(settings, now=NOW, keep_days=30) == []
    assert own.read_text() == "अपना"
    assert list(list_partitions(settings.raw_dir)) == [OLD_DAY, NEW_DAY]


def test_links_are_made_anew_only_after_a_change(settings: Settings) -> None:
    rows = dump(settings.working)["core.meeting"]
    first = relink(settings, run=RunContext("one", NOW))
    assert first and first.report_count > 0 and first.changed_count == 0
    assert relink(settings, run=RunContext("two", NOW)) is None
    person = settings.seeds_dir / "gazetteer" / "person.csv"
    person.write_text(person.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert relink(settings, run=RunContext("three", NOW))
    assert relink(settings, run=RunContext("four", NOW), force=True)
    assert dump(settings.working)["core.meeting"] == rows


def test_completeness_is_summarised_per_source(settings: Settings) -> None:
    rows = summarise_completeness(settings, now=NOW, days=30)
    (row,) = [asdict(row) for row in rows if row.source_name == "दैनिक"]
    assert row == {
        "source_name": "दैनिक",
        "day_count": 1,
        "silent_day_count": 0,
        "discovered_count": 1,
        "stored_count": 1,
        "rejected_count": 0,
        "pending_count": 0,
        "last_stored_day": NEW_DAY,
    }


def test_only_days_of_other_models_are_taken_where_that_is_asked(settings: Settings) -> None:
    inbox = [settings.inbox_dirs[1]]
    for day, expected in ((OLD_DAY, []), (NEW_DAY, [NEW_DAY])):
        marker = settings.loaded_dir / f"{NEW_DAY}.txt"
        marker.write_text(
            f"{marker.read_text(encoding='utf-8').splitlines()[0]}\nolder models\n", encoding="utf-8"
        )
        found = run_collect(settings, day=day, inbox=inbox, run_key="again", outdated_only=True)
        assert found == expected
