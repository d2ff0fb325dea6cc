"""eventsourcing's factory for a ledger on SQLite."""

from eventsourcing.persistence import ApplicationRecorder
from eventsourcing.sqlite import SQLiteFactory
from eventsourcing.utils import Environment, EnvType

from domain.stores.location import SqliteLocation, locate
from domain.stores.sqlite.connections import LedgerDatastore
from domain.stores.sqlite.recorder import SqliteRecorder


class LedgerFactory(SQLiteFactory):
    """Makes the ledger's infrastructure of a database URL."""

    DATABASE = "LEDGER_DATABASE"
    WRITING = "LEDGER_WRITING"

    datastore: LedgerDatastore

    def __init__(self, env: Environment | EnvType | None) -> None:
        self.env = env if isinstance(env, Environment) else Environment(env=env)
        self._is_entered = False
        location = locate(self.env.get(self.DATABASE, "") or "")
        assert isinstance(location, SqliteLocation)
        self.datastore = LedgerDatastore(location, writing=self.env.get(self.WRITING) == "y")

    def application_recorder(self) -> ApplicationRecorder:
        return SqliteRecorder(self.datastore)
