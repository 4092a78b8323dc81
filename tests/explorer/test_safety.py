"""Nobody reads unasked, nothing writes, nothing hostile runs; a warehouse that changes or lacks is told in words."""

import re
import threading
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path

import duckdb
import pytest
import schemathesis
from fastapi import HTTPException
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from hypothesis import Phase, given, settings

from etl.explorer.app import create_app
from etl.explorer.asked import TABLES
from etl.explorer.serve import COOKIE, Door, create_guarded_app
from etl.warehouse.publish import publish
from testkit.newsstand import FIRST_DAY, SCRIPT, Newsstand, make_hostile_article

FILL = {
    "meeting_id": "abc", "article_id": "abc", "entity_id": "abc", "code": "IND", "name": "meetings",
    "export_format": "csv", "fingerprint": "x", "path": "nowhere",
}  # fmt: skip


def refuse() -> None:
    raise HTTPException(HTTPStatus.UNAUTHORIZED)


def list_addresses(app: object) -> list[str]:
    routes = [route for route in app.routes if isinstance(route, APIRoute)]  # type: ignore[attr-defined]
    return [re.sub(r"\{(\w+)[^}]*\}", lambda found: FILL[found[1]], route.path) for route in routes]


def test_every_route_asks_first(newsstand: Newsstand) -> None:
    app = create_app(newsstand.published, refuse)
    addresses = list_addresses(app)
    assert len(addresses) > 15
    client = TestClient(app)
    for address in (*addresses, "/openapi.json", "/docs"):
        answer = client.get(address, follow_redirects=False)
        assert answer.status_code == HTTPStatus.UNAUTHORIZED, address
        assert "मेहता" not in answer.text


def test_pages_can_only_be_read(client: TestClient) -> None:
    app = client.app
    for address in list_addresses(app):
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            assert client.request(method, address).status_code == HTTPStatus.METHOD_NOT_ALLOWED, address


def test_no_page_lets_a_browser_fetch_or_run_anything_foreign(client: TestClient) -> None:
    for address in ("/meetings", "/network", "/nowhere", "/meetings?since=x"):
        answer = client.get(address)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert not re.findall(r"<[^>]+\s(?:style|on\w+)=", answer.text)
        assert not re.findall(r"<script(?![^>]*(?:src=\"/|type=\"application/json\"))", answer.text)
        assert not re.findall(r'(?:src|href)="(?:https?:)?//', answer.text)


@pytest.fixture(scope="module")
def hostile(newsstand: Newsstand, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    stand = Newsstand(tmp_path_factory.mktemp("hostile"))
    stand.load(FIRST_DAY, [make_hostile_article(FIRST_DAY)])
    stand.publish()
    return TestClient(create_app(stand.published, lambda: None))


def test_a_hostile_article_is_harmless(hostile: TestClient) -> None:
    page = hostile.get("/meetings")
    addresses = {"/meetings", "/network", "/matrix", "/timeline", "/pipeline"}
    addresses |= set(re.findall(r'href="(/(?:meetings|articles|entities)/[^"#?]+)', page.text))
    assert len(addresses) >= 8
    for address in addresses:
        answer = hostile.get(address)
        assert answer.status_code == HTTPStatus.OK
        assert SCRIPT not in answer.text, address
        assert 'href="javascript:' not in answer.text
        (title,) = re.findall(r"<title>(.*?)</title>", answer.text, re.S)
        assert "\u202e" not in title
        for attribute in re.findall(r'(?:aria-label|title)="([^"]*)"', answer.text):
            assert "\u202e" not in attribute
        # What turns writing round stands only where its end is the end of an element of its own.
        for before in answer.text.split("\u202e")[:-1]:
            assert before.rfind("<bdi") > before.rfind("</bdi>") or before.rfind("<pre") > before.rfind(
                "</pre>"
            )


@pytest.mark.parametrize("name", TABLES)
def test_tables_are_downloaded_in_three_forms(
    client: TestClient, newsstand: Newsstand, name: str, tmp_path: Path
) -> None:
    with duckdb.connect(str(newsstand.published), read_only=True) as con:
        row = con.execute(
            "SELECT meeting_id, lead_article_id FROM out.meeting_index ORDER BY 1 LIMIT 1"
        ).fetchone()
        assert row is not None
    fields = {"meeting": row[0], "article": row[1], "who": "arjun", "country": "IND", "newest": "2024-05-15"}
    fields |= {"since": "2024-05-01", "until": "2024-05-31"}
    taken = {key: value for key, value in fields.items() if key in TABLES[name].model_fields}
    counts = set()
    for export_format in ("csv", "parquet", "jsonl"):
        answer = client.get(f"/download/{name}/{export_format}", params=taken)
        assert answer.status_code == HTTPStatus.OK, answer.text
        assert f'filename="mulaqat-{name}.{export_format}"' in answer.headers["content-disposition"]
        file = tmp_path / f"file.{export_format}"
        file.write_bytes(answer.content)
        reader = {"jsonl": "read_json", "csv": "read_csv", "parquet": "read_parquet"}[export_format]
        with duckdb.connect() as con:
            counts |= set(con.execute(f"SELECT count(*) FROM {reader}(?)", [str(file)]).fetchall())
    assert len(counts) == 1


def test_bad_addresses_are_answered_in_words(client: TestClient) -> None:
    for address, code in {
        "/meetings?since=yesterday": 422,
        "/meetings?status=done": 422,
        "/meetings?after=9~2024-99-99~x": 422,
        "/meetings/nothing": 404,
        "/entities/nothing": 404,
        "/articles/nothing": 404,
        "/download/meetings/xml": 422,
        "/download/partners/csv": 422,
        "/static/x/..%2Fapp.py": 404,
        "/nowhere": 404,
    }.items():
        answer = client.get(address)
        assert answer.status_code == code, address
        assert '<p class="code">' in answer.text


def test_a_missing_a_broken_and_an_older_warehouse_are_told_in_words(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    client = TestClient(create_app(path, lambda: None))
    answer = client.get("/meetings")
    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert "nothing has been published yet" in answer.text
    path.write_bytes(b"x" * 5000)
    assert "cannot be opened as a warehouse" in client.get("/meetings").text
    path.unlink()
    with duckdb.connect(str(path)) as con:
        con.execute("CREATE SCHEMA out; CREATE VIEW out.meeting AS SELECT 1 AS meeting_id")
    answer = client.get("/meetings")
    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert "older version" in answer.text


def test_an_empty_warehouse_says_so_on_every_page(empty: Newsstand) -> None:
    empty.load(FIRST_DAY, [], [])
    empty.publish()
    client = TestClient(create_app(empty.published, lambda: None))
    for address in (
        "/meetings",
        "/network",
        "/matrix",
        "/timeline",
        "/pipeline",
        "/rejected",
        "/countries/IND",
    ):
        answer = client.get(address)
        assert answer.status_code == HTTPStatus.OK
        assert 'class="empty"' in answer.text, address


def test_a_warehouse_swapped_underneath_never_shows_an_error(newsstand: Newsstand, tmp_path: Path) -> None:
    published = tmp_path / "w.duckdb"
    publish(newsstand.working, published)
    client = TestClient(create_app(published, lambda: None))
    stop, codes, moments = threading.Event(), set(), set()

    def read() -> None:
        while not stop.is_set():
            for address in ("/meetings", "/network", "/pipeline"):
                answer = client.get(address)
                codes.add(answer.status_code)
                moments.update(re.findall(r"published ([^<]+)", answer.text))

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for _ in range(4):
        publish(newsstand.working, published)
    stop.set()
    for reader in readers:
        reader.join()
    assert codes == {HTTPStatus.OK}
    newest = FIRST_DAY + timedelta(days=30)
    swapped = Newsstand(tmp_path / "other")
    swapped.load(newest, [], [])
    publish(swapped.working, published)
    assert newest.isoformat() not in client.get("/meetings").text
    assert 'class="empty"' in client.get("/meetings").text


def test_routes_stand_random_questions(client: TestClient) -> None:
    schema = schemathesis.openapi.from_dict(client.app.openapi())  # type: ignore[attr-defined]
    schema.app = client.app
    operations = [result.ok() for result in schema.get_all_operations()]
    assert len(operations) >= 15
    for operation in operations:

        @settings(max_examples=12, deadline=None, database=None, phases=[Phase.generate])
        @given(case=operation.as_strategy())
        def stands(case: schemathesis.Case) -> None:
            assert case.call().status_code < HTTPStatus.INTERNAL_SERVER_ERROR, case.formatted_path

        stands()


def test_the_printed_address_works_once_and_for_one_browser(newsstand: Newsstand) -> None:
    door = Door()
    app = create_guarded_app(newsstand.published, door)
    address = f"/enter/{door.token}"
    first = TestClient(app, base_url="http://127.0.0.1")
    assert first.get("/meetings").status_code == HTTPStatus.UNAUTHORIZED
    assert first.get("/enter/guess").status_code == HTTPStatus.UNAUTHORIZED
    entered = first.get(address, follow_redirects=False)
    assert entered.headers["location"] == "/meetings"
    assert re.search(rf"{COOKIE}=\S+; HttpOnly; Path=/; SameSite=strict", entered.headers["set-cookie"])
    assert first.get("/meetings").status_code == HTTPStatus.OK
    second = TestClient(app, base_url="http://127.0.0.1")
    assert second.get(address).status_code == HTTPStatus.UNAUTHORIZED
    assert second.get("/meetings").status_code == HTTPStatus.UNAUTHORIZED
    rebound = TestClient(app, base_url="http://evil.example", cookies=first.cookies)
    assert rebound.get("/meetings").status_code == HTTPStatus.BAD_REQUEST
