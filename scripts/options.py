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


as_csv = click.option("--csv", "as_csv", is_flag=True, help="One row an item on stdout, for a spreadsheet.")


def asked(function: F) -> F:
    """The options of every question: a day and the readings."""
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
    ):
        function = option(function)
    return function


def about_a_worker(function: F) -> F:
    """WORKER, and the options of every question."""
    return click.argument("worker", metavar="WORKER")(asked(function))


known_at = click.option(
    "--known-at", metavar="MOMENT|POSITION", help="As known at a moment (RFC 3339) or ledger position; now if left out."
)


def about_a_division(function: F) -> F:
    """--division, and the options of every question about one."""
    return _division(required=True)(known_at(as_csv(asked(function))))


def about_a_division_or_none(function: F) -> F:
    """The same where a worker may be asked about instead."""
    return _division(required=False)(known_at(as_csv(asked(function))))


def _division(*, required: bool) -> Callable[[F], F]:
    words = "A division code; it stands for all codes that begin with it."
    return click.option("--division", metavar="CODE", required=required, help=words)
