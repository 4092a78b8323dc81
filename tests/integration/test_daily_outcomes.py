"""How days end that are not simply good: empty, nothing but rejects, broken; each through `airflow dags test`."""

import json
from pathlib import Path

import duckdb
import pytest

from deploy import local_airflow

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("airflow")
    local_airflow.initialise(home, local_airflow.make_environment(home, 8080))
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
    article = {
        "url": "https://a.example/1",
        "text": "No Hindi here. " * 9,
        "published_at": "2023-06-01T09:00:00",
    }
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "june.jsonl").write_text(json.dumps(article), encoding="utf-8")
    run_day(home, "2023-06-01", MULAQAT_DATA_ROOT=tmp_path)
    with duckdb.connect(str(tmp_path / "mulaqat.duckdb"), read_only=True) as con:
        assert con.execute("select reason from meta.rejected_article").fetchall() == [("not_hindi",)]
        assert con.execute("select count(*) from core.article").fetchone() == (0,)


def test_what_a_person_must_mend_fails_at_once_and_says_what_to_do(home: Path, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"no Hindi Stanza models .* point MULAQAT_MODELS at") as stopped:
        run_day(home, "2023-05-05", MULAQAT_DATA_ROOT=tmp_path, MULAQAT_MODELS=tmp_path / "nowhere")
    assert "Traceback" not in str(stopped.value)
    log = (home / "run-2023-05-05.log").read_text(encoding="utf-8")
    assert log.count("starting task_id=clean") == 1
