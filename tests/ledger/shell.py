"""Commands in processes of their own: for locks, signals, pipes, limits and disks of which a test needs a real one."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.running import Database, Said, url_of

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60
"""Seconds after which a process that does not end is a failed test."""


KEPT: dict[str, str] = {}
"""What every command finds in its environment besides: a ledger on a server has no key file beside it."""


def surroundings(**more: str) -> dict[str, str]:
    """An environment in which the program finds its code, and nothing of ours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CAREER_LEDGER_")}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **KEPT, **more}


def command(database: Database, *words: str) -> list[str]:
    """The command line as an argument list."""
    return [sys.executable, "-m", "scripts.main", "--database", url_of(database), *words]


def run(
    arguments: Sequence[str | bytes],
    *,
    fed: bytes | None = None,
    before: Callable[[], object] | None = None,
    **environment: str,
) -> Said:
    """Run it to its end."""
    done = subprocess.run(
        arguments,
        input=b"" if fed is None else fed,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
        env=surroundings(**environment),
        preexec_fn=before,
    )
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode())


def start(arguments: Sequence[str], **options: Any) -> subprocess.Popen[bytes]:
    """Start it and go on."""
    return subprocess.Popen(
        arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=surroundings(), start_new_session=True, **options
    )


def script(text: str, *words: object) -> list[str]:
    """A Python program as an argument list."""
    return [sys.executable, "-c", text, *map(str, words)]


def with_mounts(commands: str, *words: object) -> Said:
    """Run a shell script that may mount; its mounts are its own and go with it. Skips where nobody may."""
    allowed = subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False)
    if allowed.returncode:
        pytest.skip("needs a mount namespace of its own (unshare -rm), which this machine does not allow")
    return run(["unshare", "-rm", "sh", "-euc", commands, "sh", *map(str, words)])
