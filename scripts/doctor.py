"""`doctor`: is the whole store sound, and is this program fit to write to it?"""

import platform
import sqlite3
import sys
from contextlib import closing
from importlib.metadata import version

import rich_click as click
from rich.console import Console
from rich.text import Text

from domain.divisions import EDITION as DIVISIONS
from domain.examination import Check, examine
from domain.ledger import Ledger
from domain.regulation.article import EDITION as RULES
from domain.words import Language, Phrase, Reason
from domain.workers import STRONG_KEY
from projections.wire import to_json
from scripts import options
from scripts.settings import Settings
from scripts.tables import frame

LIBRARIES = ("eventsourcing", "msgspec", "chinesecalendar", "python-stdnum")
DURABLE = {"write_ahead": 1, "synchronous": 2}
"""What the store is set to: a write-ahead log, and every commit on the disk (2 is FULL)."""
GUARDS = {"entries_are_never_edited", "entries_are_never_deleted"}

NOT_DURABLE = Phrase(
    "{setting} 是 {found},应为 {wanted}:断电可能丢失记录",
    "{setting} is {found}, not {wanted}: a power cut may lose entries",
)
NO_GUARD = Phrase("缺少触发器 {guard}:记录可被改动", "the trigger {guard} is missing: entries could be edited")
WEAK_KEY = Phrase(
    "摘要密钥不足 {least} 个字节,可被试出;请在建立新账本时换用更长的密钥",
    "the digest key has fewer than {least} bytes and could be found by trying; begin the next ledger with a longer one",
)
NAMES = {
    "key": Phrase("摘要密钥(把)", "Digest key"),
    "integrity": Phrase("文件完整性(页)", "File integrity (pages)"),
    "positions": Phrase("位置连续、可解读(条)", "Positions and decoding (entries)"),
    "careers": Phrase("每份履历都成立(份)", "Every career folds (careers)"),
    "durability": Phrase("持久性设置(项)", "Durability settings"),
}
CHECK = Phrase("检查", "Check")
LOOKED_AT = Phrase("数量", "Looked at")
RESULT = Phrase("结果", "Result")
SOUND = Phrase("正常", "sound")
VERSIONS = Phrase("版本:{versions}", "Versions: {versions}")


@click.command("doctor")
@options.as_json
@options.language
@click.pass_obj
def doctor_command(settings: Settings, /, as_json: bool, lang: Language) -> int:
    """Doctor 检查: contiguity, decodability, every career, durability, versions. Exits with 1 if anything is wrong."""
    with closing(settings.open()) as ledger:
        checks = [*examine(ledger), _durability(ledger), _key(ledger)]
    if as_json:
        told = [{"check": one.name, "looked_at": one.looked_at, "problems": one.problems} for one in checks]
        sys.stdout.buffer.write(to_json({"checks": told, "versions": _versions()}, lang) + b"\n")
    else:
        _show(checks, lang)
    return 1 if any(check.problems for check in checks) else 0


def _durability(ledger: Ledger) -> Check:
    """How connections are set, and whether what is written is guarded."""
    with ledger.recorder.reading() as connection:
        settings = {
            "write_ahead": int(ledger.recorder.datastore.writes_ahead(connection)),
            "synchronous": connection.execute("PRAGMA synchronous").fetchone()[0],
        }
        triggers = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    problems: list[Reason] = [
        NOT_DURABLE(setting=name, found=settings[name], wanted=wanted)
        for name, wanted in DURABLE.items()
        if settings[name] != wanted
    ]
    problems += [NO_GUARD(guard=guard) for guard in sorted(GUARDS - triggers)]
    return Check("durability", len(DURABLE) + len(GUARDS), problems)


def _key(ledger: Ledger) -> Check:
    """Whether people's keys are safe behind the digest key. Opening the ledger has compared it already."""
    return Check("key", 1, [WEAK_KEY(least=STRONG_KEY)] if ledger.workers.is_weak else [])


def _versions() -> dict[str, str]:
    versions = {"career-ledger": version("career-ledger"), "python": platform.python_version()}
    versions["sqlite"] = sqlite3.sqlite_version
    versions |= {library: version(library) for library in LIBRARIES}
    return versions | {"rules": RULES, "divisions": DIVISIONS}


def _show(checks: list[Check], lang: Language) -> None:
    console = Console()
    made = frame.table(lang, CHECK, LOOKED_AT, RESULT)
    for check in checks:
        result = Text(SOUND().say(lang), style="green")
        if check.problems:
            result = Text("\n".join(problem.say(lang) for problem in check.problems), style="red")
        made.add_row(NAMES[check.name]().say(lang), f"{check.looked_at:,}", result)
    console.print(made)
    versions = ", ".join(f"{name} {number}" for name, number in _versions().items())
    console.print(Text(VERSIONS(versions=versions).say(lang), style="dim"), soft_wrap=True)


COMMANDS = (doctor_command,)
