"""Access checks, read-only routes, hostile content, and warehouses that are missing, old or replaced while in use."""

import html
import io
import re
import socket
import threading
import zipfile
from contextlib import suppress
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
from etl.explorer.query import TABLES
from etl.explorer.serve import COOKIE, OneTimeSignIn, create_standalone_app, listen, make_server
from etl.warehouse.publish import publish
from testkit.newsstand import FIRST_DAY, SCRIPT, Newsstand, make_hostile_article

PATH_VALUES = {
    "meeting_id": "abc", "article_id": "abc", "entity_id": "abc", "code": "IND", "name": "meetings",
    "file_format": "csv", "fingerprint": "x", "path": "nowhere",
}  # fmt: skip


def deny() -> None:
    raise HTTPException(HTTPStatus.UNAUTHORIZED)


def list_addresses(app: object) -> list[str]:
    routes = [route for route in app.routes if isinstance(route, APIRoute)]  # type: ignore[attr-defined]
    return [re.sub(r"\{(\w+)[^}]*\}", lambda match: PATH_VALUES[match[1]], route.path) for route in routes]


def test_every_route_checks_access(newsstand: Newsstand) -> None:
    app = create_app(newsstand.published, deny)
    addresses = list_addresses(app)
    assert len(addresses) > 40
    client = TestClient(app)
    # Error pages need the style sheet too; static files contain no data.
    (static,) = [address for address in addresses if address.startswith("/static/")]
    assert client.get("/static/x/explorer.css").status_code == HTTPStatus.OK
    for address in ({*addresses} - {static}) | {"/openapi.json", "/docs"}:
        response = client.get(address, follow_redirects=False)
        assert response.status_code == HTTPStatus.UNAUTHORIZED, address
        assert "मेहता" not in response.text


def test_the_signed_out_page_links_to_the_sign_in(newsstand: Newsstand) -> None:
    page = TestClient(create_app(newsstand.published, deny, "/auth/login?next=x")).get("/meetings").text
    assert '<a class="button" href="/auth/login?next=x" target="_top">' in page
    assert 'href="/meetings"><' not in page.split("<main")[1]


def test_routes_are_read_only(client: TestClient) -> None:
    app = client.app
    for address in list_addresses(app):
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            assert client.request(method, address).status_code == HTTPStatus.METHOD_NOT_ALLOWED, address


def test_pages_load_and_run_only_their_own_files(client: TestClient) -> None:
    for address in ("/meetings", "/network", "/nowhere", "/meetings?since=x"):
        response = client.get(address)
        policy = response.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert not re.findall(r"<[^>]+\s(?:style|on\w+)=", response.text)
        assert not re.findall(r"<script(?![^>]*(?:src=\"/|type=\"application/json\"))", response.text)
        assert not re.findall(r'(?:src|href)="(?:https?:)?//', response.text)


@pytest.fixture(scope="module")
def hostile(newsstand: Newsstand, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    stand = Newsstand(tmp_path_factory.mktemp("hostile"))
    stand.load(FIRST_DAY, [make_hostile_article(FIRST_DAY)])
    stand.publish()
    return TestClient(create_app(stand.published, lambda: None))


def test_a_hostile_article_is_harmless(hostile: TestClient) -> None:
    page = hostile.get("/meetings")
    addresses = {
        "/meetings",
        "/network",
        "/map",
        "/matrix",
        "/timeline",
        "/pipeline",
        "/sql?sql=FROM out.meeting",
    }
    addresses |= set(re.findall(r'href="(/(?:meetings|articles|entities)/[^"#?]+)', page.text))
    assert len(addresses) >= 8
    for address in addresses:
        response = hostile.get(address)
        assert response.status_code == HTTPStatus.OK
        assert SCRIPT not in response.text, address
        assert 'href="javascript:' not in response.text
        (title,) = re.findall(r"<title>(.*?)</title>", response.text, re.S)
        assert "\u202e" not in title
        for attribute in re.findall(r'(?:aria-label|title)="([^"]*)"', response.text):
            assert "\u202e" not in attribute
        # A direction override occurs only inside an element that isolates it.
        for before in response.text.split("\u202e")[:-1]:
            assert before.rfind("<bdi") > before.rfind("</bdi>") or before.rfind("<pre") > before.rfind(
                "</pre>"
            )


@pytest.mark.parametrize("name", TABLES)
def test_tables_are_downloaded_in_four_formats(
    client: TestClient, newsstand: Newsstand, name: str, tmp_path: Path
) -> None:
    with duckdb.connect(str(newsstand.published), read_only=True) as con:
        row = con.execute(
            "SELECT meeting_id, lead_article_id FROM out.meeting_index ORDER BY 1 LIMIT 1"
        ).fetchone()
        assert row is not None
    fields = {"meeting": row[0], "article": row[1], "who": "arjun", "country": "IND", "newest": "2024-05-15"}
    fields |= {"since": "2024-05-01", "until": "2024-05-31"}
    params = {key: value for key, value in fields.items() if key in TABLES[name].model_fields}
    counts = set()
    if name == "places":
        pytest.skip("places have no coordinates yet")
    workbook = client.get(f"/download/{name}/xlsx", params=params)
    assert workbook.status_code == HTTPStatus.OK, workbook.text
    counts.add((read_row_count(workbook.content) - 1,))
    for export_format in ("csv", "parquet", "jsonl"):
        response = client.get(f"/download/{name}/{export_format}", params=params)
        assert response.status_code == HTTPStatus.OK, response.text
        assert f'filename="mulaqat-{name}.{export_format}"' in response.headers["content-disposition"]
        file = tmp_path / f"file.{export_format}"
        file.write_bytes(response.content)
        reader = {"jsonl": "read_json", "csv": "read_csv", "parquet": "read_parquet"}[export_format]
        with duckdb.connect() as con:
            counts |= set(con.execute(f"SELECT count(*) FROM {reader}(?)", [str(file)]).fetchall())
    assert len(counts) == 1


def read_row_count(workbook: bytes) -> int:
    """Return the number of rows of the only sheet, with its header."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        return parts.read("xl/worksheets/sheet1.xml").count(b"<row ")


def test_an_invalid_field_is_named_in_plain_words(client: TestClient) -> None:
    for query, words in {
        "since=yesterday": "From: “yesterday” is not a date. Write it as 2024-05-31.",
        "status=done": "Status: “done” is not one of held,",
        "who=a,b,c,d": "Name: give at most 3 names.",
    }.items():
        page = client.get(f"/meetings?{query}").text
        assert words in html.unescape(page)
        assert "<title>The address contains an invalid value. (422) · Mulaqat</title>" in page
    answer = client.get("/api/meetings?since=yesterday")
    assert answer.json()["detail"].startswith("From: “yesterday”")


def test_a_slow_query_is_stopped(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    endless = "SELECT sum(one.range * other.range) FROM range(100000000) AS one, range(100000) AS other"
    monkeypatch.setattr("etl.warehouse.explore.select_lines", lambda name, parameters: endless)
    monkeypatch.setattr("etl.warehouse.explore.QUERY_SECONDS", 0.3)
    response = client.get("/network")
    assert response.status_code == HTTPStatus.GATEWAY_TIMEOUT
    assert "was stopped" in response.text


def test_invalid_addresses_get_an_error_page(client: TestClient) -> None:
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
        response = client.get(address)
        assert response.status_code == code, address
        assert '<p class="code">' in response.text


def test_a_missing_broken_or_old_warehouse_gets_an_error_page(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    client = TestClient(create_app(path, lambda: None))
    response = client.get("/meetings")
    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert "nothing has been published yet" in response.text
    path.write_bytes(b"x" * 5000)
    assert "cannot be opened as a warehouse" in client.get("/meetings").text
    path.unlink()
    with duckdb.connect(str(path)) as con:
        con.execute("CREATE SCHEMA out; CREATE VIEW out.meeting AS SELECT 1 AS meeting_id")
    response = client.get("/meetings")
    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert "older version" in response.text


def test_every_page_of_an_empty_warehouse_has_an_empty_state(empty: Newsstand) -> None:
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
        response = client.get(address)
        assert response.status_code == HTTPStatus.OK
        assert 'class="empty"' in response.text, address


def test_a_warehouse_replaced_while_in_use_causes_no_error(newsstand: Newsstand, tmp_path: Path) -> None:
    published = tmp_path / "w.duckdb"
    publish(newsstand.working, published)
    client = TestClient(create_app(published, lambda: None))
    stop, codes = threading.Event(), set()

    def read() -> None:
        while not stop.is_set():
            for address in ("/meetings", "/network", "/pipeline"):
                response = client.get(address)
                codes.add(response.status_code)

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


def test_routes_survive_random_parameters(client: TestClient) -> None:
    schema = schemathesis.openapi.from_dict(client.app.openapi())  # type: ignore[attr-defined]
    schema.app = client.app
    operations = [result.ok() for result in schema.get_all_operations()]
    assert len(operations) >= 15
    for operation in operations:

        @settings(max_examples=12, deadline=None, database=None, phases=[Phase.generate])
        @given(case=operation.as_strategy())
        def check(case: schemathesis.Case) -> None:
            response = case.call()
            # A copy without coordinates of places answers 503 to requests for them.
            is_older = b"older version" in response.content
            assert is_older or response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR, case.formatted_path

        check()


def test_the_sign_in_link_works_once_and_for_one_browser(newsstand: Newsstand) -> None:
    sign_in = OneTimeSignIn()
    app = create_standalone_app(newsstand.published, sign_in)
    address = f"/enter/{sign_in.token}"
    first = TestClient(app, base_url="http://127.0.0.1")
    assert first.get("/meetings").status_code == HTTPStatus.UNAUTHORIZED
    guess = first.get("/enter/guess")
    assert guess.status_code == HTTPStatus.UNAUTHORIZED
    assert "already been used" in guess.text
    assert "<nav" not in guess.text
    assert first.get(re.findall(r'href="([^"]+explorer.css)"', guess.text)[0]).status_code == HTTPStatus.OK
    entered = first.get(address, follow_redirects=False)
    assert entered.headers["location"] == "/meetings"
    assert re.search(rf"{COOKIE}=\S+; HttpOnly; Path=/; SameSite=strict", entered.headers["set-cookie"])
    assert first.get("/meetings").status_code == HTTPStatus.OK
    second = TestClient(app, base_url="http://127.0.0.1")
    assert second.get(address).status_code == HTTPStatus.UNAUTHORIZED
    assert second.get("/meetings").status_code == HTTPStatus.UNAUTHORIZED
    rebound = TestClient(app, base_url="http://evil.example", cookies=first.cookies)
    assert rebound.get("/meetings").status_code == HTTPStatus.BAD_REQUEST


def test_every_response_of_the_sign_in_has_the_security_headers(newsstand: Newsstand) -> None:
    sign_in = OneTimeSignIn()
    client = TestClient(create_standalone_app(newsstand.published, sign_in), base_url="http://127.0.0.1")
    address = f"/enter/{sign_in.token}"
    wanted = client.get("/meetings").headers
    names = (
        "content-security-policy",
        "x-content-type-options",
        "referrer-policy",
        "cross-origin-resource-policy",
    )
    for path, host in (
        ("/enter/guess", None),
        (address, None),
        (address, None),
        ("/enter/x", "evil.example"),
        ("/enter/", None),
    ):
        response = client.get(path, headers={"host": host} if host else {}, follow_redirects=False)
        assert {name: response.headers.get_list(name) for name in names} == {
            name: [wanted[name]] for name in names
        }
        assert "no-" in response.headers["cache-control"]


@pytest.mark.parametrize("excess", ["header", "many headers", "cookie", "query", "path"])
def test_a_request_with_a_long_head_is_rejected(client: TestClient, excess: str) -> None:
    long = "x" * 17_000
    path, headers = {
        "header": ("/meetings", {"x-long": long}),
        "many headers": ("/meetings", {f"x-{number}": "y" * 80 for number in range(250)}),
        "cookie": ("/meetings", {"cookie": f"a={long}"}),
        "query": (f"/meetings?who={long}", {}),
        "path": (f"/{long}", {}),
    }[excess]
    response = client.get(path, headers=headers)
    assert response.status_code == HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
    assert response.headers["x-content-type-options"] == "nosniff"
    assert client.get("/meetings", headers={"x-short": "x" * 1000}).status_code == HTTPStatus.OK


def test_the_server_stops_reading_a_head_without_end(newsstand: Newsstand) -> None:
    listener = listen(0)
    server = make_server(newsstand.published, OneTimeSignIn())
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        for line in (b"x-more: " + b"y" * 1000 + b"\r\n", b"y" * 1000):
            sent = send_without_end(listener.getsockname(), line)
            assert sent < 2 * 2**20
    finally:
        server.should_exit = True
        thread.join(timeout=30)
        listener.close()


def send_without_end(address: tuple[str, int], line: bytes) -> int:
    """Send the head of a request until the server disconnects; return the number of bytes sent, at most 64 MiB."""
    with socket.create_connection(address, timeout=30) as connection:
        connection.sendall(b"GET /meetings HTTP/1.1\r\nHost: 127.0.0.1\r\n")
        sent = 0
        try:
            while sent < 64 * 2**20:
                sent += connection.send(line)
                connection.settimeout(0.001)
                with suppress(TimeoutError):
                    if not connection.recv(4096):
                        break
                connection.settimeout(30)
        except ConnectionError:
            pass
    return sent
