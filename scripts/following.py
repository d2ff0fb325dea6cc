"""The kept tables of a server, followed in a process of their own, so that keeping them does not hold up answers."""

import os
import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Event
from threading import Thread
from typing import Any

from api.web import measuring
from domain.errors import LedgerError
from projections.keeping.following import follow
from projections.keeping.spreading import end_with_parent
from scripts.settings import Settings

RETRY_SECONDS = 5.0
"""When a follower that failed, or is gone, begins again."""

POLITENESS = 5
"""How much a follower lets others go first (nice): the tables may be a moment behind, answers may not wait."""

ENDING_SECONDS = 30.0

_spawn = get_context("spawn")


class Follower:
    """A process that keeps the tables of a ledger up to date, and is begun again if it ends."""

    def __init__(self, database: str, position: int) -> None:
        self._database = database
        self._position: Any = _spawn.Value("q", position)
        self._ended = _spawn.Event()
        self._process: BaseProcess | None = None
        self._watcher = Thread(target=self._watch, name="follower", daemon=True)

    @property
    def position(self) -> int:
        """The position that the tables have been read up to."""
        return int(self._position.value)

    def start(self) -> None:
        """Begin to follow."""
        self._watcher.start()

    def close(self) -> None:
        """Let the process end what it does, then stop it."""
        self._ended.set()
        self._watcher.join(ENDING_SECONDS)
        if self._process is not None and self._process.is_alive():
            self._process.kill()

    def _watch(self) -> None:
        while not self._ended.is_set():
            self._process = _spawn.Process(
                target=_follow, args=(self._database, self._position, self._ended), daemon=True, name="follower"
            )
            self._process.start()
            self._process.join()
            if not self._ended.is_set():
                measuring.warn("the process that follows the ledger ended; another begins")
                self._ended.wait(RETRY_SECONDS)


@contextmanager
def followed(settings: Settings, position: int) -> Iterator[Follower]:
    """The tables of a ledger, kept up to date from a position on, for as long as this lasts."""
    follower = Follower(settings.database, position)
    follower.start()
    try:
        yield follower
    finally:
        follower.close()


def _follow(database: str, position: Any, ended: Event) -> None:
    """The process. Whoever started it also stops it, and it does not outlive whom it was started by."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Thread(target=end_with_parent, daemon=True).start()
    os.nice(POLITENESS)
    measuring.write_log_lines(quiet=True)

    def caught(reached: int) -> None:
        position.value = reached

    settings = Settings(database)
    while not ended.is_set():
        try:
            with closing(settings.open()) as ledger, settings.keeping(ledger) as keeper:
                follow(ledger, keeper, caught, stopped=ended.is_set)
        except LedgerError as error:
            measuring.warn("kept tables are not followed", error)
            ended.wait(RETRY_SECONDS)
