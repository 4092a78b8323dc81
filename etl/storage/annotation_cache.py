"""What was annotated before, by text and models: a re-run or backfill annotates no text twice."""

from dataclasses import replace

from etl.domain.article import Article, Sentence
from etl.storage.paths import AnyPath
from etl.storage.record_files import read_records, write_records


class AnnotationCache:
    """One small Parquet file for each text, named by its hash, in a folder for each version of the models.

    Files appear complete or not at all, and two workers who annotate the same text write the same file, so that
    it can lie on a shared disk or in a store. Deleting any of it costs time and nothing else.
    """

    def __init__(self, folder: AnyPath, version: str) -> None:
        self._folder = folder / version

    def get(self, article: Article) -> list[Sentence] | None:
        """Return the sentences of an article with this text, as if they had been annotated for it; None if unknown."""
        try:
            sentences = read_records(self._path(article), Sentence)
        except FileNotFoundError:
            return None
        return [replace(sentence, article_id=article.article_id) for sentence in sentences]

    def put(self, article: Article, sentences: list[Sentence]) -> None:
        """Keep the sentences of an article's text."""
        write_records(self._path(article), Sentence, sentences)

    def _path(self, article: Article) -> AnyPath:
        return self._folder / article.text_sha256[:2] / f"{article.text_sha256}.parquet"
