"""The head of the ledger, for as many streams as wait for it: one thread looks, and wakes them all."""

from asyncio import AbstractEventLoop, Event, get_running_loop, timeout
from contextlib import suppress
from threading import Thread
from time import sleep

from domain.errors import LedgerError
from domain.ledger import Ledger
from domain.stores.recorder import POLL_SECONDS


class Heads:
    """Tells streams of one event loop when something has been recorded."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._loop: AbstractEventLoop | None = None
        self._changed = Event()
        self._stopped = False
        self.position = 0
        self.streams = 0

    async def after(self, position: int, seconds: float) -> int:
        """The head, as soon as it is after a position; or as it is when some seconds have passed, or all has ended."""
        if self._loop is None:
            self._loop = get_running_loop()
            Thread(target=self._look, name="heads", daemon=True).start()
        with suppress(TimeoutError):
            async with timeout(seconds):
                while self.position <= position and not self._stopped:
                    await self._changed.wait()
        return self.position

    def stop(self) -> None:
        """Wake all who wait: there will be nothing more."""
        self._stopped = True
        self._changed.set()

    def _look(self) -> None:
        assert self._loop is not None
        seen = 0
        while not self._stopped:
            try:
                head = self._ledger.recorder.wait(seen, POLL_SECONDS)
            except LedgerError:
                sleep(POLL_SECONDS)  # A server that is away may come back.
                continue
            if head > seen:
                seen = head
                with suppress(RuntimeError):  # The loop has been closed.
                    self._loop.call_soon_threadsafe(self._tell, head)

    def _tell(self, head: int) -> None:
        self.position = head
        self._changed.set()
        self._changed = Event() if not self._stopped else self._changed
