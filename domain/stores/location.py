"""Where a ledger is: database URLs.

`sqlite:///career-ledger.db` is a file beside the working folder, `sqlite:////srv/ledger.db` an absolute path, and
`sqlite:///:memory:` a ledger that is gone when the program ends.
"""

from pathlib import Path

from msgspec import Struct

from domain.errors import QuestionError
from domain.words import Phrase

SCHEME = "sqlite:///"
MEMORY = ":memory:"

NOT_A_URL = Phrase(
    "数据库地址应写作 sqlite:///文件名,例如 sqlite:///career-ledger.db",
    "write the database as sqlite:///FILE, such as sqlite:///career-ledger.db",
)


class Location(Struct, frozen=True):
    """The file of a ledger; None if it is kept in memory."""

    path: Path | None

    @property
    def key_file(self) -> Path | None:
        """The file beside the ledger that holds the key of its worker keys."""
        return self.path.with_name(self.path.name + ".key") if self.path else None

    @property
    def lock_file(self) -> Path | None:
        """The file beside the ledger that its one writing process holds locked."""
        return self.path.with_name(self.path.name + ".lock") if self.path else None


def locate(url: str) -> Location:
    """The place that a database URL names. Raises `QuestionError`."""
    if not url.startswith(SCHEME) or len(url) == len(SCHEME):
        raise QuestionError(NOT_A_URL())
    name = url.removeprefix(SCHEME)
    return Location(None if name == MEMORY else Path(name))
