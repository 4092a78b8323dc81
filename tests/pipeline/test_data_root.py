"""A data root in a store gives the rows of a data root in a folder, with no disk shared between processes."""

import json
import logging
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import boto3
import duckdb
import pytest
from moto.server import ThreadedMotoServer

from etl.config import REPOSITORY, Settings
from etl.domain.days import IST
from etl.domain.plan import RunContext
from etl.errors import BadSetting, StageIncomplete
from etl.pipeline.annotate import AnnotateResult, run_annotate
from etl.pipeline.clean import run_clean
from etl.pipeline.collect import run_collect
from etl.pipeline.load import run_load, run_publish
from etl.pipeline.resolve import run_resolve
from etl.storage.paths import list_files, make_path, remove_folder

NOW = datetime(2023, 5, 6, tzinfo=IST)
SEED_DAY = "2023-05-05"
BUCKET = "newsroom"
ARTICLES = [
    {"text": "प्रधानमंत्री नरेंद्र मोदी ने सोमवार को दिल्ली में जापान के प्रधानमंत्री फुमियो किशिदा से मुलाकात की। दोनों ने बात की।"},
    {"text": "राज्य सरकार ने किसानों के लिए नई फसल बीमा योजना शुरू की है और पंजीकरण अगले महीने तक चलेगा।"},
    {"text": "Only English words stand here, so that nothing is left of it."},
]  # fmt: skip


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    """Serve S3 on loopback and return the URL of a data root in it."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer("127.0.0.1", 0)
    server.start()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", "http://{}:{}".format(*server.get_host_and_port()))
        patch.setenv("AWS_ACCESS_KEY_ID", "newsroom")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "newsroom")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        boto3.client("s3").create_bucket(Bucket=BUCKET)
        yield f"s3://{BUCKET}/mulaqat"
    server.stop()


def put_articles(settings: Settings) -> None:
    for number, fields in enumerate(ARTICLES):
        line = fields | {"url": f"https://a.example/{number}", "published_at": f"{SEED_DAY}T09:00:00+05:30"}
        folder = settings.inbox_dirs[1]
        if isinstance(folder, Path):
            folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number}.jsonl").write_text(json.dumps(line, ensure_ascii=False), encoding="utf-8")


def run_all(settings: Settings, run_key: str, processes: int = 1) -> AnnotateResult:
    day: dict[str, Any] = {"run_key": run_key, "partitions": [SEED_DAY]}
    assert run_collect(settings, day=SEED_DAY, run_key=run_key) == [SEED_DAY]
    shards = run_clean(settings, **day, shard_size=2)
    counts = run_annotate(settings, run_key=run_key, shards=shards, processes=processes)
    run_resolve(settings, **day)
    run_load(settings, run=RunContext(run_key, NOW), partitions=[SEED_DAY])
    run_publish(settings)
    return counts


def read_rows(settings: Settings) -> dict[str, list[str]]:
    with duckdb.connect(str(settings.warehouse), read_only=True) as con:
        names = con.execute(
            "select table_schema || '.' || table_name from information_schema.tables"
            " where table_schema in ('core', 'out') or table_name in ('rejected_article', 'source_completeness')"
        ).fetchall()
        return {name: sorted(map(repr, con.execute(f"from {name}").fetchall())) for (name,) in names}


def test_store_gives_the_rows_of_a_folder(
    store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_folder = Settings.from_env(data_root=tmp_path / "folder")
    monkeypatch.setenv("MULAQAT_WORKING_DIR", str(tmp_path / "working"))
    in_store = Settings.from_env(data_root=store)
    counts = {}
    for settings in (in_folder, in_store):
        put_articles(settings)
        counts[settings.data_root] = run_all(settings, "one", processes=1 if settings is in_folder else 2)
    rows = read_rows(in_store)
    assert rows == read_rows(in_folder)
    assert len(rows["core.article"]) == 3 and rows["out.meeting"]
    assert counts[in_store.data_root] == counts[in_folder.data_root] == AnnotateResult(3, 0)
    names = {
        root: sorted(str(file)[len(str(root)) :] for file in list_files(root) if "/working/" not in str(file))
        for root in counts
    }
    assert names[in_store.data_root] == [
        name for name in names[in_folder.data_root] if not name.startswith("/mulaqat.duckdb")
    ]
    local = [str(file.relative_to(tmp_path / "working")) for file in list_files(tmp_path / "working")]
    assert local == ["mulaqat.duckdb", "published/mulaqat.duckdb"]
    assert run_all(in_store, "two") == AnnotateResult(3, 3), "the cache lies in the store"
    assert read_rows(in_store).keys() == rows.keys()
    remove_folder(in_store.stage_dir / "one")
    assert {file.parts[-3] for file in list_files(in_store.stage_dir) if file.name == "clean.json"} == {"two"}


def test_damaged_and_missing_stage_files_are_told_by_name(
    store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MULAQAT_WORKING_DIR", str(tmp_path / "working"))
    for root in (tmp_path / "folder", f"{store}-2"):
        settings = Settings.from_env(data_root=root)
        put_articles(settings)
        day: dict[str, Any] = {"run_key": "one", "partitions": [SEED_DAY]}
        run_collect(settings, day=SEED_DAY, run_key="one")
        (shard,) = run_clean(settings, **day)
        with pytest.raises(
            StageIncomplete, match=r"stage files of annotate-000 .* Run annotate and what follows"
        ):
            run_resolve(settings, **day)
        articles = settings.stage_dir / "one" / SEED_DAY / "articles.parquet"
        articles.write_bytes(articles.read_bytes()[:-100])
        with pytest.raises(StageIncomplete, match=r"articles.parquet differs from its manifest. Run clean"):
            run_annotate(settings, run_key="one", shards=[shard])


def test_store_needs_a_local_folder_for_the_working_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MULAQAT_DATA_ROOT", "s3://newsroom/mulaqat")
    settings = Settings.from_env()
    assert settings.warehouse == REPOSITORY / "data" / "mulaqat.duckdb"
    with pytest.raises(
        BadSetting, match="MULAQAT_WORKING_DIR is not set: the data root s3://newsroom/mulaqat"
    ):
        run_publish(settings)


def test_file_urls_are_folders(tmp_path: Path) -> None:
    assert make_path(f"file://{tmp_path}") == make_path(tmp_path) == make_path(str(tmp_path)) == tmp_path
