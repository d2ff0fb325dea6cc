"""Waiting for the access log in an event loop, which is woken once a batch and not once an answer."""

import asyncio
from contextlib import suppress
from typing import Any

from api.office.log import AccessLog
from api.office.records import Answered
from api.office.writer import Result
from domain.errors import StoreError


class LoopLog:
    """The access log, for the tasks of one event loop; made in that loop."""

    def __init__(self, log: AccessLog) -> None:
        self._log = log
        self._loop = asyncio.get_running_loop()
        self._told = self._wake  # One object, by which the log knows whom to tell.

    async def log(self, answered: Answered) -> int:
        """The number of an answer once it is durable. Raises a `StoreError`; then the answer must not leave.

        A task that is cancelled meanwhile may have been logged.
        """
        future: asyncio.Future[int] = self._loop.create_future()
        self._log.enter(answered, future, self._told)
        return await future

    async def check(self) -> None:
        """Whether the log can be written just now. Raises a `StoreError`; waits for as long as the log takes."""
        future: asyncio.Future[int] = self._loop.create_future()
        self._log.probe(future, self._told)
        await future

    def _wake(self, results: list[tuple[Any, Result]]) -> None:
        with suppress(RuntimeError):  # The loop is closed: nobody waits any more.
            self._loop.call_soon_threadsafe(_resolve, results)


def _resolve(results: list[tuple[Any, Result]]) -> None:
    for future, result in results:
        if future.done():
            continue  # Cancelled.
        if isinstance(result, StoreError):
            future.set_exception(result)
        else:
            future.set_result(result)
