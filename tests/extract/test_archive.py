"""The raw archive stores every record once, whatever the order and number of runs."""

import json
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from etl.domain.raw import RawRecord
from etl.extract.archive import add_records, list_partitions, read_partition
from etl.extract.failure import make_failure


def make_record(number: int, day: str = "2023-05-05", source: str = "दैनिक समाचार") -> RawRecord:
    payload = f'{{"text": "खबर {number}"}}'.encode()
    return RawRecord(source, f"https://a.example/{number}", "application/json", payload, day)


def test_records_come_back_untouched(tmp_path: Path) -> None:
    records = [make_record(number) for number in range(3)]
    assert add_records(tmp_path, records) == {"2023-05-05": 3}
    assert sorted(read_partition(tmp_path, "2023-05-05"), key=lambda r: r.uri) == records


def test_adding_again_adds_nothing(tmp_path: Path) -> None:
    records = [make_record(number) for number in range(3)]
    add_records(tmp_path, records)
    before = list_partitions(tmp_path)
    assert add_records(tmp_path, records[::-1]) == {}
    assert list_partitions(tmp_path) == before


def test_order_of_arrival_does_not_matter(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    first, second = [make_record(1), make_record(2)], [make_record(3), make_record(4, source="एजेंसी")]
    for batch in (first, second):
        add_records(one, batch)
    for batch in (second, first):
        add_records(other, batch)
    assert read_partition(one, "2023-05-05") == read_partition(other, "2023-05-05")


def test_late_record_changes_the_fingerprint_of_its_day_only(tmp_path: Path) -> None:
    add_records(tmp_path, [make_record(1), make_record(2, day="2023-05-06")])
    before = list_partitions(tmp_path)
    assert add_records(tmp_path, [make_record(3)]) == {"2023-05-05": 1}
    after = list_partitions(tmp_path)
    assert after["2023-05-05"] != before["2023-05-05"]
    assert after["2023-05-06"] == before["2023-05-06"]


def test_revision_of_the_same_url_is_stored_beside_the_first(tmp_path: Path) -> None:
    revised = RawRecord("दैनिक समाचार", "https://a.example/1", "application/json", b"{}", "2023-05-05")
    add_records(tmp_path, [make_record(1)])
    assert add_records(tmp_path, [make_record(1), revised]) == {"2023-05-05": 1}
    assert len(read_partition(tmp_path, "2023-05-05")) == 2


def test_partial_file_of_a_killed_run_is_not_read(tmp_path: Path) -> None:
    add_records(tmp_path, [make_record(1)])
    (whole,) = tmp_path.glob("*/*/*.warc.gz")
    (whole.parent / f".{whole.name}.deadbeef").write_bytes(whole.read_bytes()[:40])
    assert len(read_partition(tmp_path, "2023-05-05")) == 1


def test_files_are_warc_resource_records(tmp_path: Path) -> None:
    add_records(tmp_path, [make_record(1)])
    (file,) = tmp_path.glob("*/*/*.warc.gz")
    with file.open("rb") as stream:
        (kinds,) = [(record.rec_type, record.content_type) for record in ArchiveIterator(stream)]
    assert kinds == ("resource", "application/json")


def test_pages_keep_their_headers_and_failures_their_reason(tmp_path: Path) -> None:
    headers = (("Content-Type", "text/html; charset=utf-8"), ("ETag", '"7"'))
    page = RawRecord("दैनिक", "https://a.example/7", headers[0][1], "पन्ना".encode(), "2023-05-05", headers)
    failure = make_failure("दैनिक", "https://a.example/8", "http_403", "forbidden", "2023-05-05")
    add_records(tmp_path, [page, failure])
    assert sorted(read_partition(tmp_path, "2023-05-05"), key=lambda r: r.uri) == [page, failure]
    (file,) = tmp_path.glob("*/*/*.warc.gz")
    with file.open("rb") as stream:
        assert sorted(record.rec_type for record in ArchiveIterator(stream)) == ["metadata", "response"]


def test_index_gives_the_offset_of_each_record(tmp_path: Path) -> None:
    add_records(tmp_path, [make_record(number) for number in range(3)])
    (index,) = tmp_path.glob("*/*/*.cdxj")
    entries = [json.loads(line.split(" ", 2)[2]) for line in index.read_text(encoding="utf-8").splitlines()]
    for entry in entries:
        with (index.parent / entry["filename"]).open("rb") as stream:
            stream.seek(int(entry["offset"]))
            record = next(iter(ArchiveIterator(stream)))
            assert record.rec_headers.get_header("WARC-Target-URI") == entry["url"]
    assert [entry["url"] for entry in entries] == [f"https://a.example/{number}" for number in range(3)]


def test_missing_index_is_rebuilt(tmp_path: Path) -> None:
    records = [make_record(number) for number in range(3)]
    add_records(tmp_path, records)
    (index,) = tmp_path.glob("*/*/*.cdxj")
    before = index.read_bytes()
    index.unlink()
    assert add_records(tmp_path, records) == {}
    assert index.read_bytes() == before
