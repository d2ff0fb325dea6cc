"""Ledgers to run tests on, and the command line as a person would call it."""

import io
import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from domain.importing.drafts import Refusal
from domain.importing.run import Watcher
from domain.ledger import Ledger
from domain.workers import WorkerKeys
from scripts.main import main

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
KEY = b"a key that only the tests know of"


def file_of(lines: Sequence[Any]) -> io.BytesIO:
    """An import file of these lines."""
    return io.BytesIO("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode())


Database = Path | str
"""A SQLite file, or the URL of a database of a server."""

Databases = Callable[[str], Database]
"""Makes new ones, each by a name."""


def url_of(database: Database) -> str:
    """The database as the command line takes it."""
    return database if isinstance(database, str) else f"sqlite:///{database}"


def open_ledger(database: Database, now: Callable[[], datetime] = lambda: NOW, *, writing: bool = True) -> Ledger:
    """A ledger in a database."""
    return Ledger(url_of(database), workers=WorkerKeys(KEY), now=now, writing=writing)


class Bench(NamedTuple):
    """A fresh ledger, and what an import into it refused."""

    ledger: Ledger
    refused: list[Refusal]

    @property
    def watcher(self) -> Watcher:
        return Watcher(self.refused.append, lambda _: None, lambda _: None, lambda _: None)


class Said(NamedTuple):
    """What a command printed, and what it exited with."""

    status: int
    out: str
    err: str


class Office:
    """A folder, a ledger in it or on a server, and someone who types commands."""

    def __init__(self, folder: Path, database: Database, capture: pytest.CaptureFixture[bytes]) -> None:
        self.folder = folder
        self.database: Any = database
        self._capture = capture
        self._files = 0

    def file(self, lines: Sequence[Any] | bytes) -> str:
        """A file to import: lines as JSON, or bytes as they are."""
        self._files += 1
        path = self.folder / f"lines-{self._files}.jsonl"
        path.write_bytes(lines if isinstance(lines, bytes) else file_of(lines).getvalue())
        return str(path)

    def run(self, *words: str) -> Said:
        """Type a command."""
        self._capture.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(["--database", url_of(self.database), *words])
        out, err = self._capture.readouterr()
        return Said(int(ended.value.code or 0), out.decode(), err.decode())
