"""`career-ledger serve`: the query API over HTTP, with kept tables followed, until it is told to stop."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress

import rich_click as click
import uvicorn

from api.access.limits import Limits
from api.app import application
from api.office.opening import office_of
from api.web import measuring
from api.web.house import PATIENCE_SECONDS, SOURCE, House
from domain.stores.location import SqliteLocation, locate
from domain.words import Language
from scripts import options
from scripts.following import followed
from scripts.listening import Connection, Server, check_tls, listening
from scripts.settings import Settings, now

BURST = 5
"""Seconds' worth of requests that a subject may make at once."""

ENDING_SECONDS = 30
"""How long requests that have come may still take when the server is stopped."""

SWITCH_SECONDS = 0.001
"""How often threads take turns: a long computation must not hold up the loop that answers the others."""


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port; 0 for any.")
@click.option("--rate", type=click.FloatRange(min=0), default=100, show_default=True,
              help="Requests a second that one subject may make; 0 for any number.")  # fmt: skip
@click.option("--patience", type=click.FloatRange(min=1), default=PATIENCE_SECONDS, show_default=True,
              help="Seconds after which a question that takes long is given up.")  # fmt: skip
@click.option("--source", default=SOURCE, show_default=True, help="The source that CloudEvents of the feed name.")
@click.option("--tls-certificate", type=click.Path(exists=True, dir_okay=False), help="PEM file, to serve HTTPS.")
@click.option("--tls-key", type=click.Path(exists=True, dir_okay=False), help="PEM file of its key.")
@click.option("--quiet", is_flag=True, help="Log warnings only, and no line a request.")
@options.language
@click.pass_obj
def serve_command(  # noqa: PLR0913, PLR0917 - one for each option
    settings: Settings,
    /,
    host: str,
    port: int,
    rate: float,
    patience: float,
    source: str,
    tls_certificate: str | None,
    tls_key: str | None,
    quiet: bool,
    lang: Language,
) -> None:
    """Serve 提供查询服务: answers, recording and the feed over HTTP, for whoever has a token."""
    measuring.write_log_lines(quiet=quiet)
    sys.setswitchinterval(SWITCH_SECONDS)
    check_tls(tls_certificate, tls_key)
    with (
        closing(listening(host, port)) as listener,
        house_of(settings, rate=rate, patience=patience, source=source) as house,
    ):
        config = uvicorn.Config(
            application(house), http=Connection, ws="none", lifespan="on", proxy_headers=False, server_header=False,
            access_log=False, log_config=None, log_level="warning", timeout_graceful_shutdown=ENDING_SECONDS,
            ssl_certfile=tls_certificate, ssl_keyfile=tls_key,
        )  # fmt: skip
        with suppress(KeyboardInterrupt):  # Told again once all has ended, as uvicorn does with signals.
            Server(config, house, lang).run([listener])


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


COMMANDS = (serve_command,)
