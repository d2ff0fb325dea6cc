"""Programs in processes of their own that keep the tables of a ground, and a process that starts them."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from tests.ledger.shell import PATIENCE, script, start

FOLLOWER = """
import sys
from domain.errors import LedgerError
from projections.keeping.following import follow
from tests.keeping.ground import Ground

with Ground(sys.argv[1], print).opened(writing=False) as (ledger, shelf, keeper):
    try:
        follow(ledger, keeper, lambda position: print(position, flush=True), stopped=lambda: False)
    except LedgerError as error:
        print(type(error).__name__, flush=True)
"""
"""Says every position that it has caught up to, and why it ended."""

STEM = """
import os
import signal
import sys
from projections.keeping import rebuilding, spreading
from projections.keeping.definitions import TABLES
from projections.keeping.postgres_shelf import PostgresChange
from projections.keeping.sqlite_shelf import SqliteChange
from tests.given import commended
from tests.keeping.ground import Ground, append, career

spreading.A_PIECE, rebuilding.AT_A_TIME = 3, 1

def killed_at(name, left):
    for change in (SqliteChange, PostgresChange):
        def stopped(*words, inner=getattr(change, name)):
            nonlocal left
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)
            return inner(*words)
        setattr(change, name, stopped)

def work(deed, name, left):
    if name != "any":
        killed_at(name, int(left))
    with Ground(sys.argv[1], print).opened() as (ledger, shelf, keeper):
        for number in range(10_000):
            append(ledger, [(career(number % 6 + 1), commended("2015-05-04"))])
            if deed == "catch_up":
                keeper.refresh()
            else:
                keeper.rebuild(TABLES if deed == "rebuild" else TABLES[:2])

for line in sys.stdin:
    child = os.fork()
    if not child:
        work(*line.split())
        os._exit(0)
    print(child, flush=True)
    print(os.WTERMSIG(os.waitpid(child, 0)[1]), flush=True)
"""
"""Told a deed and the n-th call of which method is to kill it, starts a process that does it again and again."""


@contextmanager
def running(text: str, *words: object) -> Iterator[subprocess.Popen[bytes]]:
    """A program, ended with the test."""
    with start(script(text, *words), stdin=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()
            process.communicate(timeout=PATIENCE)


def tell(process: subprocess.Popen[bytes], line: str) -> None:
    assert process.stdin is not None
    process.stdin.write(line.encode() + b"\n")
    process.stdin.flush()


def heard(process: subprocess.Popen[bytes]) -> str:
    """The next line that a program says; empty when it has ended."""
    assert process.stdout is not None
    return process.stdout.readline().decode().rstrip("\n")


def hear_until(process: subprocess.Popen[bytes], position: int) -> None:
    """Wait until a follower has caught up to a position."""
    said = heard(process)
    while said and int(said) < position:
        said = heard(process)
    assert said, process.stderr and process.stderr.read().decode()
