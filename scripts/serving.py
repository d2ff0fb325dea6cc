"""`career-ledger serve`: the query API over HTTP, with kept tables followed, until it is told to stop."""

from typing import Any

import rich_click as click

from domain.words import Language
from scripts import options
from scripts.settings import Settings


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port; 0 for any.")
@click.option("--rate", type=click.FloatRange(min=0), default=100, show_default=True,
              help="Requests a second that one subject may make; 0 for any number.")  # fmt: skip
@click.option("--patience", type=click.FloatRange(min=1),
              help="Seconds after which a question that takes long is given up; 60 if left out.")  # fmt: skip
@click.option("--source", help="The source that CloudEvents of the feed name; /feed if left out.")
@click.option("--tls-certificate", type=click.Path(exists=True, dir_okay=False), help="PEM file, to serve HTTPS.")
@click.option("--tls-key", type=click.Path(exists=True, dir_okay=False), help="PEM file of its key.")
@click.option("--quiet", is_flag=True, help="Log warnings only, and no line a request.")
@options.language
@click.pass_obj
def serve_command(settings: Settings, /, lang: Language, **terms: Any) -> None:
    """Serve 提供查询服务: answers, recording and the feed over HTTP, for whoever has a token."""
    from scripts.server import Terms, serve  # noqa: PLC0415 - brings the web frame, which no other command needs

    serve(settings, Terms(**terms), lang)


COMMANDS = (serve_command,)
