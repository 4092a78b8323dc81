"""The archive's door: whatever a record contains is read back as it was written, or nothing is written at all."""

import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from etl.domain.ids import make_source_id
from etl.domain.raw import FAILURE_TYPE, HINT_HEADER, RawRecord
from etl.errors import ArchiveDamaged
from etl.extract import archive
from etl.extract.archive import add_records, list_partitions, read_partition
from etl.extract.failure import make_failure
from etl.extract.warc_records import storable

DAY = "2023-05-05"
MOMENT = datetime(2023, 5, 5, 9, tzinfo=UTC)
ANY_TEXT = st.text(st.characters(categories=["L", "N", "P", "S", "Z", "Cc", "Cf", "Cs"]), max_size=30)
ANY_URI = st.one_of(
    ANY_TEXT,
    ANY_TEXT.map("https://a.example/{}".format),
    ANY_TEXT.map("urn:x:{}".format),
    ANY_TEXT.map("<https://a.example/{}>".format),
)
ANY_HEADER = st.tuples(
    st.one_of(st.sampled_from(["Content-Type", "ETag", HINT_HEADER, "X"]), ANY_TEXT), ANY_TEXT
)
ANY_RECORD = st.builds(
    RawRecord,
    source_name=ANY_TEXT,
    uri=ANY_URI,
    content_type=st.one_of(
        st.sampled_from(["text/html; charset=utf-8", "application/json", FAILURE_TYPE]), ANY_TEXT
    ),
    payload=st.one_of(st.binary(max_size=60), st.just(b"HTTP/1.1 200 OK\r\n\r\nWARC/1.0\r\n")),
    partition_day=st.just(DAY),
    http_headers=st.lists(ANY_HEADER, max_size=4).map(tuple),
    kind=st.sampled_from(["page", "fields", "failure"]),
    collected_at=st.just(MOMENT),
    place=ANY_TEXT,
)


def page(uri: str, source: str = "दैनिक", payload: bytes = b"<p>x") -> RawRecord:
    headers = (("Content-Type", "text/html"), (HINT_HEADER, "2023-05-05T09:00:00+05:30"))
    return RawRecord(source, uri, "text/html", payload, DAY, headers)


def by_key(records: list[RawRecord]) -> dict[tuple[str, bytes], RawRecord]:
    return {(record.uri, record.payload): record for record in records}


@settings(max_examples=100, deadline=None)
@given(st.lists(ANY_RECORD, max_size=5))
def test_every_record_is_read_back(records: list[RawRecord]) -> None:
    with TemporaryDirectory() as folder:
        add_records(Path(folder), records)
        before = list_partitions(Path(folder))
        found = read_partition(Path(folder), DAY) if before else []
        given_back = by_key([storable(record) for record in records])
        assert by_key(found).keys() == given_back.keys()
        assert all(record.collected_at == MOMENT for record in found)
        one_source = len({make_source_id(record.source_name) for record in records}) <= 1
        if one_source and len(given_back) == len(records):
            assert by_key(found) == given_back
            assert {record.place for record in found} == {record.place for record in records}
        add_records(Path(folder), records)
        assert list_partitions(Path(folder)) == before


@pytest.mark.parametrize(
    ("uri", "source"),
    [
        ("https://a.example/1", "A\nWARC-Type: warcinfo"),
        ("https://a.example/1", "A\r\n\r\nWARC/1.0\r\nWARC-Type: response"),
        ("https://a.example/1", "A\u2028B\x85C"),
        ("https://a.example/1\r\nMulaqat-Source: another", "A"),
        ("https://a.example/1\r\n\r\nHTTP/1.1 200 OK", "A"),
        ("https://a.example/1\x00", "A"),
        ("https://a.example/with space", "A"),
        ("<https://a.example/1>", "A"),
        (" https://a.example/1 ", "A"),
        ("https://a.example/\ud83d", "A \udc00"),
        ("", ""),
        ("HTTPS://A.example/1", "  A"),
        ("urn:sha256:77", "A"),
        ("https://a.example/1", "क" * 300),
    ],
)
def test_hostile_names_and_addresses_change_nothing(tmp_path: Path, uri: str, source: str) -> None:
    records = [page(uri, source), page("https://a.example/2", source), page("https://a.example/3", "other")]
    assert add_records(tmp_path, records) == {DAY: 3}
    assert by_key(read_partition(tmp_path, DAY)) == by_key([storable(record) for record in records])
    assert {record.uri for record in read_partition(tmp_path, DAY)} == {record.uri for record in records}
    assert add_records(tmp_path, records) == {}
    for index in tmp_path.glob("*/*/*.cdxj"):
        index.unlink()
    assert add_records(tmp_path, records) == {}


@pytest.mark.parametrize("content_type", [FAILURE_TYPE, "application/json", f"{FAILURE_TYPE}; charset=utf-8"])
@pytest.mark.parametrize("uri", ["https://a.example/1", "urn:sha256:77"])
def test_a_server_cannot_choose_the_kind_of_its_record(tmp_path: Path, uri: str, content_type: str) -> None:
    record = RawRecord("A", uri, content_type, b'{"reason": "x"}', DAY, (("Content-Type", content_type),))
    add_records(tmp_path, [record, make_failure("A", "https://a.example/2", "not_found", "404", DAY)])
    kinds = {found.uri: found.kind for found in read_partition(tmp_path, DAY)}
    assert kinds == {uri: "page", "https://a.example/2": "failure"}


def test_pages_without_url_keep_their_bytes_and_their_date(tmp_path: Path) -> None:
    add_records(tmp_path, [page("urn:sha256:77", payload="<p>पन्ना".encode())])
    (found,) = read_partition(tmp_path, DAY)
    assert (found.payload, found.content_type) == ("<p>पन्ना".encode(), "text/html")
    assert found.http_headers == ((HINT_HEADER, "2023-05-05T09:00:00+05:30"),)


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        ("text/html\r\nX-Injected: 1", "text/html X-Injected: 1"),
        ("text/html; charset=\u0939", "text/html; charset=%E0%A4%B9"),
        ("text/html\x00\x0b", "text/html"),
    ],
)
def test_headers_of_servers_lose_what_http_forbids(tmp_path: Path, value: str, stored: str) -> None:
    headers = (("Content-Type", value), ("Bad Name\r\n", "x"), ("ETag", '"7"'))
    add_records(tmp_path, [RawRecord("A", "https://a.example/1", value, b"x", DAY, headers)])
    (found,) = read_partition(tmp_path, DAY)
    assert (found.content_type, found.payload) == (stored, b"x")
    assert found.http_headers == (("Content-Type", stored), ("ETag", '"7"'))


def write_first_format(file: Path, records: list[RawRecord]) -> None:
    """Write a WARC file as the first version of the archive did, without an index."""
    file.parent.mkdir(parents=True)
    with file.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for record in records:
            http = StatusAndHeaders("200 OK", list(record.http_headers), protocol="HTTP/1.1")
            kind = (
                "response" if record.http_headers else "metadata" if record.kind == "failure" else "resource"
            )
            writer.write_record(
                writer.create_warc_record(
                    record.uri,
                    kind,
                    payload=BytesIO(record.payload),
                    length=len(record.payload),
                    warc_content_type="" if record.http_headers else record.content_type,
                    warc_headers_dict={"Mulaqat-Source": record.source_name},
                    http_headers=http if record.http_headers else None,
                )
            )


def first_format_records() -> list[RawRecord]:
    fields = RawRecord("A", "https://a.example/1", "application/json", b'{"text": "x"}', DAY, kind="fields")
    failure = make_failure("A", "https://a.example/2", "not_found", "404", DAY)
    return [fields, failure, page("https://a.example/3", "A"), page("urn:sha256:77", "A")]


def test_archives_of_the_first_format_are_read_and_not_added_again(tmp_path: Path) -> None:
    records = first_format_records()
    write_first_format(tmp_path / "a" / DAY / "00.warc.gz", records)
    found = {record.uri: record for record in read_partition(tmp_path, DAY)}
    assert [found[record.uri].kind for record in records] == ["fields", "failure", "page", "page"]
    assert [found[record.uri].payload for record in records] == [record.payload for record in records]
    assert dict(found["urn:sha256:77"].http_headers)[HINT_HEADER] == "2023-05-05T09:00:00+05:30"
    assert add_records(tmp_path, records) == {}


def cut_at_a_record(data: bytes) -> bytes:
    return data[: data.rindex(b"\x1f\x8b\x08")]


def other_bytes(data: bytes) -> bytes:
    """Change a payload and its checksums of gzip, but not its digest."""
    members = [b"\x1f\x8b\x08" + member for member in data.split(b"\x1f\x8b\x08")[1:]]
    return b"".join(gzip.compress(gzip.decompress(member).replace(b"<p>x", b"<p>y")) for member in members)


@pytest.mark.parametrize(
    "damage",
    [
        cut_at_a_record,
        other_bytes,
        lambda data: data[:-20],
        lambda data: data[: len(data) // 2],
        lambda data: b"",
        lambda data: b"not a WARC file",
        lambda data: data[:200] + b"\xff" * 20 + data[220:],
    ],
)
def test_a_damaged_file_stops_with_its_name_and_the_way_back(
    tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    add_records(tmp_path, [page(f"https://a.example/{number}") for number in range(3)])
    (file,) = tmp_path.glob("*/*/*.warc.gz")
    file.write_bytes(damage(file.read_bytes()))
    with pytest.raises(ArchiveDamaged, match=rf"{file.name}.*restore the file from a backup"):
        read_partition(tmp_path, DAY)


def test_a_file_of_the_first_format_that_lost_a_record_is_damaged(tmp_path: Path) -> None:
    file = tmp_path / "a" / DAY / "00.warc.gz"
    write_first_format(file, first_format_records())
    add_records(tmp_path, [page("https://a.example/3", "A")])  # builds the index
    file.write_bytes(cut_at_a_record(file.read_bytes()))
    with pytest.raises(ArchiveDamaged, match=file.name):
        read_partition(tmp_path, DAY)


@pytest.mark.parametrize("content", ["x", "a b {}\n", "a b {\n", "a b []\n"])
def test_a_damaged_index_stops_with_its_name_and_the_way_back(tmp_path: Path, content: str) -> None:
    add_records(tmp_path, [page("https://a.example/1")])
    (index,) = tmp_path.glob("*/*/*.cdxj")
    index.write_text(f"{content}\n", encoding="utf-8")
    with pytest.raises(ArchiveDamaged, match=rf"{index.name}.*delete this index"):
        add_records(tmp_path, [page("https://a.example/2")])
    index.unlink()
    assert add_records(tmp_path, [page("https://a.example/1"), page("https://a.example/2")]) == {DAY: 1}


@pytest.fixture(params=["lost", "changed", "twice"])
def faulty_writer(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Make the archive write something else than it was given."""
    write = archive.write_record

    def write_badly(writer: WARCWriter, record: RawRecord) -> None:
        if request.param == "changed":
            write(writer, replace(record, uri=f"{record.uri}x"))
        for _ in range({"lost": 0, "changed": 0, "twice": 2}[request.param]):
            write(writer, record)

    with monkeypatch.context() as patch:
        patch.setattr(archive, "write_record", write_badly)
        yield


@pytest.mark.usefixtures("faulty_writer")
def test_a_file_that_does_not_read_back_is_not_added(tmp_path: Path) -> None:
    with pytest.raises(ArchiveDamaged, match="nothing was added"):
        add_records(tmp_path, [page("https://a.example/1")])
    assert not [file for file in tmp_path.rglob("*") if file.is_file()]


def test_the_index_is_renamed_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    renamed: list[str] = []
    replace_file = Path.replace

    def note(self: Path, target: Path) -> Path:
        renamed.append(target.suffix)
        return replace_file(self, target)

    monkeypatch.setattr(Path, "replace", note)
    add_records(tmp_path, [page("https://a.example/1")])
    assert renamed == [".cdxj", ".gz"]


def test_index_holds_the_exact_address(tmp_path: Path) -> None:
    add_records(tmp_path, [page("https://a.example/with space"), page("https://a.example/\r\nX: y")])
    (index,) = tmp_path.glob("*/*/*.cdxj")
    entries = [json.loads(line.split(" ", 2)[2]) for line in index.read_text(encoding="utf-8").splitlines()]
    assert {entry["url"] for entry in entries} == {
        "https://a.example/with space",
        "https://a.example/\r\nX: y",
    }
