"""What goes into a ledger and comes out of it: import, export, record, simulate."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import date
from pathlib import Path
from typing import BinaryIO

import rich_click as click
from rich.console import Console

from api.questions import day
from domain.exporting import export_lines
from domain.importing.run import import_files
from domain.line import read_fact
from domain.words import Language, Phrase
from scripts import options
from scripts.settings import Settings, author, today
from scripts.simulation import lines as simulated_lines
from scripts.watching import Watching

RECORDED = Phrase("已记录第 {number} 条(位置 {position})", "recorded as entry {number} (position {position})")
WRITTEN = Phrase("已写出 {lines} 行", "{lines} lines written")

recorded_by = click.option(
    "--recorded-by", metavar="NAME", help="Who vouches for lines that do not say; your account if left out."
)
output = click.option(
    "--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file instead of stdout."
)


@click.command("import")
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.File("rb"))
@recorded_by
@click.option("--partial", is_flag=True, help="Let a worker's other lines in, if they make a possible career together.")
@options.language
@click.pass_obj
def import_command(
    settings: Settings, /, files: tuple[BinaryIO, ...], recorded_by: str | None, partial: bool, lang: Language
) -> int:
    """Import JSON Lines 导入: one fact a line; a worker's lines go in whole or not at all.

    FILE can be - for standard input. The same file again records nothing.
    """
    with closing(settings.open(writing=True)) as ledger, Watching(files, lang) as watching:
        summary = import_files(ledger, files, watching.watcher, author=recorded_by or author(), partial=partial)
    watching.summarise(summary)
    return 1 if summary.refused else 0


@click.command("export")
@output
@click.option("--worker", metavar="WORKER", help="Only one career: an office's key, or the career's UUID.")
@options.language
@click.pass_obj
def export_command(settings: Settings, /, output: Path | None, worker: str | None, lang: Language) -> None:
    """Export JSON Lines 导出: the ledger as it was recorded, in the import format, byte-stable."""
    with closing(settings.open()) as ledger:
        career = None
        if worker is not None:
            career = ledger.career_of(worker)
            ledger.entries(career, ledger.known())
        with closing(export_lines(ledger, career)) as lines:
            _write_lines(lines, output, lang)


@click.command("record")
@click.argument("worker")
@click.argument("fact", metavar="FACT")
@click.option("--expected", type=click.IntRange(min=0), metavar="NUMBER", help="The last entry that you have seen.")
@click.option("--act", default="", help="The document number 文号 that it rests on.")
@recorded_by
@options.language
@click.pass_obj
def record_command(
    settings: Settings,
    /,
    worker: str,
    fact: str,
    expected: int | None,
    act: str,
    recorded_by: str | None,
    lang: Language,
) -> None:
    """Record one fact 记录: FACT is its JSON, such as '{"fact": "resigned", "last_day": "2024-05-31"}'."""
    said = read_fact(fact.encode(), act=act)
    with closing(settings.open(writing=True)) as ledger:
        career = ledger.career_of(worker)
        entry = ledger.record(career, [said], author=recorded_by or author(), expected=expected)[0]
    click.echo(RECORDED(number=entry.number, position=entry.position).say(lang))


@click.command("simulate")
@click.option("--workers", type=click.IntRange(min=1), default=100, show_default=True, help="How many people.")
@click.option("--region", metavar="CODE", default="15", show_default=True, help="Where they serve: a division code.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed makes the same people.")
@click.option("--today", "last_day", metavar="DATE", help="Up to which day; today in China if left out.")
@output
@options.language
def simulate_command(
    workers: int, region: str, seed: int, last_day: str | None, output: Path | None, lang: Language
) -> None:
    """Simulate a population 模拟: believable careers of people who do not exist, as lines to import."""
    until: date = today() if last_day is None else day(last_day, "--today")
    try:
        made = simulated_lines(workers=workers, region=region, seed=seed, today=until)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    _write_lines(made, output, lang)


def _write_lines(lines: Iterable[bytes], output: Path | None, lang: Language) -> None:
    """To stdout; or to a file that appears when it is whole."""
    if output is None:
        sys.stdout.buffer.writelines(lines)
        sys.stdout.buffer.flush()
        return
    with _whole_file(output) as file:
        count = 0
        for line in lines:
            file.write(line)
            count += 1
    Console(stderr=True).print(WRITTEN(lines=count).say(lang))


@contextmanager
def _whole_file(path: Path) -> Iterator[BinaryIO]:
    part = path.with_name(path.name + ".part")
    with ExitStack() as undo:
        undo.callback(part.unlink, missing_ok=True)
        # For its owner alone, for an export holds personal data.
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        undo.pop_all()


COMMANDS = (import_command, export_command, record_command, simulate_command)
