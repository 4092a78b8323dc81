"""Limits of the text of one article. A text beyond a limit is rejected: no article of a news site comes near them."""

MAX_TITLE_CHARS = 1_000
MAX_LINE_CHARS = 50_000
MAX_ARTICLE_CHARS = 200_000
