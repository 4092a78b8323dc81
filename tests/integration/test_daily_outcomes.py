"""Outcomes of days that are empty, hold only rejected articles, or fail; each run by `airflow dags test`."""

import json
from pathlib import Path

import duckdb
import pytest

from deploy import local_airflow
from testkit.airflow_services import initialise

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("airflow")
    initialise(home, local_airflow.make_environment(home, 8080))
    return home


def run_day(home: Path, day: str, **settings: Path) -> None:
    environment = local_airflow.make_environment(home, 8080)
    local_airflow.run_day(home, environment | {name: str(path) for name, path in settings.items()}, day)


def test_day_without_articles_ends_well_and_says_so(
    home: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    run_day(home, "2020-01-01", MULAQAT_DATA_ROOT=tmp_path)
    assert "skipped: 'no articles for 2020-01-01" in capfd.readouterr().out
    assert not (tmp_path / "mulaqat.duckdb").exists()


def test_day_of_nothing_but_rejects_is_loaded_and_counted(home: Path, tmp_path: Path) -> None:
    put_english(tmp_path, 1)
    run_day(home, "2023-06-01", MULAQAT_DATA_ROOT=tmp_path)
    with duckdb.connect(str(tmp_path / "mulaqat.duckdb"), read_only=True) as con:
        assert con.execute("select reason from meta.rejected_article").fetchall() == [("not_hindi",)]
        assert con.execute("select count(*) from core.article").fetchone() == (0,)


def test_day_of_which_too_much_is_refused_fails_and_names_the_reasons(home: Path, tmp_path: Path) -> None:
    put_english(tmp_path, 25)
    with pytest.raises(
        SystemExit,
        match=r"2023-06-01: 25 of 25 records \(100%\) rejected, the limit is 80%: not_hindi 25\. See",
    ):
        run_day(home, "2023-06-01", MULAQAT_DATA_ROOT=tmp_path)
    assert not (tmp_path / "mulaqat.duckdb").exists()


def put_english(data_root: Path, count: int) -> None:
    lines = [
        json.dumps(
            {
                "url": f"https://a.example/{n}",
                "text": f"No Hindi here. {n} " * 9,
                "published_at": "2023-06-01",
            }
        )
        for n in range(count)
    ]
    (data_root / "inbox").mkdir()
    (data_root / "inbox" / "june.jsonl").write_text("\n".join(lines), encoding="utf-8")


def test_what_a_person_must_mend_fails_at_once_and_says_what_to_do(home: Path, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"no Hindi Stanza models .* point MULAQAT_MODELS at") as stopped:
        run_day(home, "2023-05-05", MULAQAT_DATA_ROOT=tmp_path, MULAQAT_MODELS=tmp_path / "nowhere")
    assert "Traceback" not in str(stopped.value)
    log = (home / "run-2023-05-05.log").read_text(encoding="utf-8")
    assert log.count("starting task_id=clean") == 1
    message = "hindi_news_daily, 2023-05-05: clean failed: no Hindi Stanza models"
    assert message in log and "Fix the cause, then clear this task with downstream" in log
