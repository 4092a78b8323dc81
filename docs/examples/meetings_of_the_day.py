"""An example of a downstream DAG: each time meetings are published, list those of the days that were rebuilt.

Copy it into the DAGs folder. It is scheduled on the asset `out.meeting`, whose events carry the days. It opens the
published copy read-only, beside any number of other readers and of runs that load.
"""

from typing import Any

from airflow.sdk import Asset, dag, get_current_context, task

MEETINGS = Asset(name="out.meeting", uri="duckdb://mulaqat/out/meeting")
QUERY = """
    SELECT status, list_transform(participants, lambda p: p.name_hi) AS names, evidence_text
    FROM out.meeting
    WHERE published_date::VARCHAR IN (SELECT unnest($days))
    ORDER BY published_date, meeting_id
"""


@dag(schedule=[MEETINGS], catchup=False, tags=["example"])
def meetings_of_the_day() -> None:
    """List the meetings of the days that were published."""

    @task(inlets=[MEETINGS])
    def list_meetings() -> list[dict[str, Any]]:
        import duckdb

        from etl.config import Settings

        events = get_current_context()["triggering_asset_events"][MEETINGS]
        days = sorted({day for event in events for day in event.extra.get("days", [])})
        with duckdb.connect(str(Settings.from_env().warehouse), read_only=True) as con:
            rows = con.execute(QUERY, {"days": days}).fetchall()
        return [{"status": status, "who": names, "evidence": text} for status, names, text in rows]

    list_meetings()


meetings_of_the_day()
