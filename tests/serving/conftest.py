"""Fixtures: a server's window over a new ledger, and the OpenAPI document that it gives."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.running import Database
from tests.web.window import Window, window_on


@pytest.fixture
def window(database: Database) -> Iterator[Window]:
    with window_on(database) as opened:
        yield opened


@pytest.fixture(scope="session")
def document(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with window_on(tmp_path_factory.mktemp("document") / "ledger.db") as opened:
        return opened.client.get("/schema/openapi.json").json()
