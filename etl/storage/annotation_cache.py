"""Cache of annotations by text and models: a re-run or backfill annotates no text twice."""

import re
from dataclasses import replace

from etl.domain.article import Article, Sentence
from etl.domain.characters import one_line
from etl.errors import StageIncomplete
from etl.storage.paths import AnyPath
from etl.storage.record_files import read_records, write_records

_REMEDY = "delete this file of the cache, and the text is annotated again"
_CACHED = re.compile(r"[0-9a-f]{2}/(?:[0-9a-f]{64}\.parquet|\.[0-9a-f]{64}\.parquet\.[0-9a-f]{32})")


def is_cached_annotation(name: str) -> bool:
    """Return whether the cache writes a file of this path, relative to the folder of a version."""
    return bool(_CACHED.fullmatch(name))


class AnnotationCache:
    """One small Parquet file per text, named by its hash, in one folder per version of the models.

    Files are written atomically, and two workers that annotate the same text write the same file, so the cache can be
    on a shared disk or in an object store. Deleting it costs only time.
    """

    def __init__(self, folder: AnyPath, version: str) -> None:
        self._folder = folder / version

    def get(self, article: Article) -> list[Sentence] | None:
        """Return the cached sentences of an article's text, with this article's id; None if there are none.

        Raises:
            StageIncomplete: the file cannot be read, or its sentences are not of this text.
        """
        path = self._path(article)
        try:
            sentences = read_records(path, Sentence)
        except FileNotFoundError:
            return None
        except (ValueError, LookupError, OSError) as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise  # of the disk or store; those of pyarrow for damaged contents have no number
            raise StageIncomplete(f"{path}: {one_line(str(error))}: {_REMEDY}") from error
        if any(article.text[s.start_char : s.end_char] != s.text for s in sentences):
            raise StageIncomplete(f"{path}: these sentences are of another text: {_REMEDY}")
        return [replace(sentence, article_id=article.article_id) for sentence in sentences]

    def put(self, article: Article, sentences: list[Sentence]) -> None:
        """Store the sentences of an article's text."""
        write_records(self._path(article), Sentence, sentences)

    def _path(self, article: Article) -> AnyPath:
        return self._folder / article.text_sha256[:2] / f"{article.text_sha256}.parquet"
