"""A damaged file of the annotation cache stops the reader with its name and the way back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from etl.domain.article import Article, Sentence
from etl.domain.raw import RawArticle
from etl.errors import StageIncomplete
from etl.storage.annotation_cache import AnnotationCache
from etl.transform.clean import clean_article

TEXT = "मुख्यमंत्री ने मंगलवार को राजधानी में किसानों के प्रतिनिधियों से बातचीत की।"


@pytest.fixture
def article() -> Article:
    raw = RawArticle("दैनिक", "urn:1", None, TEXT, datetime(2023, 5, 5, tzinfo=UTC))
    return clean_article(raw, "2023-05-05")


def make_sentence(article: Article) -> Sentence:
    return Sentence(article.article_id, 0, 0, len(article.text), article.text, (), ())


@pytest.mark.parametrize(
    "damage",
    [lambda data: data[:100], lambda data: b"", lambda data: data[:4] + b"\xff" * 60 + data[64:]],
    ids=["cut", "empty", "overwritten"],
)
def test_a_damaged_file_is_named(tmp_path: Path, article: Article, damage: Callable[[bytes], bytes]) -> None:
    cache = AnnotationCache(tmp_path, "v")
    cache.put(article, [make_sentence(article)])
    assert cache.get(article) == [make_sentence(article)]
    (file,) = tmp_path.rglob("*.parquet")
    file.write_bytes(damage(file.read_bytes()))
    with pytest.raises(StageIncomplete, match=rf"{file.name}.*delete this file"):
        cache.get(article)
    file.unlink()
    assert cache.get(article) is None


def test_sentences_of_another_text_are_not_used(tmp_path: Path, article: Article) -> None:
    cache = AnnotationCache(tmp_path, "v")
    cache.put(article, [replace(make_sentence(article), text="किसी और का पाठ")])
    with pytest.raises(StageIncomplete, match="another text"):
        cache.get(article)
