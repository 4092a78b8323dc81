"""The DAG files parse in a new process without errors and without heavy imports."""

import ast
import importlib
import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from deploy.components import WORKER_SETTINGS
from deploy.local_airflow import REPOSITORY, make_environment

DAG_FILES = sorted((REPOSITORY / "dags").glob("*.py"))
HEAVY = ("stanza", "torch", "duckdb", "pandas", "lxml", "pyarrow", "numpy", "requests", "etl")
AT_PARSE_TIME = {"airflow.sdk", "airflow.sdk.exceptions", "mulaqat_alerts", "mulaqat_assets", "mulaqat_tasks"}
IN_TASKS = ("etl.pipeline.", "etl.domain.", "etl.config", "etl.errors")
LOOK = """
import json, runpy, sys
names = runpy.run_path(sys.argv[1])
print(json.dumps([m for m in sys.argv[2].split(",") if m in sys.modules]))
"""
DESCRIBE = """
import json, runpy, sys
dag = runpy.run_path(sys.argv[1])["hindi_news_daily"]()
print(json.dumps({
    "params": {name: dag.params.get_param(name).schema for name in dag.params},
    "edges": sorted([task.task_id, after] for task in dag.tasks for after in task.downstream_task_ids),
    "pools": {task.task_id: task.pool for task in dag.tasks},
    "queues": {task.task_id: task.queue for task in dag.tasks if task.queue != "default"},
    "retries": sorted({(task.retries, task.retry_exponential_backoff) for task in dag.tasks}),
    "catchup": dag.catchup,
    "outlets": {task.task_id: [asset.name for asset in task.outlets] for task in dag.tasks},
    "inlets": {task.task_id: [asset.name for asset in task.inlets] for task in dag.tasks},
    "timeouts": [task.task_id for task in dag.tasks if task.execution_timeout is None],
    "silent": [task.task_id for task in dag.tasks if not task.on_failure_callback],
    "deadlines": [str(alert.interval) for alert in dag.deadline],
    "max_active_runs": dag.max_active_runs,
    "has_doc": "| `publish` |" in dag.doc_md,
    "zone": str(dag.timezone),
}))
"""


def run_python(code: str, home: Path, *arguments: str) -> object:
    environment = make_environment(home, 8080)
    environment["PYTHONPATH"] += f":{REPOSITORY / 'dags'}"
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("file", DAG_FILES, ids=lambda file: file.stem)
def test_nothing_heavy_is_imported_while_parsing(file: Path, tmp_path: Path) -> None:
    assert run_python(LOOK, tmp_path, str(file), ",".join(HEAVY)) == []


@pytest.mark.parametrize("file", DAG_FILES, ids=lambda file: file.stem)
def test_dag_file_says_when_and_calls_stages_by_name(file: Path) -> None:
    """At parse time only Airflow and its neighbours; in a task only domain records and stage functions, each called."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom | ast.Import)]
    for node in imports:
        modules = [node.module] if isinstance(node, ast.ImportFrom) else [name.name for name in node.names]
        for module in modules:
            root = str(module).split(".")[0]
            if node.col_offset == 0:
                assert root in sys.stdlib_module_names or module in AT_PARSE_TIME, module
            else:
                assert str(module).startswith(IN_TASKS), module
    called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in imports:
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("etl.pipeline."):
            stage = importlib.import_module(str(node.module))
            for name in node.names:
                assert callable(getattr(stage, name.name)) and name.name in called, name.name


def test_airflow_finds_no_import_error(tmp_path: Path) -> None:
    code = (
        "import json; from airflow.dag_processing.dagbag import DagBag;"
        f"bag = DagBag({str(REPOSITORY / 'dags')!r}); print(json.dumps([bag.import_errors, sorted(bag.dags)]))"
    )
    assert run_python(code, tmp_path) == [
        {},
        ["hindi_news_collect", "hindi_news_daily", "hindi_news_maintenance"],
    ]


def test_polling_dag_runs_every_half_hour_and_never_beside_itself(tmp_path: Path) -> None:
    code = """
import json, runpy, sys
dag = runpy.run_path(sys.argv[1])["hindi_news_collect"]()
print(json.dumps([dag.schedule, dag.max_active_runs, dag.catchup, sorted(dag.params), "found_count" in dag.doc_md]))
"""
    described = run_python(code, tmp_path, str(REPOSITORY / "dags" / "hindi_news_collect.py"))
    assert described == ["*/30 * * * *", 1, False, ["sources"], True]


def test_maintenance_is_weekly_in_india_and_writes_one_at_a_time(tmp_path: Path) -> None:
    code = """
import json, runpy, sys
dag = runpy.run_path(sys.argv[1])["hindi_news_maintenance"]()
print(json.dumps({
    "schedule": [dag.schedule.expression, str(dag.schedule.timezone)],
    "one": [dag.max_active_runs, dag.catchup],
    "pool": sorted(task.task_id for task in dag.tasks if task.pool == "warehouse"),
    "params": {name: dag.params[name] for name in dag.params},
    "undocumented": [task.task_id for task in dag.tasks if f"| `{task.task_id}` |" not in dag.doc_md],
    "timeouts": [task.task_id for task in dag.tasks if task.execution_timeout is None],
}))
"""
    assert run_python(code, tmp_path, str(REPOSITORY / "dags" / "hindi_news_maintenance.py")) == {
        "schedule": ["0 3 * * 0", "Asia/Kolkata"],
        "one": [1, False],
        "pool": ["compact", "link", "publish", "retain_raw"],
        "params": {"keep_stage_days": 14, "keep_raw_days": None, "relink": False, "completeness_days": 30},
        "undocumented": [],
        "timeouts": [],
    }


def test_assets_lead_from_raw_to_every_view_for_analysts(tmp_path: Path) -> None:
    dag = run_python(DESCRIBE, tmp_path, str(REPOSITORY / "dags" / "hindi_news_daily.py"))
    assert isinstance(dag, dict)
    files = (REPOSITORY / "etl/warehouse/sql/views").glob("*.sql")
    views = [
        f"out.{file.stem[3:]}"
        for file in files
        if file.read_text(encoding="utf-8").startswith("-- read by: analysts\n")
    ]
    assert sorted(dag["outlets"]["publish"]) == sorted(views)
    assert dag["inlets"]["clean"] == ["raw"]
    assert dag["outlets"]["load"] == dag["inlets"]["publish"] != []
    assert {task for task, names in dag["outlets"].items() if names} == {"load", "publish"}


def test_daily_dag_is_what_its_operators_expect(tmp_path: Path) -> None:
    dag = run_python(DESCRIBE, tmp_path, str(REPOSITORY / "dags" / "hindi_news_daily.py"))
    assert isinstance(dag, dict)
    chain = ["collect", "clean", "annotate", "resolve", "load", "audit", "finding", "publish"]
    assert all([one, next_one] in dag["edges"] for one, next_one in pairwise(chain))
    assert {task for task, pool in dag["pools"].items() if pool == "warehouse"} == {
        "load",
        "audit",
        "publish",
    }
    assert dag["queues"] == dict.fromkeys(("load", "audit", "publish"), "warehouse") | {"annotate": "nlp"}
    assert (dag["catchup"], dag["has_doc"], dag["retries"]) == (False, True, [[3, 2]])
    assert (dag["timeouts"], dag["silent"], dag["deadlines"]) == ([], [], ["6:00:00"])
    assert dag["max_active_runs"] >= 4
    assert sorted(dag["params"]) == [
        "day",
        "limit",
        "max_rejected_share",
        "outdated_only",
        "shard_size",
        "sources",
    ]
    assert dag["params"]["sources"]["type"] == ["null", "array"]
    assert dag["params"]["limit"]["minimum"] == 1


def test_no_task_may_run_longer_than_redis_waits_for_its_end(tmp_path: Path) -> None:
    code = (
        "import json; from airflow.dag_processing.dagbag import DagBag;"
        f"bag = DagBag({str(REPOSITORY / 'dags')!r});"
        "print(json.dumps([t.execution_timeout.total_seconds() for dag in bag.dags.values() for t in dag.tasks]))"
    )
    allowed = run_python(code, tmp_path)
    assert isinstance(allowed, list)
    assert max(allowed) < int(WORKER_SETTINGS["AIRFLOW__CELERY_BROKER_TRANSPORT_OPTIONS__VISIBILITY_TIMEOUT"])
