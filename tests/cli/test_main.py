"""The command without Airflow: every input line is stored or counted, and a second run changes nothing."""

import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from etl.config import REPOSITORY

MEETING = "विदेश मंत्री एस जयशंकर ने सोमवार को टोक्यो में जापानी विदेश मंत्री योशिमासा हयाशी से मुलाकात की।"
PLAIN = "राज्य सरकार ने किसानों के लिए नई फसल बीमा योजना शुरू की है और पंजीकरण अगले महीने तक चलेगा।"


def run_mulaqat(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "etl", *map(str, arguments)]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)


def read_rows(warehouse: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(warehouse), read_only=True) as con:
        return con.execute(query).fetchall()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the warehouse of two runs over the same seven lines, good and bad."""
    folder = tmp_path_factory.mktemp("cli")
    lines = [
        {"url": "https://a.example/1", "text": MEETING, "published_at": "2022-09-14", "source": "दैनिक"},
        {
            "url": "https://a.example/1",
            "text": f"{MEETING} {PLAIN}",
            "published_at": "2022-09-14",
            "source": "दैनिक",
        },
        {"url": "https://a.example/2", "title": None, "text": PLAIN, "published_at": None, "source": "दैनिक"},
        {"url": "https://a.example/3", "text": "The minister met farmers in the capital on Monday morning."},
        {"url": "https://a.example/4", "text": PLAIN, "published_at": "14 सितंबर"},
        {"url": "https://a.example/5"},
    ]
    texts = [json.dumps(line, ensure_ascii=False) for line in lines]
    (folder / "dump.jsonl").write_text("\n".join([*texts, "{broken"]) + "\n", encoding="utf-8")
    for _ in range(2):
        done = run_mulaqat(
            "run",
            "--articles",
            folder / "dump.jsonl",
            "--warehouse",
            folder / "w.duckdb",
            "--day",
            "2022-09-20",
        )
        assert done.returncode == 0, done.stderr
    return folder


def test_every_line_is_stored_or_counted_with_its_reason(folder: Path) -> None:
    stored = read_rows(folder / "w.duckdb", "select url, partition_day from core.article order by url")
    assert stored == [
        ("https://a.example/1", "2022-09-14"),
        ("https://a.example/2", "2022-09-20"),
        ("https://a.example/4", "2022-09-20"),  # its date cannot be read
    ]
    rejected = read_rows(
        folder / "w.duckdb", "select reason, count(*) from meta.rejected_article group by 1 order by 1"
    )
    assert dict(rejected) == {
        "bad_json": 1, "bad_record": 1, "duplicate_url": 1, "not_hindi": 1,
    }  # fmt: skip


def test_contract_view_lists_the_meeting(folder: Path) -> None:
    (row,) = read_rows(
        folder / "w.duckdb",
        "select article_url, status, format, start_date::text, end_date::text, place_hi,"
        " list_transform(participants, lambda p: p.mention_text) from out.reported_meeting",
    )
    assert row[:6] == ("https://a.example/1", "held", "bilateral", "2022-09-12", "2022-09-12", "टोक्यो")
    assert sorted(row[6]) == ["एस जयशंकर", "योशिमासा हयाशी"]  # type: ignore[call-overload]


def test_data_root_is_beside_the_warehouse_and_stage_files_are_deleted(folder: Path) -> None:
    root = folder / "w.duckdb.data"
    assert (root / "working" / "mulaqat.duckdb").exists()
    assert not any((root / "stage").iterdir())


def test_meetings_for_machines_and_for_people(folder: Path) -> None:
    (meeting,) = json.loads(run_mulaqat("meetings", "--warehouse", folder / "w.duckdb", "--json").stdout)
    assert (meeting["status"], meeting["start_date"], meeting["place_hi"]) == ("held", "2022-09-12", "टोक्यो")
    table = run_mulaqat("meetings", "--warehouse", folder / "w.duckdb").stdout
    assert "s. jaishankar" in table
    assert "2022-09-12" in table


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("meetings", "--warehouse", "nowhere.duckdb"), "mulaqat run"),
        (("run", "--articles", "nowhere", "--warehouse", "nowhere.duckdb"), "no such folder"),
    ],
)
def test_mistakes_are_reported_in_one_line(tmp_path: Path, arguments: tuple[str, ...], message: str) -> None:
    placed = [str(tmp_path / part) if part.startswith("nowhere") else part for part in arguments]
    done = run_mulaqat(*placed)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert message in done.stderr


def test_a_foreign_file_stops_each_command_in_one_line_before_any_work(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.duckdb"
    with duckdb.connect(str(own)) as con:
        con.execute("CREATE TABLE own AS SELECT 1 AS n")
    before = own.read_bytes()
    run, export = ("run", "--articles", folder / "dump.jsonl"), ("export", "meeting", "--to", tmp_path / "x")
    for command in (run, ("maintain",), ("meetings",), export):
        done = run_mulaqat(*command, "--warehouse", own)
        assert done.returncode == 1, command
        assert len(done.stderr.splitlines()) == 1, done.stderr
        assert done.stderr.startswith("error: ")
    assert own.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["own.duckdb"]


def test_an_export_keeps_foreign_files_and_stops_where_one_is_in_the_way(
    folder: Path, tmp_path: Path
) -> None:
    target = tmp_path / "out"
    (target / "meeting").mkdir(parents=True)
    (target / "meeting" / "notes.txt").write_text("अपना")
    export = ("export", "all", "--format", "csv", "--warehouse", folder / "w.duckdb", "--to", target)
    for _ in range(2):
        done = run_mulaqat(*export)
        assert done.returncode == 0, done.stderr
    assert (target / "meeting" / "notes.txt").read_text() == "अपना"
    before = {path: path.read_bytes() for path in target.rglob("*") if path.is_file()}
    (target / "pipeline_run" / "part_0.parquet").write_text("अपना")
    done = run_mulaqat(*export)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "part_0.parquet was not written by an export" in done.stderr
    (target / "pipeline_run" / "part_0.parquet").unlink()
    assert {path: path.read_bytes() for path in target.rglob("*") if path.is_file()} == before


def test_maintenance_says_what_it_did_and_changes_no_row(folder: Path) -> None:
    before = read_rows(folder / "w.duckdb", "from core.meeting_mention")
    done = run_mulaqat("maintain", "--warehouse", folder / "w.duckdb", "--relink")
    assert done.returncode == 0, done.stderr
    assert "closed: no day" in done.stderr and "links: 0 of " in done.stderr
    assert read_rows(folder / "w.duckdb", "from core.meeting_mention") == before != []
