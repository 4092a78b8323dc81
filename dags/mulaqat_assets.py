"""What the DAGs make, as Airflow assets: raw pages → core tables → the views that analysts read."""

from airflow.sdk import Asset

VIEWS = (
    "meeting",
    "meeting_evidence",
    "reported_meeting",
    "person_meeting_count",
    "meeting_network",
    "planned_versus_held",
    "country_matrix",
    "cameo_dyad",
    "polecat",
    "article_search",
)
TABLES = ("article", "sentence", "entity", "entity_mention", "meeting", "meeting_mention")
RAW = Asset(name="raw", uri="mulaqat://raw")
CORE = [Asset(name=f"core.{table}", uri=f"duckdb://mulaqat/core/{table}") for table in TABLES]
OUT = [Asset(name=f"out.{view}", uri=f"duckdb://mulaqat/out/{view}") for view in VIEWS]
