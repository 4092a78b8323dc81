"""Build a partition's posting lists before its load: loads run one at a time, this runs in parallel.

Words are folded and stemmed by the macros that a search uses too, so that both produce the same tokens.
"""

from contextlib import closing
from pathlib import Path

import duckdb

from etl.storage.atomic import renamed_into
from etl.warehouse.connection import CONFIG
from etl.warehouse.migrate import define_macros
from etl.warehouse.statements import fill_sql, quote_text, run_sql


def write_postings(articles: Path, postings: Path) -> None:
    """Write for each stem the articles that contain it and how often, as core.posting_list stores them.

    Args:
        articles: Parquet of etl.domain.article.Article, of one partition.
        postings: Parquet file to write, one row per stem: `token`, `postings` (see core.posting_list).
    """
    with closing(duckdb.connect(config=CONFIG)) as con:
        define_macros(con)
        run_sql(con, "postings/01_tokens.sql", {"articles": str(articles)})
        with renamed_into(postings) as partial:
            fill_sql(con, "postings/02_write.sql", target=quote_text(str(partial)))
