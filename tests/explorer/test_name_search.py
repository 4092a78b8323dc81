"""Name search: exact words first, then the start of words, and similar sounds only where nothing else fits."""

from pathlib import Path

import duckdb
import pytest

from testkit.newsstand import Newsstand

NAMES = {
    "नरेंद्र मोदी": "narendra modi",
    "ऐनी-मैरी": "aini mairi",
    "मोदीनगर": "modinagar",
    "पुष्प कमल दाहाल": "pushpa kamala dahala",
    "इमैनुएल मैक्रों": "imainuela maikron",
    "टोकियो": "tokiyo",
}


@pytest.fixture(scope="module")
def named(newsstand: Newsstand, tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    path = tmp_path_factory.mktemp("named") / "w.duckdb"
    Path(path).write_bytes(newsstand.published.read_bytes())
    con = duckdb.connect(str(path))
    con.executemany(
        "INSERT INTO core.entity BY NAME SELECT $1 AS entity_id, 'PER' AS kind, $1 AS name_hi, $2 AS name_latin",
        list(NAMES.items()),
    )
    return con


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("मोदी", ["नरेंद्र मोदी", "मोदीनगर"]),
        ("modi", ["नरेंद्र मोदी", "मोदीनगर"]),
        ("narendra mod", ["नरेंद्र मोदी"]),
        ("दहल", ["पुष्प कमल दाहाल"]),
        ("macron", ["इमैनुएल मैक्रों"]),
        ("arjun mehtaa", ["अर्जुन मेहता"]),
        ("अरजुन", ["अर्जुन मेहता"]),
        ("zzz", []),
        ("", []),
    ],
)
def test_names_are_found(named: duckdb.DuckDBPyConnection, query: str, found: list[str]) -> None:
    rows = named.execute("SELECT name_hi FROM out.search_entities(?)", [query]).fetchall()
    assert [row[0] for row in rows] == found


def test_a_name_sounds_alike_in_both_scripts(named: duckdb.DuckDBPyConnection) -> None:
    pairs = [
        ("मोदी", "modi"),
        ("जयशंकर", "jaishankar"),
        ("शाह", "shah"),
        ("टोक्यो", "tokyo"),
        ("यादव", "yadav"),
    ]
    for hindi, english in pairs:
        keys = named.execute("SELECT out.sound_key(?), out.sound_key(?)", [hindi, english]).fetchone()
        assert keys is not None
        assert keys[0] == keys[1], hindi
