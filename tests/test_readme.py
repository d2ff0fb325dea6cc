"""The README shows what the program says: its examples are run on the sample and compared to the letter."""

import re
import shlex
from pathlib import Path

import pytest

from scripts.demo import SAMPLE
from tests.running import Office

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```\n\$ career-ledger ([^\n]+)\n(.*?)\n```", README, re.DOTALL)


def lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.rstrip().splitlines()]


def test_the_readme_has_examples():
    assert [command.split()[0] for command, _ in EXAMPLES] == [
        "service-years",
        "eligibility",
        "compare",
        "eligible",
        "upcoming",
    ]


def test_the_examples_of_the_readme_are_what_the_program_says(office: Office, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("CAREER_LEDGER_KEY", "the key of the readme's examples")  # It makes the careers' UUIDs.
    office.run("import", str(ROOT / SAMPLE))
    for command, shown in EXAMPLES:
        assert lines(office.run(*shlex.split(command)).out) == lines(shown)


def test_the_readme_names_every_command(office: Office):
    told = office.run("--help").out
    commands = re.findall(r"^│ ([a-z][a-z-]+) {2,}", told, re.MULTILINE)
    assert len(commands) == 21
    assert all(f"| `{command}" in README for command in commands)
