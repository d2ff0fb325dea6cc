"""eventsourcing's factory for a ledger on PostgreSQL."""

from typing import NoReturn

from eventsourcing.persistence import ApplicationRecorder, InfrastructureFactory, TrackingRecorder
from eventsourcing.utils import Environment, EnvType

from domain.errors import StoreError
from domain.stores.location import PostgresLocation, locate
from domain.words import Phrase

NOT_INSTALLED = Phrase(
    "PostgreSQL 支持未安装;请安装 career-ledger[postgres]",
    "PostgreSQL support is not installed; install career-ledger[postgres]",
)
ONLY_A_LEDGER = "a ledger on PostgreSQL has one recorder, that of the application"


class LedgerFactory(InfrastructureFactory[TrackingRecorder]):
    """Makes the ledger's infrastructure of a database URL."""

    DATABASE = "LEDGER_DATABASE"
    WRITING = "LEDGER_WRITING"

    def __init__(self, env: Environment | EnvType | None) -> None:
        super().__init__(env)
        try:
            # An extra: whoever keeps the ledger in a file does without, and is told so here.
            from domain.stores.postgres.connections import LedgerConnections  # noqa: PLC0415
            from domain.stores.postgres.recorder import PostgresRecorder  # noqa: PLC0415
        except ImportError as error:
            raise StoreError(NOT_INSTALLED()) from error
        location = locate(self.env.get(self.DATABASE, "") or "")
        assert isinstance(location, PostgresLocation)
        writing = self.env.get(self.WRITING) == "y"
        self._recorder = PostgresRecorder(LedgerConnections(location.conninfo, writing=writing))

    def application_recorder(self) -> ApplicationRecorder:
        return self._recorder

    def aggregate_recorder(self, purpose: str = "events") -> NoReturn:
        raise NotImplementedError(ONLY_A_LEDGER)

    def process_recorder(self) -> NoReturn:
        raise NotImplementedError(ONLY_A_LEDGER)

    def tracking_recorder(self, tracking_recorder_class: type[TrackingRecorder] | None = None) -> NoReturn:
        raise NotImplementedError(ONLY_A_LEDGER)

    def close(self) -> None:
        """Close all connections."""
        self._recorder.close()
