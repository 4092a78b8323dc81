"""A warehouse is a file or a DuckLake, and is read from a setting."""

from pathlib import Path

import pytest

from etl.config import Settings
from etl.errors import BadSetting
from etl.storage.warehouse_place import DuckLake, ObjectStore, read_place

STORE = ObjectStore("key", "hidden", None, "us-east-1", "http://127.0.0.1:9000")


def test_a_path_is_a_file_and_ducklake_a_lake() -> None:
    assert read_place("w.duckdb", lake_data="d/") == Path.cwd() / "w.duckdb"
    lake = read_place("ducklake:postgres:host=db dbname=m", lake_data="d/")
    assert lake == DuckLake("host=db dbname=m", "d/")
    assert str(lake) == "ducklake:postgres:host=db dbname=m"
    assert read_place("ducklake:postgresql://me@db/m", lake_data="d/") == DuckLake(
        "postgresql://me@db/m", "d/"
    )


@pytest.mark.parametrize(
    ("text", "data", "message"),
    [
        ("ducklake:", "d/", "no catalog given"),
        ("ducklake:postgres:host=db password=x", "d/", "PGPASSWORD"),
        ("ducklake:postgresql://me:x@db/m", "d/", "PGPASSWORD"),
        ("ducklake:host=db", "s3://bucket/m/", "AWS_ACCESS_KEY_ID"),
    ],
)
def test_an_invalid_place_is_rejected_with_what_to_do(text: str, data: str, message: str) -> None:
    with pytest.raises(BadSetting, match=message):
        read_place(text, lake_data=data)


def test_the_keys_of_a_store_are_never_shown() -> None:
    lake = read_place("ducklake:host=db", lake_data="s3://bucket/m/", store=STORE)
    assert "hidden" not in f"{lake!r} {lake}"
    assert (STORE.host, STORE.is_encrypted) == ("127.0.0.1:9000", False)


def test_a_lake_is_read_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MULAQAT_WAREHOUSE", "ducklake:host=db")
    monkeypatch.setenv("MULAQAT_KEPT_DAYS", "7")
    settings = Settings.from_env(data_root=tmp_path)
    assert settings.warehouse == settings.working == DuckLake("host=db", f"{tmp_path}/lake/", None, 7)
    monkeypatch.setenv("MULAQAT_KEPT_DAYS", "a week")
    with pytest.raises(BadSetting, match="MULAQAT_KEPT_DAYS"):
        Settings.from_env(data_root=tmp_path)
