"""Posting lists of a partition, made before its load: of that there is one at a time, of this as many as one likes.

Folding and stemming are the macros of the schema, so that these words and those of a search cannot differ.
"""

from contextlib import closing
from pathlib import Path

import duckdb

from etl.storage.atomic import renamed_into
from etl.warehouse.connection import CONFIG
from etl.warehouse.migrate import define_macros
from etl.warehouse.statements import fill_sql, quote_text, run_sql


def write_postings(articles: Path, postings: Path) -> None:
    """Write which words stand in which articles and how often, as core.posting_list holds it.

    Args:
        articles: Parquet of etl.domain.article.Article, of one partition.
        postings: Parquet to write, one row a stem: `token`, `postings` (see core.posting_list).
    """
    with closing(duckdb.connect(config=CONFIG)) as con:
        con.execute("CREATE SCHEMA core")
        define_macros(con)
        run_sql(con, "postings/01_tokens.sql", {"articles": str(articles)})
        with renamed_into(postings) as partial:
            fill_sql(con, "postings/02_write.sql", target=quote_text(str(partial)))
