"""Collect and clean over hostile files: every run ends, everything is counted, a second run adds nothing."""

import json
import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from etl.config import Settings
from etl.domain.article import Article, Rejection, SourceCount
from etl.domain.days import IST, UNDATED
from etl.domain.raw import RawRecord
from etl.errors import RejectedArticle
from etl.extract.archive import add_records, list_partitions, read_partition
from etl.extract.failure import make_failure
from etl.extract.parse import parse_article
from etl.extract.sources import Source
from etl.pipeline.clean import _clean_partition
from etl.pipeline.collect import run_collect
from etl.pipeline.collect_files import collect_files
from etl.pipeline.source_counts import count_sources
from testkit.site import article_page

DAY = "2023-05-05"
NOW = datetime(2023, 5, 6, 12, tzinfo=IST)
TEXT = "मुख्यमंत्री ने मंगलवार को राजधानी में किसानों के प्रतिनिधियों से बातचीत की और मांगें सुनीं।"
HOSTILE_LINES = [
    b"[" * 100_000,
    b"\xff\xfe\x00",
    b'{"text": "\\ud83d"}',
    b'{"text": "x", "published_at": "9999-12-31T23:59:59Z", "source": "A\\nWARC-Type: warcinfo"}',
    b'{"text": "x", "url": "https://a.example/\\r\\nMulaqat-Source: b", "published_at": "0001-01-01"}',
    b'{"text": "x", "source": "' + b"a" * 300 + b'"}',
    b'{"text": "x", "title": NaN, "url": ["x"]}',
]


def make_source(name: str, *domains: str) -> Source:
    return Source(name, name, f"https://{domains[0]}/", domains, "hi", "test", "test")


SOURCES = (make_source("पत्र", "a.example"), make_source("दूसरा", "b.example"))


def test_hostile_files_are_counted_once(tmp_path: Path) -> None:
    settings = Settings.from_env(data_root=tmp_path / "data")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    good = [json.dumps({"url": f"urn:{n}", "text": f"{TEXT} {n}", "published_at": DAY}) for n in range(3)]
    lines = [good[0].encode(), *HOSTILE_LINES[:4], good[1].encode(), *HOSTILE_LINES[4:], good[2].encode()]
    (inbox / os.fsdecode(b"\xff.jsonl")).write_bytes(b"\n".join(lines))
    (inbox / "a.parquet").write_bytes(b"PAR1")
    (inbox / os.fsdecode(b"\xfe.warc.gz")).write_bytes(b"\x1f\x8b\x08 nothing")
    (inbox / "b.urls").write_bytes(b"# \xff\n")
    days = run_collect(settings, run_key="run", day=None, inbox=[inbox])
    assert days == [DAY, UNDATED]
    before = list_partitions(settings.raw_dir)
    run_collect(settings, run_key="again", day=None, inbox=[inbox])
    assert list_partitions(settings.raw_dir) == before
    records = [record for day in days for record in read_partition(settings.raw_dir, day)]
    assert len(records) == len(lines) + 2
    articles, rejected = _clean_partition(records, ())
    assert {article.url for article in articles} == {"urn:0", "urn:1", "urn:2"}
    assert len(articles) + len(rejected) == len(records)


def test_records_keep_when_and_where_they_were_collected(tmp_path: Path) -> None:
    settings = Settings.from_env(data_root=tmp_path / "data")
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": TEXT, "published_at": DAY}), encoding="utf-8")
    collect_files(settings, [tmp_path / "a.jsonl"], (), None, None, None, NOW)
    (record,) = read_partition(settings.raw_dir, DAY)
    assert (record.collected_at, record.place) == (NOW, "a.jsonl:1")


def page(url: str, body: str, source: str = "पत्र", content_type: str = "text/html") -> RawRecord:
    return RawRecord(source, url, content_type, body.encode(), DAY, (("Content-Type", content_type),))


@pytest.mark.parametrize(
    "content_type", ["application/json", "application/json; charset=utf-8", "APPLICATION/JSON"]
)
def test_a_fetched_answer_does_not_choose_source_and_url(content_type: str) -> None:
    claim = {"source": "दूसरा", "url": "https://b.example/1", "text": TEXT}
    with pytest.raises(RejectedArticle, match="not_html"):
        parse_article(page("https://a.example/1", json.dumps(claim), content_type=content_type), SOURCES)


@pytest.mark.parametrize(
    ("canonical", "taken"),
    [
        ("https://a.example/other", "https://a.example/other"),
        ("https://m.a.example/1", "https://m.a.example/1"),
        ("https://b.example/1", "https://a.example/1"),
        ("https://unknown.example/1", "https://a.example/1"),
        ("https://b.example.evil.example/1", "https://a.example/1"),
    ],
)
def test_a_page_cannot_take_the_address_of_another_publisher(canonical: str, taken: str) -> None:
    html = article_page(1, NOW).replace("<head>", f'<head><link rel="canonical" href="{canonical}">')
    assert parse_article(page("https://a.example/1", html), SOURCES).canonical_url == taken


@pytest.mark.parametrize(
    ("host", "other"),
    [("x.blogspot.com", "y.blogspot.com"), ("a.co.in", "b.co.in"), ("x.gov.in", "y.gov.in")],
)
def test_unknown_publishers_speak_for_their_host_only(host: str, other: str) -> None:
    html = article_page(1, NOW).replace("<head>", f'<head><link rel="canonical" href="https://{other}/1">')
    article = parse_article(page(f"https://{host}/1", html, source=host), SOURCES)
    assert article.canonical_url == f"https://{host}/1"


def fields(url: str, source: str, published_at: str = "2023-05-05T23:59:00") -> RawRecord:
    values = {"url": url, "source": source, "text": f"{TEXT} {source} का पाठ।", "published_at": published_at}
    return RawRecord(source, url, "application/json", json.dumps(values).encode(), DAY, kind="fields")


@pytest.mark.parametrize("source", ["पत्र", "दूसरा", "inbox"])
def test_the_publishers_own_page_wins_over_later_claims_of_its_address(source: str) -> None:
    fetched = page("https://a.example/1", article_page(1, NOW.replace(day=5, hour=9)))
    articles, rejected = _clean_partition([fields("https://a.example/1", source), fetched], SOURCES)
    assert [article.source_name for article in articles] == ["पत्र"]
    assert "का पाठ" not in articles[0].text
    assert [(r.reason, r.source_name) for r in rejected] == [("duplicate_url", source)]


def test_a_page_of_another_publisher_wins_over_nothing() -> None:
    html = article_page(1, NOW).replace("<head>", '<head><link rel="canonical" href="https://b.example/1">')
    articles, rejected = _clean_partition(
        [page("https://a.example/1", html), fields("https://b.example/1", "दूसरा")], SOURCES
    )
    assert {article.canonical_url for article in articles} == {"https://a.example/1", "https://b.example/1"}
    assert not rejected


def test_two_records_of_one_article_are_each_rejected_under_their_own_name() -> None:
    first = fields("https://a.example/1", "inbox")
    second = replace(first, uri="https://a.example/1#again", payload=first.payload + b" ")
    articles, rejected = _clean_partition([first, second], SOURCES)
    assert len(articles) == len(rejected) == 1
    assert rejected[0].uri in (first.uri, second.uri)


def count(records: list[RawRecord]) -> SourceCount:
    articles: list[Article]
    rejected: list[Rejection]
    articles, rejected = _clean_partition(records, SOURCES)
    (found,) = (c for c in count_sources(DAY, records, rejected, (), []) if c.source_name == "पत्र")
    assert found.extracted_count == len(articles)
    return found


def test_a_failure_counts_as_neither_fetched_nor_extracted(tmp_path: Path) -> None:
    records = [
        page("https://a.example/1", article_page(1, NOW)),
        page("https://a.example/2", "{}", content_type="application/vnd.mulaqat.failure+json"),
        make_failure("पत्र", "https://a.example/3", "unreadable", "KeyError", DAY),
        make_failure("पत्र", "https://a.example/4", "not_found", "404", DAY),
    ]
    add_records(tmp_path, records)
    counted = count(read_partition(tmp_path, DAY))
    assert (counted.discovered_count, counted.fetched_count, counted.extracted_count) == (4, 2, 1)
