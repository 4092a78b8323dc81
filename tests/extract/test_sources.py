"""sources.toml is validated: the error gives entry and field of each mistake."""

from pathlib import Path

import pytest

from etl.config import REPOSITORY
from etl.errors import BadSetting
from etl.extract.sources import read_sources, source_of_url

GOOD = """
[[source]]
name = "Namuna Samachar"
name_hi = "नमूना समाचार"
home_url = "https://namuna.example/"
domains = ["namuna.example"]
language = "hi"
feeds = ["https://namuna.example/rss.xml"]
article_pattern = "/news/"
licence_note = "test"
archive_note = "by day"
sitemap_archive = "https://namuna.example/{year}/{month}/{day}.xml"
crawl_delay_seconds = 3
[source.selectors]
body = "div.story p"
drop = [".ad"]
"""


def read(tmp_path: Path, text: str) -> object:
    path = tmp_path / "sources.toml"
    path.write_text(text, encoding="utf-8")
    return read_sources(path)


def test_an_entry_is_read(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text(GOOD, encoding="utf-8")
    (source,) = read_sources(tmp_path / "sources.toml")
    assert (source.source_id, source.crawl_delay_seconds, source.enabled) == ("namuna-samachar", 3.0, False)
    assert source.selectors.drop == (".ad",)
    assert source.archive_url("2023-05-04") == "https://namuna.example/2023/05/04.xml"
    assert source.is_article("https://hindi.namuna.example/news/1")
    assert not source.is_article("https://namuna.example/about")
    assert not source.is_article("https://othernamuna.example/news/1")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[[source]]", "[[source", "sources.toml"),
        ('name_hi = "नमूना समाचार"\n', "", "name_hi"),
        ('"hi"', '"hi"\ncolour = "red"', "colour"),
        ('["namuna.example"]', '"namuna.example"', "domains"),
        ('["namuna.example"]', "[]", "at least one host"),
        ("3", '"fast"', "crawl_delay_seconds"),
        ("= 3", "= -3", "crawl_delay_seconds"),
        ("= 3", "= 3\nconcurrency = 99", "concurrency"),
        ("https://namuna.example/rss.xml", "ftp://namuna.example/rss", "not an http"),
        ("https://namuna.example/rss.xml", "http://[", "not an http"),
        ("https://namuna.example/rss.xml", "https://namuna.example/\\u0007", "not an http"),
        ("Namuna Samachar", "Namuna\\nSamachar", "name: only one line"),
        ("Namuna Samachar", "Namuna\\u2028Samachar", "name: only one line"),
        ("{day}", "{week}", "sitemap_archive"),
        ("{day}", "{day.month}", "sitemap_archive"),
        ('"/news/"', '"/news/("', "article_pattern"),
        ("div.story p", "div..story[", "selectors"),
        ("body =", "text =", "selectors: unknown field text"),
    ],
)
def test_each_mistake_is_reported(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in GOOD
    with pytest.raises(BadSetting, match=message):
        read(tmp_path, GOOD.replace(old, new, 1))


def test_two_entries_cannot_share_name_or_host(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="name 'namuna-samachar' appears twice"):
        read(tmp_path, GOOD + GOOD)
    with pytest.raises(BadSetting, match=r"domain 'namuna.example' appears twice"):
        read(tmp_path, GOOD + GOOD.replace("Namuna Samachar", "Other"))


def test_something_to_discover_from_is_required(tmp_path: Path) -> None:
    bare = "\n".join(line for line in GOOD.splitlines() if not line.startswith(("feeds", "sitemap_archive")))
    with pytest.raises(BadSetting, match="nothing to discover"):
        read(tmp_path, bare)


def test_the_longest_domain_owns_a_url(tmp_path: Path) -> None:
    hindi = GOOD.replace("Namuna Samachar", "Namuna Hindi").replace('["namuna', '["hindi.namuna')
    (tmp_path / "sources.toml").write_text(GOOD + hindi, encoding="utf-8")
    sources = read_sources(tmp_path / "sources.toml")
    owner = source_of_url(sources, "https://hindi.namuna.example/news/1")
    assert owner is not None
    assert owner.name == "Namuna Hindi"
    assert source_of_url(sources, "https://elsewhere.example/") is None


def test_the_seeds_have_fifteen_publishers_and_none_is_enabled() -> None:
    sources = read_sources(REPOSITORY / "seeds" / "sources.toml")
    assert len(sources) >= 15
    assert not any(source.enabled or source.verified for source in sources)
    assert all(source.licence_note and source.archive_note for source in sources)
