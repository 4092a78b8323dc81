"""The Mulaqat Explorer in Airflow's UI: "Meetings" in the navigation, and a tab on every DAG and run."""

from typing import Any

from airflow.plugins_manager import AirflowPlugin

PREFIX = "/mulaqat"
DAG_ID = "hindi_news_daily"


class LazyApp:
    """The Explorer, made when it is first asked: plugins are loaded by every component, one of which serves pages."""

    def __init__(self) -> None:
        self._app: Any = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request."""
        if self._app is None:
            self._app = make_app()
        await self._app(scope, receive, send)


def make_app() -> Any:
    """Return the app over the configured warehouse; who may read the DAG that fills it may read it."""
    from airflow.api_fastapi.core_api.security import requires_access_dag

    from etl.config import Settings
    from etl.explorer.app import create_app

    check_access = requires_access_dag(method="GET", param_dag_id=DAG_ID)
    return create_app(Settings.from_env().warehouse, check_access)


def _make_view(name: str, route: str, path: str, **more: Any) -> dict[str, Any]:
    # Addresses without a slash in front are counted from Airflow's own base, wherever it is served.
    icons = {
        "icon": f"{PREFIX}/static/icon/meetings.svg",
        "icon_dark_mode": f"{PREFIX}/static/icon/meetings-dark.svg",
    }
    return {"name": name, "url_route": route, "href": f"{PREFIX.strip('/')}/{path}"} | icons | more


class MulaqatExplorerPlugin(AirflowPlugin):
    """Mounts the Explorer and shows it."""

    name = "mulaqat_explorer"
    fastapi_apps = [{"app": LazyApp(), "url_prefix": PREFIX, "name": "Mulaqat Explorer"}]  # noqa: RUF012
    external_views = [  # noqa: RUF012
        _make_view("Meetings", "mulaqat", "meetings", destination="nav", nav_top_level=True),
        _make_view("Meetings", "mulaqat-dag", "dag?dag_id={DAG_ID}", destination="dag"),
        _make_view("Meetings", "mulaqat-run", "run?dag_id={DAG_ID}&run_id={RUN_ID}", destination="dag_run"),
    ]
