"""The composition root: where database, digest key, clock and language enter."""

import getpass
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from api.questions import DivisionQuestion
from domain.calendar import china_day
from domain.errors import KeyMismatchError, ReadOnlyStoreError, StoreError
from domain.known import Known
from domain.ledger import Ledger
from domain.stores.failures import NO_FOLDER, READ_ONLY
from domain.stores.location import Location, PostgresLocation, locate
from domain.words import Phrase
from domain.workers import STRONG_KEY, WorkerKeys
from projections.keeping.keeper import Keeper
from projections.keeping.places import shelf_of
from projections.keeping.shelf import Shelf
from projections.kept.snapshot import Snapshot
from scripts.building import watched

DEFAULT_DATABASE = "sqlite:///career-ledger.db"
DATABASE_VARIABLE = "CAREER_LEDGER_DATABASE"
KEY_VARIABLE = "CAREER_LEDGER_KEY"
LANGUAGE_VARIABLE = "CAREER_LEDGER_LANG"

CUT_OFF = Phrase(
    "密钥文件 {path} 不完整(应至少 {least} 个字节);请从备份恢复",
    "the key file {path} is not whole (it has at least {least} bytes); restore it from a backup",
)
OPEN_TO_OTHERS = Phrase(
    "密钥文件 {path} 可被他人读取;请执行 chmod 600", "others can read the key file {path}; run chmod 600 on it"
)


class Settings(NamedTuple):
    """What the whole command line was told."""

    database: str

    def open(self, *, writing: bool = False) -> Ledger:
        """The ledger of the database URL; made, with its key, if it is to be written and not there yet.

        Raises a `LedgerError` that says what to do.
        """
        location = locate(self.database)
        key = digest_key(location, make=writing)
        return Ledger(self.database, workers=WorkerKeys(key), now=now, writing=writing)

    @contextmanager
    def shelf(self, ledger: Ledger) -> Iterator[Shelf]:
        """The kept tables of a ledger, as they are."""
        with closing(shelf_of(ledger)) as shelf:
            yield shelf

    @contextmanager
    def keeping(self, ledger: Ledger) -> Iterator[Keeper]:
        """Who keeps the tables of a ledger true."""
        with self.shelf(ledger) as shelf, watched() as progress:
            yield Keeper(ledger, shelf, today, progress)

    @contextmanager
    def snapshot(self, ledger: Ledger, asked: DivisionQuestion) -> Iterator[tuple[Snapshot, Known]]:
        """The tables that answer a question, brought up to date for it."""
        with (
            self.keeping(ledger) as keeper,
            keeper.snapshot(asked.on, asked.readings, asked.known_at) as answer,
        ):
            yield answer


def now() -> datetime:
    """The moment, to the microsecond."""
    return datetime.now(UTC)


def today() -> date:
    """The civil day in China."""
    return china_day(now())


def author() -> str:
    """Who vouches if nobody is named: the account that runs the program."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def digest_key(location: Location, *, make: bool) -> bytes | None:
    """The key of worker keys: from the environment, or from the file beside the ledger, made if there is none yet.

    None if there is none and none is to be made: then only a career's UUID leads to a career.
    """
    told = os.environ.get(KEY_VARIABLE)
    if told:
        return told.encode()
    if isinstance(location, PostgresLocation):
        return None
    path = location.key_file
    if path is None:
        return secrets.token_bytes(32)
    if path.exists():
        return _read(path)
    if not make or (location.path is not None and location.path.exists() and location.path.stat().st_size):
        return None
    return _make(path)


def _read(path: Path) -> bytes:
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise KeyMismatchError(OPEN_TO_OTHERS(path=path))
    key = path.read_bytes().strip()
    if len(key) < STRONG_KEY:
        raise KeyMismatchError(CUT_OFF(path=path, least=STRONG_KEY))
    return key


def _make(path: Path) -> bytes:
    key = secrets.token_hex(32).encode()
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except FileExistsError:
        return _read(path)
    except FileNotFoundError as error:
        raise StoreError(NO_FOLDER(path=path.with_suffix(""))) from error
    except OSError as error:
        raise ReadOnlyStoreError(READ_ONLY(path=path)) from error
    with os.fdopen(descriptor, "wb") as file:
        file.write(key + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return key
