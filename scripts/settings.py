"""The composition root: where database, digest key, clock and language enter."""

import getpass
import os
import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from api.questions import DivisionQuestion
from domain.calendar import china_day
from domain.errors import KeyMismatchError
from domain.known import Known
from domain.ledger import Ledger
from domain.stores.location import Location, PostgresLocation, locate
from domain.words import Phrase
from domain.workers import STRONG_KEY, WorkerKeys
from projections.keeping.keeper import Keeper
from projections.keeping.places import shelf_of
from projections.keeping.shelf import Shelf
from projections.kept.snapshot import Snapshot
from scripts.building import watched
from scripts.secret_files import make_secret, read_secret

if TYPE_CHECKING:
    from api.access.issuing import SigningKey
    from api.access.tokens import Verifier

DEFAULT_DATABASE = "sqlite:///career-ledger.db"
DATABASE_VARIABLE = "CAREER_LEDGER_DATABASE"
KEY_VARIABLE = "CAREER_LEDGER_KEY"
LANGUAGE_VARIABLE = "CAREER_LEDGER_LANG"

CUT_OFF = Phrase(
    "密钥文件 {path} 不完整(应至少 {least} 个字节);请从备份恢复",
    "the key file {path} is not whole (it has at least {least} bytes); restore it from a backup",
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

    def signing_key(self) -> "SigningKey":
        """The key that signs the ledger's own tokens, made if there is none yet. Raises a `LedgerError`."""
        from scripts import access  # noqa: PLC0415 - brings cryptography, which few commands need

        return access.signing_key(locate(self.database))

    def verifier(self, ledger: Ledger) -> "Verifier":
        """Who verifies tokens: by an identity provider's keys, or by the ledger's own. Raises a `LedgerError`."""
        from scripts import access  # noqa: PLC0415 - brings cryptography, which few commands need

        return access.verifier(locate(self.database), ledger.career_of, now().timestamp())


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
    make_secret(path, secrets.token_hex(32).encode() + b"\n")
    return _read(path)


def _read(path: Path) -> bytes:
    key = read_secret(path, KeyMismatchError).strip()
    if len(key) < STRONG_KEY:
        raise KeyMismatchError(CUT_OFF(path=path, least=STRONG_KEY))
    return key
