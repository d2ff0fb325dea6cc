"""Where a ledger is: database URLs.

`sqlite:///career-ledger.db` is a file beside the working folder, `sqlite:////srv/ledger.db` an absolute path, and
`sqlite:///:memory:` a ledger that is gone when the program ends.

`postgresql://…` is a server, in all that libpq understands (PostgreSQL documentation, 34.1.1.2): a UNIX socket as
`postgresql:///ledger?host=/var/run/postgresql`, several hosts as
`postgresql://one,two/ledger?target_session_attrs=read-write`.
"""

from pathlib import Path

from msgspec import Struct

from domain.errors import QuestionError
from domain.words import Phrase

SCHEME = "sqlite:///"
MEMORY = ":memory:"
SERVER_SCHEME = "postgresql://"

NOT_A_URL = Phrase(
    "数据库地址应写作 sqlite:///文件名(例如 sqlite:///career-ledger.db)或 postgresql://主机/数据库",
    "write the database as sqlite:///FILE, such as sqlite:///career-ledger.db, or as postgresql://HOST/DATABASE",
)


class SqliteLocation(Struct, frozen=True):
    """The file of a ledger; None if it is kept in memory."""

    path: Path | None

    @property
    def key_file(self) -> Path | None:
        """The file beside the ledger that holds the key of its worker keys."""
        return self._beside(".key")

    @property
    def signing_key_file(self) -> Path | None:
        """The file beside the ledger that holds the key of the tokens that it signs itself."""
        return self._beside(".signing-key")

    @property
    def lock_file(self) -> Path | None:
        """The file beside the ledger that its one writing process holds locked."""
        return self._beside(".lock")

    @property
    def kept_file(self) -> Path | None:
        """The file beside the ledger that holds the kept tables; it can be made again from the ledger."""
        return self._beside(".kept")

    @property
    def office_file(self) -> Path | None:
        """The file beside the ledger that holds the office's access log and proposed corrections."""
        return self._beside(".office")

    def _beside(self, ending: str) -> Path | None:
        return self.path.with_name(self.path.name + ending) if self.path else None


class PostgresLocation(Struct, frozen=True):
    """A database of a PostgreSQL server, as libpq is told of it. It can hold a password, so it is never shown."""

    conninfo: str


Location = SqliteLocation | PostgresLocation


def locate(url: str) -> Location:
    """The place that a database URL names. Raises `QuestionError`."""
    if url.startswith(SERVER_SCHEME):
        return PostgresLocation(url)
    if not url.startswith(SCHEME) or len(url) == len(SCHEME):
        raise QuestionError(NOT_A_URL())
    name = url.removeprefix(SCHEME)
    return SqliteLocation(None if name == MEMORY else Path(name))
