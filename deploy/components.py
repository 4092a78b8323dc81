"""Which Airflow processes there are, and the command of each: here natively, in docker-compose.yaml in containers."""

INITIAL_COMMANDS = (
    ("db", "migrate"),
    ("pools", "set", "warehouse", "1", "one writer opens the DuckDB file"),
)
"""Done in this order before anything starts; again after each upgrade."""

COMPONENTS: dict[str, tuple[str, ...]] = {
    "api-server": ("api-server",),
    "scheduler": ("scheduler", "--skip-serve-logs"),
    "dag-processor": ("dag-processor",),
    "triggerer": ("triggerer", "--skip-serve-logs"),
}
"""What every Airflow needs. Without workers the scheduler runs the tasks itself (LocalExecutor)."""

WORKERS: dict[str, tuple[str, ...]] = {
    "worker-default": (
        *["celery", "worker", "--skip-serve-logs", "--queues", "default", "--concurrency", "2"],
    ),
    "worker-nlp": (*["celery", "worker", "--skip-serve-logs", "--queues", "nlp", "--concurrency", "1"],),
    "worker-warehouse": (
        *["celery", "worker", "--skip-serve-logs", "--queues", "warehouse", "--concurrency", "1"],
    ),
}
"""Celery's: `nlp` annotates, one core each, any number on any machine; `warehouse` opens the DuckDB file, so there is
one, with one process; `default` collects, cleans and resolves, on the machine where the crawl's frontier lies."""

WORKER_SETTINGS = {
    "AIRFLOW__CORE__EXECUTOR": "CeleryExecutor",
    # A worker that died is noticed by its silence; its task is tried again.
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "120",
    # Longer than any task: Redis hands out again what was not done by then.
    "AIRFLOW__CELERY_BROKER_TRANSPORT_OPTIONS__VISIBILITY_TIMEOUT": "7200",
    # A backfill's shards wait in the queue for hours, and are not stuck (Airflow's 600 s would fail them).
    "AIRFLOW__SCHEDULER__TASK_QUEUED_TIMEOUT": "43200",
}
"""What differs from Airflow's defaults where Celery workers run the tasks."""
