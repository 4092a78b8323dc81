"""A real browser: Chromium, driven by Playwright."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from testkit.fixtures import OpenPage

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TIMEOUT_SECONDS = 120


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.skip("chromium is not installed: apt-get install chromium")
    expect.set_options(timeout=TIMEOUT_SECONDS * 1000)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Open pages, each in its own session, and close them at the end of the test."""
    contexts = []

    def open_one() -> Page:
        context = browser.new_context(
            viewport={"width": 1400, "height": 1000}, locale="en-GB", timezone_id="Asia/Kolkata"
        )
        context.set_default_timeout(TIMEOUT_SECONDS * 1000)
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()
