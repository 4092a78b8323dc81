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
    """A caller who may read."""
    return TestClient(create_app(newsstand.published, lambda: None))


@pytest.fixture(scope="session")
def ask(client: TestClient) -> Ask:
    """Return the text of a page that must be there."""

    def ask_page(path: str, **query: object) -> str:
        answer = client.get(path, params=query or None)
        assert answer.status_code == 200, answer.text
        return answer.text

    return ask_page


@pytest.fixture
def empty(tmp_path: Path) -> Newsstand:
    """A newsstand without any news yet."""
    return Newsstand(tmp_path)
