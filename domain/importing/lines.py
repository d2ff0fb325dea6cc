"""From files to lines, without taking a file, or an endless line, into memory."""

from collections.abc import Callable, Iterator
from typing import BinaryIO, NamedTuple

from domain.line import LONGEST_LINE

BOM = b"\xef\xbb\xbf"
"""What some Windows programs put before UTF-8 text; it says nothing and is passed over."""

REPORT_EVERY = 1000
"""Lines between two reports of progress."""

Progress = Callable[[int], None]
"""Told how many bytes have been read since the last time."""


class Place(NamedTuple):
    """Where a line stands: in which of the files, from 0, and on which line, from 1."""

    file: int
    line: int


def lines_of(file: BinaryIO, progress: Progress) -> Iterator[tuple[int, bytes]]:
    """The lines of a file that are not blank, by number. Of a line that is too long, enough to see that it is."""
    line, unreported = 0, 0
    while raw := file.readline(LONGEST_LINE + 2):
        line += 1
        unreported += len(raw)
        if not raw.endswith(b"\n") and len(raw) > LONGEST_LINE:
            unreported += _skip_to_next_line(file)
        if line == 1:
            raw = raw.removeprefix(BOM)
        if line % REPORT_EVERY == 0:
            progress(unreported)
            unreported = 0
        if raw.strip():
            yield line, raw
    progress(unreported)


def _skip_to_next_line(file: BinaryIO) -> int:
    skipped = 0
    while raw := file.readline(LONGEST_LINE):
        skipped += len(raw)
        if raw.endswith(b"\n"):
            break
    return skipped
