"""Airflow's processes and their commands. docker-compose.yaml runs the same commands in containers."""

INITIAL_COMMANDS = (
    ("db", "migrate"),
    ("pools", "set", "warehouse", "1", "one writer opens the DuckDB file"),
)
"""Commands to run, in this order, before the first start and after each upgrade."""

COMPONENTS: dict[str, tuple[str, ...]] = {
    "api-server": ("api-server",),
    "scheduler": ("scheduler", "--skip-serve-logs"),
    "dag-processor": ("dag-processor",),
    "triggerer": ("triggerer", "--skip-serve-logs"),
}
"""Processes of every installation. Without workers the scheduler runs the tasks itself (LocalExecutor)."""

WORKERS: dict[str, tuple[str, ...]] = {
    "worker-default": (
        *["celery", "worker", "--skip-serve-logs", "--queues", "default", "--concurrency", "2"],
    ),
    "worker-nlp": (*["celery", "worker", "--skip-serve-logs", "--queues", "nlp", "--concurrency", "1"],),
    "worker-warehouse": (
        *["celery", "worker", "--skip-serve-logs", "--queues", "warehouse", "--concurrency", "1"],
    ),
}
"""Celery workers by queue.

* `nlp` annotates. Each worker needs one core; start any number, on any machine.
* `warehouse` opens the DuckDB file. Start exactly one, because only one process can write the file.
* `default` collects, cleans and resolves. Start it on the machine that stores the crawl's frontier.
"""

WORKER_SETTINGS = {
    "AIRFLOW__CORE__EXECUTOR": "CeleryExecutor",
    # A worker without a heartbeat for this many seconds counts as dead; its task is retried.
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "120",
    # Longer than any task: Redis delivers a task again that is not finished by then.
    "AIRFLOW__CELERY_BROKER_TRANSPORT_OPTIONS__VISIBILITY_TIMEOUT": "7200",
    # A backfill's shards wait in the queue for hours; Airflow's default of 600 s would fail them.
    "AIRFLOW__SCHEDULER__TASK_QUEUED_TIMEOUT": "43200",
}
"""Airflow settings that differ from the defaults where Celery workers run the tasks."""

SERVER_SECRETS = frozenset(
    [
        "AIRFLOW__API_AUTH__JWT_SECRET",
        "AIRFLOW__API__SECRET_KEY",
        "AIRFLOW__CORE__FERNET_KEY",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN",
    ]
)
"""Settings that workers do not get: with the first, a task could sign tokens of other tasks and of users."""
