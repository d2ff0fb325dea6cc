"""The office of a ledger, wherever the ledger is."""

from api.office.log import AccessLog
from api.office.proposals import Proposals
from api.office.sqlite_store import SqliteStore
from api.office.store import Store
from domain.errors import StoreError
from domain.stores.location import PostgresLocation, locate
from domain.stores.postgres.factory import NOT_INSTALLED


class Office:
    """What one program has open of an office."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.log = AccessLog(store)
        self.proposals = Proposals(store)

    def close(self) -> None:
        """Write what waits to be logged, then let go of the database."""
        self.log.close()
        self._store.close()


def office_of(url: str) -> Office:
    """The office of the ledger that a database URL names, made if there is none. Raises `QuestionError`, `StoreError`.

    Of a SQLite ledger, one process writes it, from its first record until it is closed; others may read.
    """
    location = locate(url)
    if isinstance(location, PostgresLocation):
        try:
            from api.office.postgres_store import PostgresStore  # noqa: PLC0415 - its driver is an extra
        except ImportError as error:
            raise StoreError(NOT_INSTALLED()) from error
        return Office(PostgresStore(location.conninfo))
    return Office(SqliteStore(location.office_file))
