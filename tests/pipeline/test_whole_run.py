"""What a run rebuilds: its own day, the days that something was filed under, and what is pending."""

import json
import shutil
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from etl.config import Settings
from etl.domain.article import Sentence
from etl.domain.days import IST, UNDATED
from etl.domain.plan import RunContext
from etl.errors import BadSetting
from etl.pipeline.annotate import AnnotateResult, run_annotate
from etl.pipeline.clean import run_clean
from etl.pipeline.collect import run_collect
from etl.pipeline.load import run_load, run_publish
from etl.pipeline.resolve import run_resolve
from etl.storage.record_files import read_records
from etl.storage.stage_folder import StageFolder

RUN_KEY = "run"
NOW = datetime(2022, 9, 20, tzinfo=IST)
TEXT = "राज्य सरकार ने किसानों के लिए नई फसल बीमा योजना शुरू की है और पंजीकरण अगले महीने तक चलेगा।"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "inbox").mkdir()
    return Settings.from_env(data_root=tmp_path, warehouse=tmp_path / "w.duckdb")


def put(settings: Settings, name: str, day: str | None, text: str = TEXT) -> None:
    line = {
        "url": f"https://a.example/{name}",
        "text": f"{text} {name}",
        "published_at": day,
        "source": "दैनिक",
    }
    (settings.data_root / "inbox" / f"{name}.jsonl").write_text(
        json.dumps(line, ensure_ascii=False), encoding="utf-8"
    )


def collect(settings: Settings, day: str | None, **options: object) -> list[str]:
    inbox = [settings.data_root / "inbox"]
    return run_collect(settings, day=day, inbox=inbox, **{"run_key": RUN_KEY} | options)  # type: ignore[arg-type]


def build(settings: Settings, partitions: list[str]) -> AnnotateResult:
    run_key = RUN_KEY
    shards = run_clean(settings, run_key=run_key, partitions=partitions, shard_size=2)
    counts = run_annotate(settings, run_key=run_key, shards=shards)
    run_resolve(settings, run_key=run_key, partitions=partitions)
    run_load(settings, run=RunContext(run_key, NOW), partitions=partitions)
    return counts


def stored(settings: Settings) -> list[str]:
    run_publish(settings)
    with duckdb.connect(str(settings.warehouse), read_only=True) as con:
        return [
            url.rsplit("/", 1)[1]
            for (url,) in con.execute("select url from core.article order by 1").fetchall()
        ]


def test_day_takes_its_own_articles_and_those_without_a_day(settings: Settings) -> None:
    for name, day in (("a", "2022-09-14"), ("b", "2022-09-15"), ("c", None)):
        put(settings, name, day)
    assert collect(settings, "2022-09-14") == ["2022-09-14", UNDATED]
    assert collect(settings, "2022-09-14") == ["2022-09-14"]
    assert collect(settings, "2022-09-16") == []


def test_limit_narrows_what_is_collected_never_what_is_rebuilt(settings: Settings) -> None:
    for name in "abc":
        put(settings, name, "2022-09-14")
    for expected in (1, 2, 3, 3):
        partitions = collect(settings, "2022-09-14", limit=expected)
        assert partitions == ["2022-09-14"]
        build(settings, partitions)
        assert len(stored(settings)) == expected


def test_unknown_source_is_told(settings: Settings) -> None:
    with pytest.raises(BadSetting, match="unknown sources"):
        collect(settings, "2022-09-14", sources=["fax"])


def test_pending_days_are_rebuilt_until_they_are_loaded(settings: Settings) -> None:
    put(settings, "a", "2022-09-14")
    collect(settings, "2022-09-14")
    assert collect(settings, "2022-09-20", include_pending=True) == ["2022-09-14"]
    build(settings, ["2022-09-14"])
    assert collect(settings, "2022-09-20", include_pending=True) == []
    put(settings, "b", "2022-09-14")
    collect(settings, "2022-09-14")
    assert collect(settings, "2022-09-20", include_pending=True) == ["2022-09-14"]


def test_late_article_joins_its_day_and_nothing_is_deleted(settings: Settings) -> None:
    put(settings, "a", "2022-09-14")
    build(settings, collect(settings, None))
    (settings.data_root / "inbox" / "a.jsonl").unlink()
    put(settings, "b", "2022-09-14")
    build(settings, collect(settings, None))
    assert stored(settings) == ["a", "b"]


def test_same_texts_are_annotated_once(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "abc":
        put(settings, name, "2022-09-14")
    assert build(settings, collect(settings, None)) == AnnotateResult(article_count=3, reused_count=0)
    monkeypatch.setattr("etl.transform.annotate.annotator.load_pipeline", None)
    assert build(settings, collect(settings, None)) == AnnotateResult(article_count=3, reused_count=3)


def test_a_late_article_is_the_only_one_annotated(settings: Settings) -> None:
    for name in "bc":
        put(settings, name, "2022-09-14")
    build(settings, collect(settings, None))
    put(settings, "a", "2022-09-14")
    assert build(settings, collect(settings, None)) == AnnotateResult(article_count=3, reused_count=2)


def test_two_processes_give_the_rows_of_one(settings: Settings) -> None:
    for name in "abc":
        put(settings, name, "2022-09-14")
    sentences = {}
    for processes in (1, 2):
        run_key = f"run-{processes}"
        partitions = collect(settings, None, run_key=run_key)
        shards = run_clean(settings, run_key=run_key, partitions=partitions, shard_size=1)
        shutil.rmtree(settings.annotations_dir, ignore_errors=True)
        counts = run_annotate(settings, run_key=run_key, shards=shards, processes=processes)
        assert counts == AnnotateResult(article_count=3, reused_count=0)
        folder = StageFolder(settings.stage_dir, run_key, "2022-09-14")
        sentences[processes] = [read_records(folder.sentences(number), Sentence) for number in range(3)]
    assert sentences[1] == sentences[2]


def test_day_with_rejects_only_is_loaded(settings: Settings) -> None:
    put(settings, "a", "2022-09-14", text="Only English words stand here, so that nothing is left of it.")
    assert build(settings, collect(settings, None)) == AnnotateResult(article_count=0, reused_count=0)
    assert stored(settings) == []
    with duckdb.connect(str(settings.warehouse), read_only=True) as con:
        assert con.execute("select reason from meta.rejected_article").fetchall() == [("not_hindi",)]
