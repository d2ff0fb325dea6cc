"""The guide for integrators shows what the server says: its examples are run, in their order, on the sample."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
BLOCKS: list[tuple[str, str]] = re.findall(r"```(sh server|sh|json)\n(.*?)\n```", GUIDE, re.DOTALL)
ADDRESS = "http://127.0.0.1:8000"
ANYTHING = "…"
MARK = "--- example {number} ---"


def differences(shown: Any, told: Any, where: str = "") -> list[str]:
    """Where an answer is not what the guide shows of it; `…` stands for anything, also for the rest of a list."""
    if shown == ANYTHING:
        return []
    if isinstance(shown, dict) and isinstance(told, dict):
        named = [key for key in shown if key != ANYTHING]
        surplus = [] if ANYTHING in shown else [key for key in told if key not in shown]
        return [
            *(f"{where}.{key}: not told" for key in named if key not in told),
            *(f"{where}.{key}: not shown" for key in surplus),
            *(line for key in named if key in told for line in differences(shown[key], told[key], f"{where}.{key}")),
        ]
    if isinstance(shown, list) and isinstance(told, list):
        whole = shown[-1:] != [ANYTHING]
        first = shown if whole else shown[:-1]
        if len(told) < len(first) or (whole and len(told) != len(first)):
            return [f"{where} has {len(told)} items"]
        return [line for place, one in enumerate(first) for line in differences(one, told[place], f"{where}[{place}]")]
    return [] if shown == told else [f"{where}: shown {shown!r}, told {told!r}"]


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[tuple[str, str]]]:
    """What each example printed, beside what the guide shows of it."""
    folder = tmp_path_factory.mktemp("guide")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("CAREER_LEDGER_")},
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "CAREER_LEDGER_DATABASE": f"sqlite:///{folder}/ledger.db",
        "CAREER_LEDGER_KEY": re.findall(r'CAREER_LEDGER_KEY="([^"]+)"', GUIDE)[0],
    }
    begin, serve = [text for kind, text in BLOCKS if kind != "json"][:2]
    subprocess.run(["bash", "-euc", begin], cwd=ROOT, env=environment, check=True, capture_output=True)
    command = [*serve.replace("--port 8000", "--port 0").split(), "--rate", "0", "--quiet", "--lang", "en"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            address = re.search(r"http://[\d.]+:\d+", server.stderr.readline())
            assert address is not None
            script = "".join(
                f"echo '{MARK.format(number=number)}'\n{text.replace(ADDRESS, address.group())}\necho\n"
                for number, (kind, text) in enumerate(BLOCKS)
                if kind == "sh" and text != begin
            )
            ran = subprocess.run(
                ["bash", "-uc", script],
                cwd=ROOT,
                env=environment,
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )
            yield list(_beside(ran.stdout))
        finally:
            server.terminate()


def _beside(printed: str) -> Iterator[tuple[str, str]]:
    parts = dict(re.findall(r"--- example (\d+) ---\n(.*?)(?=\n--- example|\Z)", printed, re.DOTALL))
    for number, (kind, text) in enumerate(BLOCKS):
        if kind == "json":
            yield text, parts[str(number - 1)].strip()


def test_every_example_of_the_guide_is_what_the_server_says(said: list[tuple[str, str]]) -> None:
    assert len(said) >= 15
    for shown, told in said:
        assert differences(json.loads(shown), json.loads(told)) == [], f"{shown}\n{told[:2000]}"
