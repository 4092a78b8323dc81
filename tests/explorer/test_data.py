"""The JSON API, its description, the feeds and the map, over a real warehouse."""

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import duckdb
import pytest
from fastapi.testclient import TestClient

from etl.explorer.app import create_app
from etl.explorer.query import TABLES
from testkit.fixtures import Ask
from testkit.newsstand import Newsstand

PLACES = {"गोवा": ("Goa", 15.33, 74.08), "टोक्यो": ("Tokyo", 35.69, 139.69)}


@pytest.fixture(scope="module")
def placed(newsstand: Newsstand, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """A copy in which two places have coordinates, in columns at the end of out.meeting."""
    path = tmp_path_factory.mktemp("placed") / "w.duckdb"
    path.write_bytes(newsstand.published.read_bytes())
    add_coordinates(path)
    return TestClient(create_app(path, lambda: None))


def add_coordinates(path: Path) -> None:
    with duckdb.connect(str(path)) as con:
        columns = [row[0] for row in con.execute("DESCRIBE out.meeting").fetchall()]
        kept = ", ".join(
            name
            for name in columns
            if name not in ("place_en", "place_latitude", "place_longitude", "place_geonames_id")
        )
        con.execute("CREATE TABLE core.known (name VARCHAR, en VARCHAR, lat DOUBLE, lon DOUBLE)")
        con.executemany(
            "INSERT INTO core.known VALUES (?, ?, ?, ?)", [(hi, *rest) for hi, rest in PLACES.items()]
        )
        con.execute(f"CREATE TABLE core.plain AS SELECT {kept} FROM out.meeting")
        con.execute(
            "CREATE OR REPLACE VIEW out.meeting AS SELECT plain.*, en AS place_en, 1::BIGINT AS place_geonames_id,"
            " lat AS place_latitude, lon AS place_longitude"
            " FROM core.plain AS plain LEFT JOIN core.known ON name = place_hi"
        )


def test_the_map_shows_places_with_coordinates(placed: TestClient) -> None:
    page = placed.get("/map").text
    assert '"en": "Tokyo"' in page
    assert '"latitude": 15.33' in page
    assert "Natural Earth" in page
    found = placed.get("/api/places", params={"status": "cancelled"}).json()["rows"]
    assert found == []
    assert "No meetings that match" in placed.get("/map", params={"status": "cancelled"}).text


def test_the_map_of_an_older_copy_is_empty(newsstand: Newsstand, tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    path.write_bytes(newsstand.published.read_bytes())
    with duckdb.connect(str(path)) as con:
        con.execute(
            "CREATE TABLE core.plain AS"
            " SELECT meeting_id, place_hi, place_latin, status, start_date FROM out.meeting"
        )
        con.execute("CREATE OR REPLACE VIEW out.meeting AS FROM core.plain")
    response = TestClient(create_app(path, lambda: None)).get("/map")
    assert response.status_code == 200
    assert "before places had coordinates" in response.text


def test_every_table_has_an_address_that_openapi_describes(client: TestClient, ask: Ask) -> None:
    schema = client.get("/api/openapi.json").json()
    assert {f"/api/{name}" for name in TABLES} | {"/feed.rss", "/feed.json"} == set(schema["paths"])
    fields = {field["name"] for field in schema["paths"]["/api/meetings"]["get"]["parameters"]}
    assert {"who", "status", "since", "limit", "after"} <= fields
    page = ask("/api")
    assert all(f"<code>/api/{name}</code>" in page for name in TABLES)


def test_the_api_pages_through_all_meetings(client: TestClient, newsstand: Newsstand) -> None:
    seen: list[str] = []
    after = None
    while after or not seen:
        answer = client.get(
            "/api/meetings", params={"limit": 30} | ({"after": after} if after else {})
        ).json()
        seen += [row["meeting_id"] for row in answer["rows"]]
        after = answer["next"]
    with duckdb.connect(str(newsstand.published), read_only=True) as con:
        assert sorted(seen) == [
            row[0] for row in con.execute("SELECT meeting_id FROM out.meeting ORDER BY 1").fetchall()
        ]
    assert client.get("/api/meetings", params={"limit": 5000}).status_code == 422


def test_feeds_list_the_latest_meetings_of_a_filter(client: TestClient) -> None:
    feed = client.get("/feed.json", params={"who": "arjun"}).json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert all("Arjun Mehta" in item["title"] for item in feed["items"])
    assert feed["items"][0]["url"].startswith("http://testserver/meetings/")
    rss = client.get("/feed.rss", params={"who": "arjun"})
    assert rss.headers["content-type"].startswith("application/rss+xml")
    items = ElementTree.fromstring(rss.content).findall("channel/item")
    assert [item.findtext("guid") for item in items] == [item["id"] for item in feed["items"]]
    assert all("अर्जुन" in (item.findtext("description") or "") for item in items)
