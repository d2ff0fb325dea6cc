"""Fixtures: a server's window, over a new ledger; and a town, which the tests of a module share and do not alter."""

from collections.abc import Iterator

import pytest

from tests.running import Database
from tests.web.town import settle
from tests.web.window import Window, window_on


@pytest.fixture
def window(database: Database) -> Iterator[Window]:
    with window_on(database) as opened:
        yield opened


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    with window_on(tmp_path_factory.mktemp("town") / "ledger.db") as opened:
        yield settle(opened)
