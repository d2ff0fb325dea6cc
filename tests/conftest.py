"""Fixtures: a fresh ledger, and an office with a command line. The clock stands still."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import time_machine
from hypothesis import settings

from tests.running import NOW, Bench, Office, open_ledger

settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.load_profile("repeatable")


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with closing(open_ledger(tmp_path / "ledger.db")) as ledger:
        yield Bench(ledger, [])


@pytest.fixture
def office(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Office]:
    for variable in ("CAREER_LEDGER_DATABASE", "CAREER_LEDGER_KEY", "CAREER_LEDGER_LANG"):
        monkeypatch.delenv(variable, raising=False)
    with time_machine.travel(NOW, tick=False):
        yield Office(tmp_path, capfdbinary)
