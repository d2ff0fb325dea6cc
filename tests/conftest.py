"""Fixtures: a fresh ledger, and an office with a command line. The clock stands still.

A test marked `stores("sqlite", "postgres")`, or in a module that is, runs once on each; any other runs on SQLite.
"""

import signal
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import time_machine
from hypothesis import settings

from tests.postgres_server import Server, postgres
from tests.running import KEY, NOW, Bench, Database, Databases, Office, open_ledger

settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.load_profile("repeatable")


def pytest_configure(config: pytest.Config) -> None:
    # A shell that starts the tests in the background has them ignore Ctrl-C, which some of them send.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    config.addinivalue_line("markers", "stores(*kinds): the kinds of store that the test runs on")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    marker = metafunc.definition.get_closest_marker("stores")
    if marker is not None and "store" in metafunc.fixturenames:
        metafunc.parametrize("store", marker.args)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A PostgreSQL server, started for the first test that needs one."""
    with postgres() as started:
        yield started


@pytest.fixture
def store() -> str:
    return "sqlite"


@pytest.fixture
def databases(store: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Databases]:
    """New databases of the kind that the test runs on, each by a name."""
    if store == "sqlite":
        yield lambda name: tmp_path / f"{name}.db"
        return
    server: Server = request.getfixturevalue("postgres_server")
    made: list[str] = []

    def fresh(_: str) -> str:
        made.append(server.fresh())
        return made[-1]

    yield fresh
    for url in made:
        server.give_back(url)


@pytest.fixture
def database(databases: Databases) -> Database:
    """A new database, which the test's `bench` is on."""
    return databases("ledger")


@pytest.fixture
def bench(database: Database) -> Iterator[Bench]:
    with closing(open_ledger(database)) as ledger:
        yield Bench(ledger, [])


@pytest.fixture
def office(
    databases: Databases,
    tmp_path: Path,
    capfdbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Office]:
    for variable in ("CAREER_LEDGER_DATABASE", "CAREER_LEDGER_KEY", "CAREER_LEDGER_LANG"):
        monkeypatch.delenv(variable, raising=False)
    database = databases("career-ledger")
    if isinstance(database, str):
        monkeypatch.setenv("CAREER_LEDGER_KEY", KEY.decode())  # A server has no key file beside the ledger.
    with time_machine.travel(NOW, tick=False):
        yield Office(tmp_path, database, capfdbinary)
