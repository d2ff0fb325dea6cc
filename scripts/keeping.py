"""The kept tables: rebuild, audit, follow."""

import sys
from contextlib import closing

import rich_click as click
from rich.console import Console
from rich.text import Text

from domain.words import Language, Phrase
from projections.keeping.auditing import Audited, Difference, audit_all, audit_sample
from projections.keeping.definitions import TABLES, named
from projections.keeping.following import follow
from projections.wire import to_json
from scripts import options
from scripts.settings import Settings
from scripts.tables import frame

SAMPLE = 200
"""Careers that an audit looks at unless it is told otherwise."""

BUILT = Phrase("已建立 {count} 个汇总表,至位置 {position}", "{count} tables built, up to position {position}")
FOLLOWING = Phrase("汇总表已更新至位置 {position}", "kept tables are up to position {position}")
TABLE = Phrase("汇总表", "Table")
CAREER = Phrase("履历", "Career")
MISSING = Phrase("缺少的行", "Rows missing")
SURPLUS = Phrase("多余的行", "Rows too many")
AUDITED = Phrase("核对 {careers} 份履历、{rows} 行:", "{careers} careers and {rows} rows compared: ")
SAME = Phrase("完全一致", "all are the same")
DIFFERENT = Phrase("{count} 处不一致;请运行 rebuild", "{count} differences; run rebuild")


@click.command("rebuild")
@click.argument("tables", metavar="[TABLE]…", nargs=-1, type=click.Choice([table.name for table in TABLES]))
@options.language
@click.pass_obj
def rebuild_command(settings: Settings, /, tables: tuple[str, ...], lang: Language) -> None:
    """Rebuild 重建: kept tables anew from the ledger, all or some, beside the old ones; then one switch."""
    chosen = named(tables)
    with closing(settings.open()) as ledger, settings.keeping(ledger) as keeper:
        built = keeper.rebuild(chosen)
    click.echo(BUILT(count=len(built.tables), position=built.position).say(lang))


@click.command("audit")
@click.option("--all", "everything", is_flag=True, help="Every career, not a sample.")
@click.option("--sample", type=click.IntRange(min=1), default=SAMPLE, show_default=True, help="How many careers.")
@click.option("--seed", type=int, default=1, show_default=True, help="Which ones: the same seed chooses the same.")
@options.as_json
@options.language
@click.pass_obj
def audit_command(
    settings: Settings, /, everything: bool, sample: int, seed: int, as_json: bool, lang: Language
) -> int:
    """Audit 核对: kept rows against rows made afresh from the ledger. Exits with 1 if any differ."""
    with closing(settings.open()) as ledger, settings.shelf(ledger) as shelf:
        parts = audit_all(ledger, shelf) if everything else audit_sample(ledger, shelf, sample, seed)
        careers, rows, found = 0, 0, list[Difference]()
        for part in parts:
            careers, rows = careers + part.careers, rows + part.rows
            found += part.differences
    answer = Audited(careers, rows, found)
    if as_json:
        told = {"careers": careers, "rows": rows, "differences": [one._asdict() for one in found]}
        sys.stdout.buffer.write(to_json(told, lang) + b"\n")
    else:
        _show(answer, lang)
    return 1 if found else 0


@click.command("follow")
@options.language
@click.pass_obj
def follow_command(settings: Settings, /, lang: Language) -> None:
    """Follow 跟随: keep the tables true as facts are recorded, until stopped (Ctrl-C)."""

    def caught(position: int) -> None:
        click.echo(FOLLOWING(position=position).say(lang), err=True)

    try:
        with closing(settings.open()) as ledger, settings.keeping(ledger) as keeper:
            follow(ledger, keeper, caught, stopped=lambda: False)
    except KeyboardInterrupt:
        pass  # That is how it is stopped, and nothing is lost.


def _show(audited: Audited, lang: Language) -> None:
    console = Console()
    if audited.differences:
        made = frame.table(lang, TABLE, CAREER, MISSING, SURPLUS)
        for one in audited.differences:
            made.add_row(one.table, str(one.career), str(one.missing), str(one.surplus))
        console.print(made)
    words = AUDITED(careers=audited.careers, rows=audited.rows).say(lang)
    count = len(audited.differences)
    result = DIFFERENT(count=count) if count else SAME()
    console.print(Text(words + result.say(lang), style="red" if count else "green"), soft_wrap=True)


COMMANDS = (rebuild_command, audit_command, follow_command)
