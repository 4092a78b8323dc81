"""One record of a file never stops the others: what cannot be read is one counted rejection with its place."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from etl.domain.article import Article, Rejection
from etl.domain.days import IST, UNDATED
from etl.domain.ids import make_source_id
from etl.domain.raw import RawArticle, RawRecord
from etl.errors import RejectedArticle
from etl.extract import inbox
from etl.extract.archive import add_records, list_partitions, read_partition
from etl.extract.fields import parse_fields, parse_moment
from etl.extract.inbox import InboxOptions, read_inbox
from etl.extract.limits import RecordLimits
from etl.extract.markup import plain_text, strip_markup
from etl.extract.parse import parse_article
from etl.pipeline.clean import _clean_partition

NOW = datetime(2026, 3, 10, 12, tzinfo=IST)
TEXT = "मुख्यमंत्री ने मंगलवार को राजधानी में किसानों के प्रतिनिधियों से बातचीत की और मांगें सुनीं।"
GOOD = {"url": "https://a.example/good", "text": TEXT, "published_at": "2026-03-02T10:00:00"}


def clean_all(raw_dir: Path, records: Iterator[RawRecord]) -> tuple[list[Article], list[Rejection]]:
    """Store records twice, clean every partition, and check that every record is counted and written once."""
    given = list(records)
    add_records(raw_dir, given)
    assert add_records(raw_dir, given) == {}
    articles, rejected, count = [], [], 0
    for day in list_partitions(raw_dir):
        stored = read_partition(raw_dir, day)
        kept, refused = _clean_partition(stored, ())
        articles += kept
        rejected += refused
        count += len(stored)
    assert len(articles) + len(rejected) == count == len({(r.uri, r.payload) for r in given})
    return articles, rejected


def fields_of(**values: object) -> RawArticle:
    return parse_fields(json.dumps({"text": TEXT, **values}).encode(), date(2026, 3, 12))


BAD_LINES = [
    (b"[" * 100_000, "unreadable"),
    (b'{"a":' * 100_000, "unreadable"),
    (b"[[[" + b"{" * 90_000, "bad_json"),
    (b'{"text": "\xff\xfe', "bad_json"),
    (b"\x00\x01\x02", "bad_json"),
    (b'{"text": {"a": 1}}', "bad_record"),
    (b'{"text": ["a", 1]}', "bad_record"),
    (b'{"text": NaN}', "bad_record"),
    (b'{"text": 1' + b"0" * 5000 + b"}", "bad_json"),
]


@pytest.mark.parametrize(("line", "reason"), BAD_LINES, ids=range(len(BAD_LINES)))
def test_a_bad_line_is_one_rejection_with_file_and_line(tmp_path: Path, line: bytes, reason: str) -> None:
    good = json.dumps(GOOD).encode()
    (tmp_path / "a.jsonl").write_bytes(b"\n".join([good, b"", line, good.replace(b"good", b"next")]) + b"\n")
    articles, rejected = clean_all(tmp_path / "raw", read_inbox(tmp_path / "a.jsonl", collected_at=NOW))
    assert {article.url for article in articles} == {"https://a.example/good", "https://a.example/next"}
    ((found, detail),) = [(rejection.reason, rejection.detail) for rejection in rejected]
    assert found == reason
    assert detail.startswith("a.jsonl:3: ")


def test_an_unexpected_error_is_logged_with_its_traceback(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"[" * 100_000)
    _, rejected = clean_all(tmp_path / "raw", read_inbox(tmp_path / "a.jsonl", collected_at=NOW))
    assert [rejection.detail.split(": ")[:2] for rejection in rejected] == [["a.jsonl:1", "RecursionError"]]
    logged = [record for record in caplog.records if record.levelname == "ERROR"]
    assert logged and all(record.exc_info and "a.jsonl:1" in record.getMessage() for record in logged)


@pytest.mark.parametrize("failing", ["clean_article", "parse_article"])
@pytest.mark.parametrize("error", [KeyError("x"), OSError(75, "too large"), RecursionError(), MemoryError()])
def test_any_error_of_one_record_rejects_that_record_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str, error: Exception
) -> None:
    bad = {**GOOD, "url": "https://a.example/bad", "text": f"{TEXT} खराब"}
    (tmp_path / "a.jsonl").write_text(f"{json.dumps(bad)}\n{json.dumps(GOOD)}\n", encoding="utf-8")
    module = __import__("etl.pipeline.clean", fromlist=["clean"])
    real = getattr(module, failing)

    def fail_for_the_bad_one(record: RawRecord | RawArticle, *rest: object) -> object:
        if "bad" in (record.uri if isinstance(record, RawRecord) else record.url or ""):
            raise error
        return real(record, *rest)

    monkeypatch.setattr(module, failing, fail_for_the_bad_one)
    articles, rejected = clean_all(tmp_path / "raw", read_inbox(tmp_path / "a.jsonl", collected_at=NOW))
    assert [article.url for article in articles] == ["https://a.example/good"]
    reason = "too_costly" if isinstance(error, MemoryError) else "unreadable"
    assert [(r.reason, r.uri) for r in rejected] == [(reason, "https://a.example/bad")]
    assert type(error).__name__ in rejected[0].detail


@pytest.mark.parametrize(
    ("escaped", "mended"),
    [
        ("\\ud83d", "\ufffd"),
        ("\\ude4f", "\ufffd"),
        ("\\ud83d\\ude4f", "🙏"),
        ("\\ude4f\\ud83d", "\ufffd\ufffd"),
        ("\\ud800\\udbff", "\ufffd\ufffd"),
    ],
)
@pytest.mark.parametrize("name", ["text", "title", "url", "source"])
def test_lone_surrogates_cost_one_character(tmp_path: Path, name: str, escaped: str, mended: str) -> None:
    fields = {"url": "https://a.example/1", "title": "शीर्षक", "source": "दैनिक", "text": TEXT}
    line = json.dumps({**fields, name: f"{fields[name]}X"}).replace("X", escaped)
    (tmp_path / "a.jsonl").write_text(line, encoding="ascii")
    (article,), rejected = clean_all(tmp_path / "raw", read_inbox(tmp_path / "a.jsonl", collected_at=NOW))
    assert not rejected
    given = {"text": article.text, "title": article.title, "url": article.url, "source": article.source_name}
    assert mended in (given[name] or "")


@pytest.mark.parametrize(
    "script", ['"headline": "\\ud83d"', '"author": "\\udc00 क"', '"keywords": "\\ud800,क"']
)
def test_lone_surrogates_in_the_metadata_of_a_page(tmp_path: Path, script: str) -> None:
    page = (
        f'<html><head><script type="application/ld+json">{{"@type": "NewsArticle", {script}}}</script></head>'
        f"<body><h1>किसानों से बातचीत</h1><p>{TEXT}</p><p>{TEXT} फिर</p></body></html>"
    )
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    articles, rejected = clean_all(tmp_path / "raw", read_inbox(tmp_path, collected_at=NOW))
    assert (len(articles), len(rejected)) == (1, 0)
    str(articles).encode()


@pytest.mark.parametrize(
    "name", [b"\xff\xfe.jsonl", b"a\xe0\xa4.html", b"x\nWARC-Type: y\x80.parquet", b"\xe9.txt"]
)
def test_names_of_files_need_not_be_utf8(tmp_path: Path, name: bytes) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / os.fsdecode(name)).write_bytes(b"{broken")
    (folder / "z.jsonl").write_text(json.dumps(GOOD), encoding="utf-8")
    articles, rejected = clean_all(tmp_path / "raw", read_inbox(folder, collected_at=NOW))
    assert (len(articles), len(rejected)) == (1, 1)
    str(rejected).encode()


def test_a_file_that_cannot_be_opened_leaves_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.html", "b.jsonl", "c.txt", "d.parquet", "z.jsonl"):
        (tmp_path / name).write_text(json.dumps(GOOD), encoding="utf-8")
    real = Path.open

    def refuse(self: Path, *rest: object, **options: object) -> object:
        if self.parent == tmp_path and self.name != "z.jsonl":
            raise PermissionError(13, "Permission denied")
        return real(self, *rest, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    records = list(read_inbox(tmp_path, collected_at=NOW))
    assert [record.kind for record in records] == ["failure"] * 4 + ["fields"]


@pytest.mark.parametrize("name", ["स" * 300, "a" * 256, "a-" * 4000, "\u0001" * 300 + "क"])
def test_long_names_of_sources_get_a_short_id(tmp_path: Path, name: str) -> None:
    line = json.dumps({**GOOD, "source": name})
    (tmp_path / "a.jsonl").write_text(line, encoding="utf-8")
    articles, rejected = clean_all(tmp_path / "raw", read_inbox(tmp_path / "a.jsonl", collected_at=NOW))
    assert (len(articles), len(rejected)) == (1, 0)
    assert len(make_source_id(name)) <= 255
    assert make_source_id(name) != make_source_id(f"{name}x") or name.startswith("\u0001")


def test_ids_of_names_that_were_possible_stay() -> None:
    assert make_source_id("BBC Hindi") == "bbc-hindi"
    assert make_source_id("a" * 255) == "a" * 255


@pytest.mark.parametrize("source", ["A\nWARC-Type: warcinfo", "A\r\n\r\nX", "A\u2028B", "A\x00\x1fB"])
def test_control_characters_in_a_source_lose_no_line(tmp_path: Path, source: str) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({**GOOD, "source": source}), encoding="utf-8")
    (article,), rejected = clean_all(tmp_path / "raw", read_inbox(tmp_path / "a.jsonl", collected_at=NOW))
    assert article.source_name.startswith("A")
    assert article.source_name.isprintable()
    assert not rejected


MOMENTS = [
    (1772426400, "2026-03-02T10:10:00+05:30"),
    (1772426400.0, "2026-03-02T10:10:00+05:30"),
    ("1772426400", "2026-03-02T10:10:00+05:30"),
    ("1772426400.0", "2026-03-02T10:10:00+05:30"),
    (1772426400000, "2026-03-02T10:10:00+05:30"),
    (1772426400000000, "2026-03-02T10:10:00+05:30"),
    (1772426400000000000, "2026-03-02T10:10:00+05:30"),
    (-631152000, "1950-01-01T05:30:00+05:30"),
    (20260302, "2026-03-02T00:00:00+05:30"),
    ("20260302", "2026-03-02T00:00:00+05:30"),
    ("20260302043000", "2026-03-02T10:00:00+05:30"),
    ("20260302T043000Z", "2026-03-02T10:00:00+05:30"),
    ("2026-03-02 04:30:00 UTC", "2026-03-02T10:00:00+05:30"),
    ("2026-03-02T04:30:00.123456789Z", "2026-03-02T10:00:00.123456+05:30"),
    ("Mon, 02 Mar 2026 10:00:00 +0530", "2026-03-02T10:00:00+05:30"),
    ("Mon, 02 Mar 2026 10:00:00 IST", "2026-03-02T10:00:00+05:30"),
    ("02/03/2026 10:00", "2026-03-02T10:00:00+05:30"),
    ("02-03-2026", "2026-03-02T00:00:00+05:30"),
    ("2 मार्च 2026", "2026-03-02T00:00:00+05:30"),
    ("March 2, 2026", "2026-03-02T00:00:00+05:30"),
    (" 2026-03-02 ", "2026-03-02T00:00:00+05:30"),
]


@pytest.mark.parametrize(("value", "moment"), MOMENTS)
def test_times_of_all_usual_kinds(value: object, moment: str) -> None:
    assert parse_moment(value) == datetime.fromisoformat(moment)


@pytest.mark.parametrize("value", [None, "", " ", "NaN", "NaT", "nan", "None", "null", "<NA>", float("nan")])
def test_a_missing_time_leaves_no_note(value: object) -> None:
    article = fields_of(published_at=value, title=value, source=value, url=value)
    assert (article.published_at, article.title, article.url, article.source_name) == (
        None,
        None,
        None,
        "inbox",
    )
    assert article.extraction is None


@pytest.mark.parametrize(
    ("value", "note"),
    [
        ("कल", "unreadable"),
        ("5 मई", "unreadable"),
        ("x" * 100_000, "unreadable"),
        (["2026-03-02"], "unreadable"),
        ({"$date": 5}, "unreadable"),
        (True, "unreadable"),
        (5, "unreadable"),
        (10**30, "unreadable"),
        (-5 * 10**18, "out_of_range"),
        ("0001-01-01T00:00:00Z", "out_of_range"),
        ("0001-01-01", "out_of_range"),
        ("9999-12-31T23:59:59Z", "out_of_range"),
        ("2262-04-11T23:47:16", "out_of_range"),
        ("1899-12-31", "out_of_range"),
        ("2031-01-01", "out_of_range"),
        ("2026-03-13", "out_of_range"),
        (9223372036854775807, "out_of_range"),
    ],
)
def test_a_time_that_cannot_be_true_leaves_the_article_undated(value: object, note: str) -> None:
    article = fields_of(published_at=value)
    assert (article.text, article.published_at, article.extraction) == (TEXT, None, f"published_at={note}")


@pytest.mark.parametrize("value", ["2026-03-12T23:59:00", "1900-01-01", "2026-03-02"])
def test_times_within_the_bounds_are_kept(value: str) -> None:
    assert fields_of(published_at=value).published_at == datetime.fromisoformat(value).replace(tzinfo=IST)


@pytest.mark.parametrize(
    "value", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "2031-03-02", "2062-01-01"]
)
def test_a_line_with_a_bad_time_is_stored_undated_and_its_neighbours_too(tmp_path: Path, value: str) -> None:
    bad = {**GOOD, "url": "https://a.example/bad", "text": f"{TEXT} खराब", "published_at": value}
    (tmp_path / "a.jsonl").write_text(f"{json.dumps(bad)}\n{json.dumps(GOOD)}\n", encoding="utf-8")
    articles, rejected = clean_all(tmp_path / "raw", read_inbox(tmp_path / "a.jsonl", collected_at=NOW))
    days = {article.url: (article.partition_day, article.extraction) for article in articles}
    assert days == {
        "https://a.example/bad": (UNDATED, "published_at=out_of_range"),
        "https://a.example/good": ("2026-03-02", None),
    }
    assert not rejected


def test_clean_reads_an_article_as_collect_did_however_much_later(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({**GOOD, "published_at": "2026-06-01"}), encoding="utf-8")
    early = list(read_inbox(tmp_path / "a.jsonl", collected_at=NOW))
    assert [record.partition_day for record in early] == [UNDATED]
    late = parse_article(RawRecord("x", "x", "", early[0].payload, UNDATED, kind="fields", collected_at=NOW))
    assert late.published_at is None
    summer = datetime(2026, 7, 1, tzinfo=UTC)
    assert [r.partition_day for r in read_inbox(tmp_path / "a.jsonl", collected_at=summer)] == ["2026-06-01"]


@pytest.mark.parametrize(
    ("name", "value", "given"),
    [
        ("title", 123, "123"),
        ("title", 12.5, "12.5"),
        ("title", ["क"], None),
        ("title", {"hi": "क"}, None),
        ("title", True, None),
        ("title", "क" * 20_000, None),
        ("title", "<b>क</b> ख", "क ख"),
        ("url", ["https://a.example/1"], None),
        ("url", 5, None),
        ("url", "https://a.example/" + "x" * 9000, None),
        ("url", "example.org/no-scheme", "example.org/no-scheme"),
        ("source_name", ["क"], "inbox"),
        ("source_name", 7, "7"),
    ],
)
def test_a_bad_optional_field_costs_only_itself(name: str, value: object, given: str | None) -> None:
    article = fields_of(**{name.removesuffix("_name"): value}, published_at="2026-03-02")
    assert getattr(article, name) == given
    assert article.text == TEXT
    assert article.published_at == datetime(2026, 3, 2, tzinfo=IST)
    is_dropped = given in (None, "inbox")
    assert article.extraction == (f"{name.removesuffix('_name')}=unreadable" if is_dropped else None)


def test_names_of_fields_are_matched_without_regard_to_case() -> None:
    article = parse_fields(json.dumps({"URL": "urn:x", "Title": "क", " Text ": TEXT, "text": None}).encode())
    assert (article.url, article.title, article.text) == ("urn:x", "क", TEXT)


HTML_TEXTS = [
    ("<p>एक</p><p>दो</p>", "एक\nदो"),
    ("<div class='x'>एक<br/>दो</div>", "एक\nदो"),
    ("एक <b>बड़ी</b> खबर<br>दो", "एक बड़ी खबर\nदो"),
    ("<script>var a = '<p>';</script><p>एक</p><style>p {}</style>", "एक"),
    ("&lt;p&gt;एक&lt;/p&gt;&lt;p&gt;दो&lt;/p&gt;", "एक\nदो"),
    ("एक\\nदो", "एक\nदो"),
    ("एक\\r\\n\\r\\nदो", "एक\nदो"),
    ("5 < 7 और 9 > 8", "5 < 7 और 9 > 8"),
    ("a <unknown> b", "a <unknown> b"),
    ("एक\nपथ C:\\new", "एक\nपथ C:\\new"),
]


@pytest.mark.parametrize(("given", "text"), HTML_TEXTS)
def test_html_in_a_text_becomes_lines(given: str, text: str) -> None:
    assert fields_of(text=given).text.replace("\n\n", "\n") == text


@pytest.mark.parametrize(
    "piece", ["<", "<p", "<script ", "<script>", "</", "<!--", "&lt;", "\\n", "<p>", "-->", "<a b='"]
)
def test_reading_html_takes_linear_time(piece: str) -> None:
    def steps(text: str) -> int:
        return len(plain_text(text)) + len(strip_markup(text))

    assert (
        steps(piece * 200_000) <= len(piece) * 800_000
    )  # quadratic patterns exceed the time limit of the test


def test_a_text_may_be_a_list_of_paragraphs() -> None:
    assert fields_of(text=[TEXT, "दो"]).text == f"{TEXT}\nदो"


@pytest.mark.parametrize("text", ["अनंत पाठक मिले अली रजा से", "अमृतसर में बैठक", "आज की खबर"])
def test_doubly_encoded_titles_and_texts_are_mended(text: str) -> None:
    doubled = text.encode().decode("latin-1")
    article = fields_of(title=doubled, source=doubled, text=f"{doubled}\n{TEXT}")
    assert (article.title, article.source_name, article.text) == (text, text, f"{text}\n{TEXT}")


LIMITS = RecordLimits(record_bytes=2_000)


@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b""])
@pytest.mark.parametrize("size", [2_001, 70_000, 3_000_000])
def test_a_line_that_is_too_long_is_skipped_and_counted(tmp_path: Path, size: int, ending: bytes) -> None:
    good, long = json.dumps(GOOD).encode(), b'{"text": "' + b"x" * size
    (tmp_path / "a.jsonl").write_bytes(good + b"\n" + long + ending)
    first, second = inbox._read_jsonl(tmp_path / "a.jsonl", InboxOptions(collected_at=NOW, limits=LIMITS))
    assert (first.kind, second.kind, second.place) == ("fields", "failure", "a.jsonl:2")
    with pytest.raises(RejectedArticle, match="too_long"):
        parse_article(second)
    assert second.uri == inbox._urn(long)


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.html.gz"])
def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, name: str) -> None:
    with (tmp_path / name).open("wb") as stream:
        stream.truncate(60 * 1024 * 1024)
    (tmp_path / "z.jsonl").write_text(json.dumps(GOOD), encoding="utf-8")
    large, good = read_inbox(tmp_path, collected_at=NOW)
    assert (large.kind, large.uri, good.kind) == ("failure", f"urn:file:{name}", "fields")
    with pytest.raises(RejectedArticle, match="too_large"):
        parse_article(large)


def write_parquet(file: Path, columns: dict[str, pa.Array], **options: object) -> Path:
    pq.write_table(pa.table(columns), file, **options)
    return file


def texts(count: int) -> pa.Array:
    return pa.array([f"{TEXT} बैठक {number}।" for number in range(count)])


@pytest.mark.parametrize("kind", [pa.binary(), pa.large_binary(), pa.string(), pa.large_string()])
@pytest.mark.parametrize("is_dictionary", [True, False])
def test_text_in_parquet_is_utf8_whatever_the_type_of_its_column(
    tmp_path: Path, kind: pa.DataType, is_dictionary: bool
) -> None:
    column = texts(3).cast(pa.binary()).cast(kind)
    titles = pa.array(["पहली खबर", "दूसरी खबर", "तीसरी खबर"]).cast(pa.binary()).cast(kind)
    file = write_parquet(
        tmp_path / "a.parquet", {"text": column, "title": titles}, use_dictionary=is_dictionary
    )
    articles, rejected = clean_all(tmp_path / "raw", read_inbox(file, collected_at=NOW))
    assert {article.title for article in articles} == {"पहली खबर", "दूसरी खबर", "तीसरी खबर"}
    assert {article.text[article.body_start_char :] for article in articles} == set(texts(3).to_pylist())
    assert not rejected


@pytest.mark.parametrize("bad", [b"\xff\xfe\xfa", b"\xe0\xa4", b"\x80" + TEXT.encode()])
def test_invalid_utf8_in_parquet_costs_its_own_characters(tmp_path: Path, bad: bytes) -> None:
    cells = [TEXT.encode(), TEXT.encode() + bad, TEXT.encode()]
    buffers = pa.array(cells, pa.binary()).buffers()
    column = pa.Array.from_buffers(pa.string(), 3, buffers)
    file = write_parquet(
        tmp_path / "a.parquet", {"text": column, "url": pa.array(["urn:1", "urn:2", "urn:3"])}
    )
    articles, rejected = clean_all(tmp_path / "raw", read_inbox(file, collected_at=NOW))
    assert (len(articles), len(rejected)) == (3, 0)


STAMPS = [
    (pa.array([2**62, 1_772_426_400_000_000, None], pa.timestamp("us")), "out_of_range|unreadable"),
    (pa.array([-(2**62), 1_772_426_400_000, None], pa.timestamp("ms")), "out_of_range|unreadable"),
    (pa.array([2**50, 1_772_426_400, None], pa.timestamp("s", "UTC")), "out_of_range|unreadable"),
    (
        pa.array([2**63 - 1, 1_772_426_400_000_000_123, None], pa.timestamp("ns", "Asia/Kolkata")),
        "out_of_range",
    ),
    (pa.array([2**31 - 1, 20_514, None], pa.int32()).cast(pa.date32()), "out_of_range|unreadable"),
    (pa.array([Decimal("1e20"), Decimal("1772426400"), None], pa.decimal128(38, 0)), "unreadable"),
    (pa.array([float("inf"), 1772426400.0, float("nan")]), ""),
    (pa.array([["x"], ["2026"], None]), "unreadable"),
]


@pytest.mark.parametrize(("column", "note"), STAMPS, ids=[str(column.type) for column, _ in STAMPS])
def test_stamps_of_parquet_out_of_range_cost_only_themselves(
    tmp_path: Path, column: pa.Array, note: str
) -> None:
    file = write_parquet(
        tmp_path / "a.parquet",
        {"text": texts(3), "url": pa.array(["urn:1", "urn:2", "urn:3"]), "published_at": column},
    )
    articles, rejected = clean_all(tmp_path / "raw", read_inbox(file, collected_at=NOW))
    assert not rejected
    by_url = {article.url: article for article in articles}
    assert by_url["urn:1"].partition_day == UNDATED
    assert (by_url["urn:1"].extraction or "").removeprefix("published_at=") in note.split("|")
    if column.type not in (pa.list_(pa.string()),):
        assert by_url["urn:2"].partition_day == "2026-03-02"
    assert (by_url["urn:3"].partition_day, by_url["urn:3"].extraction) == (UNDATED, None)


def test_a_dictionary_bomb_is_not_unpacked(tmp_path: Path) -> None:
    """300 rows of 8 MB each: 2.4 GB in a file of some kilobytes."""
    bomb = pa.DictionaryArray.from_arrays(pa.array([0] * 300 + [1], pa.int32()), ["x" * 8_000_000, TEXT])
    file = write_parquet(tmp_path / "a.parquet", {"text": bomb}, compression="zstd")
    options = InboxOptions(collected_at=NOW, limits=RecordLimits(record_bytes=1_000_000))
    records = list(inbox._read_parquet(file, options))
    assert [record.kind for record in records] == ["failure"] * 300 + ["fields"]
    assert records[299].place == "a.parquet, row 300"


def test_a_column_that_unpacks_beyond_all_measure_is_not_read(tmp_path: Path) -> None:
    file = write_parquet(
        tmp_path / "a.parquet",
        {"text": pa.array(["x" * 3_000_000, "y" * 3_000_000])},
        compression="zstd",
        use_dictionary=False,
        row_group_size=1,
    )
    options = InboxOptions(collected_at=NOW, limits=RecordLimits(column_bytes=1_000_000))
    records = list(inbox._read_parquet(file, options))
    assert [record.uri for record in records] == ["urn:file:a.parquet#row=1", "urn:file:a.parquet#row=2"]
    with pytest.raises(RejectedArticle, match="too_costly"):
        parse_article(records[0])


def test_a_damaged_row_group_leaves_the_others(tmp_path: Path) -> None:
    file = write_parquet(
        tmp_path / "a.parquet",
        {"text": texts(300)},
        row_group_size=100,
        compression="zstd",
        use_dictionary=False,
    )
    start = pq.read_metadata(file).row_group(1).column(0).data_page_offset
    data = bytearray(file.read_bytes())
    data[start : start + 600] = b"\xff" * 600
    file.write_bytes(data)
    records = list(read_inbox(file, collected_at=NOW))
    assert sum(record.kind == "fields" for record in records) == 200
    assert [record.place for record in records if record.kind == "failure"] == ["a.parquet, row 101"]
