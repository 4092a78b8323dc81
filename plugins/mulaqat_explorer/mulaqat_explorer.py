"""Mulaqat Explorer in Airflow's UI: "Meetings" in the navigation, and a tab on every DAG and DAG run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from airflow.plugins_manager import AirflowPlugin

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

URL_PREFIX = "/mulaqat"
DAG_ID = "hindi_news_daily"


class LazyApp:
    """The Explorer, created on the first request: every Airflow component loads plugins, but only one serves pages."""

    def __init__(self) -> None:
        self._app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if self._app is None:
            self._app = make_app()
        await self._app(scope, receive, send)


def make_app() -> ASGIApp:
    """Return the app over the configured warehouse, for users who can read the DAG that loads it."""
    from urllib.parse import urlencode, urlsplit

    from airflow.api_fastapi.core_api.security import requires_access_dag
    from airflow.configuration import conf

    from etl.config import Settings
    from etl.explorer.app import create_app

    check_access = requires_access_dag(method="GET", param_dag_id=DAG_ID)
    # Airflow may be served under a path. After signing in, it opens the page with the Explorer in its frame.
    base = urlsplit(conf.get("api", "base_url", fallback="") or "").path.rstrip("/")
    sign_in_url = f"{base}/api/v2/auth/login?{urlencode({'next': f'{base}/plugin/mulaqat'})}"
    return create_app(Settings.from_env().warehouse, check_access, sign_in_url)


def _make_view(name: str, route: str, path: str, **options: str | bool) -> dict[str, str | bool]:
    # Without a leading slash, `href` is relative to Airflow's base URL, wherever Airflow is served.
    return {
        "name": name,
        "url_route": route,
        "href": f"{URL_PREFIX.strip('/')}/{path}",
        "icon": f"{URL_PREFIX}/static/icon/meetings.svg",
        "icon_dark_mode": f"{URL_PREFIX}/static/icon/meetings-dark.svg",
        **options,
    }


class MulaqatExplorerPlugin(AirflowPlugin):
    """Mounts the Explorer in Airflow's API server and adds its views."""

    name = "mulaqat_explorer"
    fastapi_apps = [{"app": LazyApp(), "url_prefix": URL_PREFIX, "name": "Mulaqat Explorer"}]  # noqa: RUF012
    external_views = [  # noqa: RUF012
        _make_view("Meetings", "mulaqat", "meetings", destination="nav", nav_top_level=True),
        _make_view("Meetings", "mulaqat-dag", "dag?dag_id={DAG_ID}", destination="dag"),
        _make_view("Meetings", "mulaqat-run", "run?dag_id={DAG_ID}&run_id={RUN_ID}", destination="dag_run"),
    ]
