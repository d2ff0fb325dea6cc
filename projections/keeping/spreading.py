"""Every replay is a map over careers: here it is spread over processes, by ranges of careers.

Careers are the digests of keys, so that equal ranges of them hold about as many careers each. Results come in the order
of the ranges, a few at a time, so that memory does not grow with the ledger.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import pairwise
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")
S = TypeVar("S")

A_PIECE = 20_000
"""Facts in one piece of work, about."""

AHEAD = 2
"""Pieces that each process may be ahead of what has been taken."""

_BITS = 128


class Range(NamedTuple):
    """Careers from `first` to `last`, both inside."""

    first: bytes
    last: bytes


def ranges(facts: int) -> list[Range]:
    """All careers in ranges of about `A_PIECE` facts, if there are so many in all."""
    pieces = max(1, facts // A_PIECE)
    cuts = [(place << _BITS) // pieces for place in range(pieces + 1)]
    return [Range(first.to_bytes(16, "big"), (after - 1).to_bytes(16, "big")) for first, after in pairwise(cuts)]


def cores() -> int:
    """Processes that can run at once."""
    return len(os.sched_getaffinity(0))


def spread(
    begin: Callable[..., Any], given: tuple[Any, ...], work: Callable[[T], S], pieces: Iterable[T], processes: int
) -> Iterator[S]:
    """What `work` makes of each piece, in their order, by several processes that each `begin(*given)` first.

    All functions must be found by their names, for a process starts anew and imports them. Raises what `work` raises.
    """
    pool = ProcessPoolExecutor(processes, get_context("spawn"), _begun, (begin, given))
    waiting: deque[Future[S]] = deque()
    try:
        for piece in pieces:
            waiting.append(pool.submit(work, piece))
            if len(waiting) >= processes * AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _begun(begin: Callable[..., Any], given: tuple[Any, ...]) -> None:
    """What a process of the pool begins with. It ends when its parent does, however that ends."""
    Thread(target=end_with_parent, daemon=True).start()
    begin(*given)


def end_with_parent() -> None:
    """End this process when its parent does, however that ends; to be run in a thread."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
