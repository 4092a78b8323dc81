"""Airflow loads the Explorer plugin without errors, and the plugin imports nothing heavy: every component loads it."""

import json
import subprocess
import sys
from pathlib import Path

from deploy.local_airflow import make_environment

INSPECT_PLUGIN = """
import json, sys
from airflow import plugins_manager
(plugin,) = [plugin for plugin in plugins_manager._get_plugins()[0] if plugin.name == "mulaqat_explorer"]
apps, _ = plugins_manager.get_fastapi_plugins()
print(json.dumps({
    "errors": plugins_manager.get_import_errors(),
    "views": {view["url_route"]: [view["destination"], view["href"]] for view in plugin.external_views},
    "apps": [app["url_prefix"] for app in apps],
    "heavy": [name for name in ("duckdb", "etl") if name in sys.modules],
}))
"""


def test_the_plugin_loads_lightly_and_adds_three_views(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", INSPECT_PLUGIN],
        env=make_environment(tmp_path, 8080),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout.splitlines()[-1])
    assert result == {
        "errors": {},
        "views": {
            "mulaqat": ["nav", "mulaqat/meetings"],
            "mulaqat-dag": ["dag", "mulaqat/dag?dag_id={DAG_ID}"],
            "mulaqat-run": ["dag_run", "mulaqat/run?dag_id={DAG_ID}&run_id={RUN_ID}"],
        },
        "apps": ["/mulaqat"],
        "heavy": [],
    }
