"""`make demo`: the shipped sample into a fresh ledger, and the questions that the ledger exists for.

Everything that it shows is a command that anyone can type; the ledger stays in `demo/` to go on with.
"""

import shlex
import sys
from contextlib import closing
from pathlib import Path

from rich.console import Console
from rich.rule import Rule

from scripts.main import main
from scripts.settings import Settings

FOLDER = Path("demo")
DATABASE = FOLDER / "career-ledger.db"
SAMPLE = Path("samples") / "xincheng.jsonl"

SHOWN = (
    ("导入一个旗县的样本 · Import the sample of one banner", f"import {SAMPLE}"),
    ("调入核验:工作年限 · A transfer desk: service years (Art. 23)", "service-years 150102-0166 --on 2026-10-31"),
    ("书记优选资格 · A secretary's eligibility (Art. 32)", "eligibility 150102-0115 --on 2026-10-31 --lang en"),
    (
        "一条更正改变了什么 · What one correction changed",
        "compare 150102-0234 --known-at {before} --and {after} --on 2026-10-31",
    ),
    (
        "全区谁符合、谁将符合书记优选 · Everyone eligible, or to be so before summer (Art. 32)",
        "eligible --division 15 --before 2027-07-01 --on 2026-10-31",
    ),
    (
        "一个街道两个月内的到期事项 · What comes due in a street",
        "upcoming --division 150102005 --within 60 --on 2026-10-31 --lang en",
    ),
    ("账本检查 · Is the whole store sound?", "doctor --lang en"),
)
CORRECTED = ("150102-0234", 100)
"""The career and the entry of the correction that is shown."""


def demo() -> None:
    """Show it all; stops at the first command that fails."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob(f"{DATABASE.name}*"):
        old.unlink()
    console = Console()
    positions: dict[str, int] = {}
    for title, words in SHOWN:
        if "{before}" in words:
            position = _position_of(*CORRECTED)
            positions = {"before": position - 1, "after": position}
        console.print(Rule(title, align="left"))
        _run(console, words.format_map(positions))
    console.print(
        f"账本在 {DATABASE};试试 · The ledger is in {DATABASE}; try:\n"
        f"  .venv/bin/career-ledger --database sqlite:///{DATABASE} timeline 150102-0115\n"
        f"  .venv/bin/career-ledger --database sqlite:///{DATABASE} roster --division 150102001",
        highlight=False,
        soft_wrap=True,
    )


def _run(console: Console, words: str) -> None:
    console.print(f"$ career-ledger {words}", style="bold cyan", highlight=False)
    try:
        main(["--database", f"sqlite:///{DATABASE}", *shlex.split(words)])
    except SystemExit as ended:
        if ended.code:
            sys.exit(f"{words}: {ended.code}")


def _position_of(worker: str, number: int) -> int:
    """Where in the ledger an entry of a career stands."""
    with closing(Settings(f"sqlite:///{DATABASE}").open()) as ledger:
        return ledger.entries(ledger.career_of(worker), ledger.known())[number - 1].position


if __name__ == "__main__":
    demo()
