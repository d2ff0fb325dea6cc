"""`career-ledger`: the command line. Exit 0 answered, 1 refused or not found, 2 wrong usage."""

import os
import signal
import sys
from typing import Any

import rich_click as click
from rich.console import Console

from domain.errors import LedgerError, QuestionError
from domain.words import Language, Phrase
from scripts import divisions, doctor, keeping, questions, records, serving, tokens
from scripts.settings import DATABASE_VARIABLE, DEFAULT_DATABASE, LANGUAGE_VARIABLE, Settings

REFUSED, WRONG_USAGE, INTERRUPTED = 1, 2, 130
"""What the program exits with, besides 0; the last is a shell's number for Ctrl-C."""

NOT_TEXT = Phrase("参数不是 UTF-8 文本", "an argument is not UTF-8 text")
STOPPED = Phrase("已中断,未存入任何内容", "interrupted; nothing was stored")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--database",
    metavar="URL",
    envvar=DATABASE_VARIABLE,
    default=DEFAULT_DATABASE,
    show_default=True,
    show_envvar=True,
    help="Where the ledger is: sqlite:///FILE, or postgresql://HOST/DATABASE.",
)
@click.version_option(package_name="career-ledger", prog_name="career-ledger")
@click.pass_context
def command(context: click.Context, database: str) -> None:
    """Career Ledger 履历账本: an event-sourced ledger of community workers' careers.

    WORKER is an office's key for the person, or the UUID of a career.
    """
    context.obj = Settings(database)


for room in (records, questions, divisions, keeping, tokens, serving, doctor):
    for one in room.COMMANDS:
        command.add_command(one)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; every refusal says what was wrong and what to do, and exits with its number."""
    words = sys.argv[1:] if arguments is None else arguments
    signal.signal(signal.SIGTERM, _interrupt)
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - for as long as the program runs
    try:
        _check_text(words)
        status = command.main(words, standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        status = _complain(STOPPED().say(_language(words)), INTERRUPTED)
    except QuestionError as error:
        status = _complain(error.say(_language(words)), WRONG_USAGE)
    except LedgerError as error:
        status = _complain(error.say(_language(words)), REFUSED)
    except BrokenPipeError:
        _give_up_stdout()
        status = REFUSED
    except OSError as error:
        _give_up_stdout()
        status = _complain(f"{error.strerror}: {error.filename or ''}".rstrip(": "), REFUSED)
    sys.exit(status if isinstance(status, int) else 0)


def _check_text(words: list[str]) -> None:
    """Refuse words that are not UTF-8: they could be neither stored nor said again."""
    for word in words:
        try:
            word.encode()
        except UnicodeEncodeError as error:
            raise click.UsageError(NOT_TEXT().say(_language(words))) from error


def _give_up_stdout() -> None:
    """What could not be written is not to be tried again when the program ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _complain(message: str, status: int) -> int:
    Console(stderr=True, soft_wrap=True, highlight=False).print(message, markup=False)
    return status


def _language(words: list[str]) -> Language:
    """The language to complain in, before any command has been understood."""
    told: Any = os.environ.get(LANGUAGE_VARIABLE, "zh")
    for place, word in enumerate(words):
        if word.startswith("--lang="):
            told = word.removeprefix("--lang=")
        elif word == "--lang" and place + 1 < len(words):
            told = words[place + 1]
    return "en" if told == "en" else "zh"


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
