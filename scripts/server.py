"""A server of the query API: the house, with kept tables followed, behind a socket, until it is told to stop."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from typing import NamedTuple

import uvicorn

from api.access.limits import Limits
from api.app import application
from api.office.opening import office_of
from api.web import measuring
from api.web.house import PATIENCE_SECONDS, SOURCE, House
from domain.stores.location import SqliteLocation, locate
from domain.words import Language
from scripts.following import followed
from scripts.listening import Connection, Server, check_tls, listening
from scripts.settings import Settings, now

BURST = 5
"""Seconds' worth of requests that a subject may make at once."""

ENDING_SECONDS = 30
"""How long requests that have come may still take when the server is stopped."""

SWITCH_SECONDS = 0.001
"""How often threads take turns: a long computation must not hold up the loop that answers the others."""


class Terms(NamedTuple):
    """Where a server listens, and what it grants: `rate` in requests a second for one subject, 0 for any number."""

    host: str
    port: int
    rate: float
    patience: float | None
    source: str | None
    tls_certificate: str | None
    tls_key: str | None
    quiet: bool


def serve(settings: Settings, terms: Terms, language: Language) -> None:
    """Serve until a signal says to stop; then end what has come."""
    measuring.write_log_lines(quiet=terms.quiet)
    sys.setswitchinterval(SWITCH_SECONDS)
    check_tls(terms.tls_certificate, terms.tls_key)
    with (
        closing(listening(terms.host, terms.port)) as listener,
        house_of(
            settings, rate=terms.rate, patience=terms.patience or PATIENCE_SECONDS, source=terms.source or SOURCE
        ) as house,
    ):
        config = uvicorn.Config(
            application(house), http=Connection, ws="none", lifespan="on", proxy_headers=False, server_header=False,
            access_log=False, log_config=None, log_level="warning", timeout_graceful_shutdown=ENDING_SECONDS,
            ssl_certfile=terms.tls_certificate, ssl_keyfile=terms.tls_key,
        )  # fmt: skip
        with suppress(KeyboardInterrupt):  # Told again once all has ended, as uvicorn does with signals.
            Server(config, house, language).run([listener])


@contextmanager
def house_of(
    settings: Settings, *, rate: float = 0, patience: float = PATIENCE_SECONDS, source: str = SOURCE
) -> Iterator[House]:
    """A house that is ready to serve: the ledger open for writing, kept tables up to date and followed."""
    with ExitStack() as held:
        ledger = held.enter_context(closing(settings.open(writing=True)))
        location = locate(settings.database)
        office = office_of(settings.database)
        house = House(
            ledger=ledger,
            verifier=settings.verifier(ledger),
            office=office,
            open_snapshot=lambda asked: settings.snapshot(ledger, asked),
            limits=Limits(rate, rate * BURST) if rate else None,
            local=isinstance(location, SqliteLocation),
            now=now,
            source=source,
            patience=patience,
        )
        held.callback(house.close)
        if ledger.shared:
            with settings.keeping(ledger) as keeper:
                position = keeper.refresh()
            follower = held.enter_context(followed(settings, position))
            house.kept = lambda: follower.position
        yield house
