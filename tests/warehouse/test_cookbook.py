"""Promises to analysts: cookbook queries return rows, the dictionary matches the schema, exports can be opened."""

import csv
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import polars as pl
import pytest

from etl.config import REPOSITORY
from etl.errors import BadSetting
from etl.warehouse.connection import open_published
from etl.warehouse.dictionary import describe_schema
from etl.warehouse.export import ExportFormat, export_view, list_views

if TYPE_CHECKING:
    import pandas

COOKBOOK = (REPOSITORY / "docs" / "sql_cookbook.md").read_text(encoding="utf-8")
QUESTIONS = re.findall(r"## \d+\. (.*?)\n.*?```sql\n(.*?)```", COOKBOOK, re.S)
STORIES = [
    (
        "2023-06-12",
        "नरेंद्र मोदी से मिले व्लादिमीर पुतिन",
        "प्रधानमंत्री नरेंद्र मोदी ने सोमवार को नई दिल्ली में रूस के राष्ट्रपति व्लादिमीर पुतिन से मुलाकात की। "
        "दोनों नेताओं ने व्यापार समझौते पर बात की।",
    ),
    (
        "2023-06-12",
        "व्यापार पर बात",
        "रूस के राष्ट्रपति व्लादिमीर पुतिन ने सोमवार को नई दिल्ली में प्रधानमंत्री नरेंद्र मोदी से मुलाकात की। "
        "इसके बाद व्यापार समझौते पर हस्ताक्षर हुए।",
    ),
    (
        "2023-06-13",
        "विदेश मंत्री की यात्रा",
        "विदेश मंत्री एस जयशंकर 20 जून को जापान का दौरा करेंगे। "
        "विदेश मंत्री एस जयशंकर ने मंगलवार को फोन पर सर्गेई लावरोव से बातचीत की।",
    ),
    (
        "2023-06-14",
        "बैठक टली",
        "रक्षा मंत्री राजनाथ सिंह और अमेरिका के रक्षा मंत्री लॉयड ऑस्टिन के बीच होने वाली बैठक स्थगित कर दी गई है। "
        "इसकी नई तारीख बाद में बताई जाएगी।",
    ),
    (
        "2023-06-15",
        "दौरा",
        "चीन के राष्ट्रपति शी जिनपिंग ने गुरुवार को रूस का दौरा किया। "
        "वहां उन्होंने कई कारखाने देखे और छात्रों को संबोधित किया।",
    ),
]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a warehouse that the real pipeline built from five made-up articles."""
    folder = tmp_path_factory.mktemp("cookbook")
    lines = [
        {"url": f"https://a.example/{n}", "title": title, "text": text, "published_at": day, "source": "दैनिक"}
        for n, (day, title, text) in enumerate(STORIES)
    ]
    articles, path = folder / "articles.jsonl", folder / "w.duckdb"
    articles.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    command = [sys.executable, "-m", "etl", "run", "--articles", str(articles), "--warehouse", str(path)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return path


@pytest.fixture
def con(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_published(warehouse) as con:
        yield con


def test_there_are_twenty_questions() -> None:
    assert len(QUESTIONS) == 20


@pytest.mark.parametrize(("question", "sql"), QUESTIONS, ids=[question for question, _ in QUESTIONS])
def test_question_has_an_answer(con: duckdb.DuckDBPyConnection, question: str, sql: str) -> None:
    assert con.execute(sql).fetchall()


def test_dictionary_matches_the_schema() -> None:
    written = (REPOSITORY / "docs" / "data_dictionary.md").read_text(encoding="utf-8")
    assert written == describe_schema(), "the schema changed: run `make dictionary`"


def test_every_macro_is_documented(con: duckdb.DuckDBPyConnection) -> None:
    macros = con.execute(
        "SELECT function_name, comment FROM duckdb_functions() WHERE schema_name = 'out' ORDER BY 1"
    ).fetchall()
    assert [name for name, _ in macros] == [
        "articles_with_words",
        "entities_meant",
        "search_articles",
        "search_entities",
        "search_people",
        "sound_key",
    ]
    assert all(comment for _, comment in macros)


@pytest.mark.parametrize(
    "query", ["नरेंद्र मोदी", "मोदी", "narendra modi", "Modi", "narender modi", "  MODI narendra "]
)
def test_people_are_found_in_both_scripts(con: duckdb.DuckDBPyConnection, query: str) -> None:
    found = con.execute("SELECT name_en FROM out.search_people(?)", [query]).fetchall()
    assert found[0] == ("Narendra Modi",)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("मोदी पुतिन", 2),
        ("modi putin", 2),
        ("मोदी putin", 2),
        ("समझौतों", 2),
        ("समझौता", 2),
        ("जयशंकर लावरोव", 1),
        ("मोदी लावरोव", 0),
        ("", 0),
        ("'; drop table x --", 0),
    ],
)
def test_articles_are_found_by_all_words(con: duckdb.DuckDBPyConnection, query: str, count: int) -> None:
    assert len(con.execute("FROM out.search_articles(?)", [query]).fetchall()) == count


def test_visit_has_two_directions_and_a_meeting_one_code(con: duckdb.DuckDBPyConnection) -> None:
    rows = con.execute(
        "SELECT source_name, cameo_code, target_name FROM out.cameo_dyad WHERE event_date = '2023-06-15' ORDER BY 2"
    ).fetchall()
    assert rows == [("Xi Jinping", "042", "Russia"), ("Russia", "043", "Xi Jinping")]
    rows = con.execute(
        "SELECT source_name, cameo_code, target_name FROM out.cameo_dyad WHERE event_date = '2023-06-12' ORDER BY 1"
    ).fetchall()
    assert rows == [
        ("Narendra Modi", "040", "Vladimir Putin"),
        ("Vladimir Putin", "040", "Narendra Modi"),
    ]


def test_polecat_has_its_forty_columns_and_one_row_a_meeting(con: duckdb.DuckDBPyConnection) -> None:
    rows = con.execute("FROM out.polecat WHERE \"Event Date\" = '2023-06-12'")
    names = [column[0] for column in rows.description]
    (row,) = rows.fetchall()
    columns = dict(zip(names, row, strict=True))
    assert len(names) == 40
    assert {columns["Actor Country"], columns["Recipient Country"]} == {"IND", "RUS"}
    assert {columns["Actor Title"], columns["Recipient Title"]} == {"प्रधानमंत्री", "राष्ट्रपति"}
    assert (columns["Event Type"], columns["Language"], columns["Raw Placename"]) == (
        "CONSULT",
        "hi",
        "नई दिल्ली",
    )
    meetings = con.execute('SELECT count(*), count(DISTINCT "Event ID") FROM out.polecat').fetchone()
    assert meetings == con.execute("SELECT count(*), count(*) FROM out.meeting").fetchone()


def test_countries_meet(con: duckdb.DuckDBPyConnection) -> None:
    pairs = con.execute(
        "SELECT country_code_1, country_code_2, held_count FROM out.country_matrix WHERE held_count > 0 ORDER BY ALL"
    ).fetchall()
    assert ("IND", "RUS", 2) in pairs
    assert ("CHN", "RUS", 1) in pairs


@pytest.mark.parametrize("export_format", list(ExportFormat))
def test_every_view_is_exported_whole(
    con: duckdb.DuckDBPyConnection, warehouse: Path, tmp_path: Path, export_format: ExportFormat
) -> None:
    for view in list_views(warehouse):
        export_view(warehouse, view, export_format, tmp_path)
        files = export_view(warehouse, view, export_format, tmp_path)
        (count,) = con.execute(f"SELECT count(*) FROM out.{view}").fetchone() or (None,)
        assert sum(len(read_with_pandas(file)) for file in files) == count
    assert {path.name for path in tmp_path.iterdir()} == {*list_views(warehouse), ".mulaqat_export"}
    assert [path.name for path in (tmp_path / ".mulaqat_export").iterdir()] == ["manifest.json"]


def read_with_pandas(file: Path) -> "pandas.DataFrame":
    import pandas as pd

    match file.suffix:
        case ".parquet":
            return pd.read_parquet(file)
        case ".csv":
            return pd.read_csv(file)
        case _:
            return pd.read_json(file, lines=True)


def test_months_are_folders_that_polars_reads(warehouse: Path, tmp_path: Path) -> None:
    export_view(warehouse, "meeting", ExportFormat.PARQUET, tmp_path)
    table = pl.read_parquet(tmp_path / "meeting", hive_partitioning=True)
    assert set(table["month"].to_list()) == {"2023-06"}
    assert table["participants"].list.len().min() >= 2  # type: ignore[operator]


def test_spreadsheets_run_no_formula_from_an_article(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute(
            "CREATE SCHEMA out; CREATE VIEW out.x AS SELECT '=1+1' AS title, -5 AS n, ['=क'] AS names"
        )
    (file,) = export_view(path, "x", ExportFormat.CSV, tmp_path)
    assert file.read_bytes().decode("utf-8-sig").splitlines() == ["title,n,names", '\'=1+1,-5,"[""=क""]"']


FORMULAS = (
    "=1+1", "+1", "-1+1", "@x", "\t=1", "\r=1", " =1", ";=1", ";;=1", ",=1", "; @x", '";=1', "\u00a0=1", "\u200b=1",
    "|=1", "'=1", "＝1+1", "＋1", "−1", "＠x", "\n=1", ":=1",
)  # fmt: skip


def test_no_cell_is_a_formula_wherever_a_spreadsheet_splits_cells(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    hidden = [f"बयान{separator}{formula}" for separator in ";\t\n" for formula in FORMULAS[:4]]
    plain = ["मोदी; शाह", "5 मई", "", "क=ख", "क - ख"]
    with duckdb.connect(str(path)) as con:
        con.execute("CREATE SCHEMA out; CREATE TABLE texts (n INTEGER, title VARCHAR)")
        con.executemany("INSERT INTO texts VALUES (?, ?)", list(enumerate([*FORMULAS, *hidden, *plain])))
        con.execute("CREATE VIEW out.x AS SELECT n, title FROM texts")
    (file,) = export_view(path, "x", ExportFormat.CSV, tmp_path)
    with file.open(encoding="utf-8-sig", newline="") as opened:
        titles = [row["title"] for row in sorted(csv.DictReader(opened), key=lambda row: int(row["n"]))]
    assert all(title.startswith("'") for title in titles[: len(FORMULAS)])
    for title in titles:
        assert not [
            part for part in re.split(r"[;\t\r\n]", title) if part.strip()[:1] in tuple("=+-@＝＋−＠")
        ]
    assert titles[-len(plain) :] == plain


def test_unknown_view_is_an_error_that_lists_the_views(warehouse: Path, tmp_path: Path) -> None:
    with pytest.raises(
        BadSetting, match=r"no view 'nope': choose one of article, article_mention, article_search"
    ):
        export_view(warehouse, "nope", ExportFormat.CSV, tmp_path)
    assert list(tmp_path.iterdir()) == []
