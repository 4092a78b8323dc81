"""Extract pages with other tools. Runs in the environment of each tool, so it imports no code of ours.

    python benchmarks/extractors.py TOOL FOLDER

Reads FOLDER/*.html and prints one JSON object per page: name, title, published (ISO 8601 or None), body.
"""

import json
import sys
import warnings
from pathlib import Path
from typing import Any

warnings.filterwarnings("ignore")


def read_with_trafilatura(page: str) -> dict[str, Any]:
    """Extract with trafilatura's defaults, with metadata."""
    import trafilatura

    found: Any = trafilatura.bare_extraction(page, with_metadata=True)
    fields = found.as_dict() if found else {}
    return {"title": fields.get("title"), "published": fields.get("date"), "body": fields.get("text")}


def read_with_newspaper4k(page: str) -> dict[str, Any]:
    """Extract with newspaper4k, set to Hindi because it does not detect the language."""
    import newspaper

    article = newspaper.article("https://page.example/a", language="hi", input_html=page)
    published = article.publish_date
    return {
        "title": article.title,
        "published": published.isoformat() if hasattr(published, "isoformat") else None,
        "body": article.text,
    }


def read_with_news_please(page: str) -> dict[str, Any]:
    """Extract with news-please's default combination of extractors."""
    from newsplease import NewsPlease

    article = NewsPlease.from_html(page, url=None)
    published = getattr(article, "date_publish", None)
    return {
        "title": getattr(article, "title", None),
        "published": published.isoformat() if published else None,
        "body": getattr(article, "maintext", None),
    }


READERS = {
    "trafilatura": read_with_trafilatura,
    "newspaper4k": read_with_newspaper4k,
    "news-please": read_with_news_please,
}


def main() -> None:
    """Extract every page; a page that the tool fails on has no fields."""
    tool, folder = sys.argv[1:]
    for file in sorted(Path(folder).glob("*.html")):
        page = file.read_text(encoding="utf-8")
        try:
            fields = READERS[tool](page)
        except ImportError:  # a missing dependency would make the comparison unfair
            raise
        except Exception as error:  # any other exception counts as a result without fields
            fields = {"title": None, "published": None, "body": None, "error": repr(error)[:200]}
        print(json.dumps({"name": file.stem, **fields}, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
