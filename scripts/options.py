"""Options that commands share."""

from collections.abc import Callable
from typing import Any, TypeVar

import rich_click as click

from scripts.settings import LANGUAGE_VARIABLE

F = TypeVar("F", bound=Callable[..., Any])

language = click.option(
    "--lang",
    "lang",
    type=click.Choice(["zh", "en"]),
    envvar=LANGUAGE_VARIABLE,
    default="zh",
    show_default=True,
    help="Language of the words: Chinese or English.",
)

as_json = click.option("--json", "as_json", is_flag=True, help="The contract's JSON on stdout, and nothing else.")


def about_a_worker(function: F) -> F:
    """WORKER, and the options of every question: two times and the readings."""
    for option in (
        as_json,
        language,
        click.option(
            "--reading",
            "readings",
            metavar="NAME=VALUE",
            multiple=True,
            help="Read the law otherwise; may be given again. `career-ledger readings` lists them.",
        ),
        click.option("--on", metavar="DATE", help="On which day, YYYY-MM-DD; today in China if left out."),
        click.argument("worker", metavar="WORKER"),
    ):
        function = option(function)
    return function


known_at = click.option(
    "--known-at", metavar="MOMENT|POSITION", help="As known at a moment (RFC 3339) or ledger position; now if left out."
)
