"""Fixtures: grounds for ledgers, in files and on a server."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.keeping.ground import Ground
from tests.postgres_server import Server

_number = count(1)

NewGround = Callable[[], Ground]


@pytest.fixture(scope="session")
def kept_database(postgres_server: Server) -> str:
    """One database, in which every ground is a schema: that is made much sooner than a database."""
    url = postgres_server.fresh()
    name = urlsplit(url).path.removeprefix("/")
    postgres_server.run(f"ALTER DATABASE {name} SET synchronous_commit = off")
    return url


@pytest.fixture
def new_ground(store: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> NewGround:
    """Makes one ground after another, on the kind of store that the test runs on."""
    if store == "sqlite":
        return lambda: file_ground(tmp_path_factory.mktemp("ground") / "ledger.db")
    database = request.getfixturevalue("kept_database")
    return lambda: schema_ground(database)


@pytest.fixture
def ground(new_ground: NewGround) -> Ground:
    return new_ground()


@pytest.fixture
def in_file(tmp_path: Path) -> Ground:
    return file_ground(tmp_path / "ledger.db")


@pytest.fixture
def in_schema(kept_database: str) -> Ground:
    return schema_ground(kept_database)


def file_ground(path: Path) -> Ground:
    """A ledger in a file, the kept tables beside it."""

    def kept(statement: str, *values: object) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(f"{path}.kept")) as connection, connection:
            return connection.execute(statement, values).fetchall()

    return Ground(f"sqlite:///{path}", kept)


def schema_ground(database: str) -> Ground:
    """A ledger in a schema of its own."""
    schema = f"ground_{next(_number)}"
    url = f"{database}&options=-csearch_path%3D{schema}"

    def kept(statement: str, *values: object) -> list[tuple[Any, ...]]:
        with psycopg.connect(url, autocommit=True) as connection:
            done = connection.execute(statement.replace("?", "%s").encode(), values)
            return done.fetchall() if done.description else []

    kept(f"CREATE SCHEMA {schema}")
    return Ground(url, kept)
