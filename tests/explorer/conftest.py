from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from etl.explorer.app import create_app
from testkit.fixtures import Ask
from testkit.newsstand import Newsstand, fill


@pytest.fixture(scope="session")
def newsstand(tmp_path_factory: pytest.TempPathFactory) -> Newsstand:
    """Ten days of made-up news, loaded, audited and published."""
    filled = Newsstand(tmp_path_factory.mktemp("newsstand"))
    fill(filled)
    return filled


@pytest.fixture(scope="session")
def client(newsstand: Newsstand) -> TestClient:
    """A client with access to all pages."""
    return TestClient(create_app(newsstand.published, lambda: None))


@pytest.fixture(scope="session")
def ask(client: TestClient) -> Ask:
    """Return the HTML of a page, which must exist."""

    def ask_page(path: str, **query: object) -> str:
        response = client.get(path, params=query or None)
        assert response.status_code == 200, response.text
        return response.text

    return ask_page


@pytest.fixture
def empty(tmp_path: Path) -> Newsstand:
    """A newsstand without news."""
    return Newsstand(tmp_path)
