"""`doctor`: is the whole store sound, and is this program fit to write to it?"""

import platform
import sys
from contextlib import closing
from importlib.metadata import version
from uuid import UUID

import rich_click as click
from rich.console import Console
from rich.text import Text

from domain.divisions import EDITION as DIVISIONS
from domain.examination import MORE, MOST_TOLD, Check, examine
from domain.ledger import Ledger
from domain.regulation.article import EDITION as RULES
from domain.words import Language, Phrase, Reason
from domain.workers import STRONG_KEY
from projections.wire import to_json
from scripts import options
from scripts.settings import Settings
from scripts.tables import frame

LIBRARIES = ("eventsourcing", "msgspec", "chinesecalendar", "python-stdnum")
WEAK_KEY = Phrase(
    "摘要密钥不足 {least} 个字节,可被试出;请在建立新账本时换用更长的密钥",
    "the digest key has fewer than {least} bytes and could be found by trying; begin the next ledger with a longer one",
)
PARKED = Phrase("履历 {career} 未能汇总:{why}", "career {career} is in no kept table: {why}")
NAMES = {
    "key": Phrase("摘要密钥(把)", "Digest key"),
    "integrity": Phrase("存储完整性(页)", "Store integrity (pages)"),
    "positions": Phrase("位置连续、可解读(条)", "Positions and decoding (entries)"),
    "careers": Phrase("每份履历都成立(份)", "Every career folds (careers)"),
    "kept": Phrase("汇总表(个)", "Kept tables"),
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
        checks = [*examine(ledger), _kept(settings, ledger), _key(ledger)]
        versions = _versions(ledger)
    if as_json:
        told = [{"check": one.name, "looked_at": one.looked_at, "problems": one.problems} for one in checks]
        sys.stdout.buffer.write(to_json({"checks": told, "versions": versions}, lang) + b"\n")
    else:
        _show(checks, versions, lang)
    return 1 if any(check.problems for check in checks) else 0


def _kept(settings: Settings, ledger: Ledger) -> Check:
    """Careers that could not be folded into the kept tables; that these are not built yet, or behind, is no problem."""
    with settings.shelf(ledger) as shelf:
        current = shelf.current()
        if not current:
            return Check("kept", 0, [])
        with shelf.asking() as snapshot:
            parked = snapshot.parked()
    told: list[Reason] = [PARKED(career=UUID(bytes=one.career), why=one.reason) for one in parked[:MOST_TOLD]]
    more = len(parked) - len(told)
    return Check("kept", len(current), [*told, MORE(count=more)] if more else told)


def _key(ledger: Ledger) -> Check:
    """Whether people's keys are safe behind the digest key. Opening the ledger has compared it already."""
    return Check("key", 1, [WEAK_KEY(least=STRONG_KEY)] if ledger.workers.is_weak else [])


def _versions(ledger: Ledger) -> dict[str, str]:
    versions = {"career-ledger": version("career-ledger"), "python": platform.python_version()}
    versions |= [ledger.recorder.version()]
    versions |= {library: version(library) for library in LIBRARIES}
    return versions | {"rules": RULES, "divisions": DIVISIONS}


def _show(checks: list[Check], versions: dict[str, str], lang: Language) -> None:
    console = Console()
    made = frame.table(lang, CHECK, LOOKED_AT, RESULT)
    for check in checks:
        result = Text(SOUND().say(lang), style="green")
        if check.problems:
            result = Text("\n".join(problem.say(lang) for problem in check.problems), style="red")
        made.add_row(NAMES[check.name]().say(lang), f"{check.looked_at:,}", result)
    console.print(made)
    told = ", ".join(f"{name} {number}" for name, number in versions.items())
    console.print(Text(VERSIONS(versions=told).say(lang), style="dim"), soft_wrap=True)


COMMANDS = (doctor_command,)
