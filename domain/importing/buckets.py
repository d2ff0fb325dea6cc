"""Sorting more than memory holds: records in buckets, and records in order.

Both keep what is new in memory and put it on disk when it becomes too much, in one unnamed temporary file that is gone
with the program, however it ends.
"""

import heapq
import tempfile
from collections.abc import Iterator
from typing import Any, Generic, TypeVar

import msgspec

R = TypeVar("R", bound=tuple[Any, ...])

BUCKETS = 256
"""How many buckets: each is taken into memory whole, so memory holds a 256th of the file, and no more."""

IN_MEMORY = 16_384
"""Records that are kept in memory before they go to disk."""

READ_AHEAD = 128
"""Records that are read of a sorted run at a time."""


class Buckets(Generic[R]):
    """Records put where their first field says, and taken out bucket by bucket, sorted."""

    def __init__(self, kind: type[R]) -> None:
        self._kept: list[list[R]] = [[] for _ in range(BUCKETS)]
        self._count = 0
        self._disk = _Disk(kind)
        self._chunks: list[list[int]] = [[] for _ in range(BUCKETS)]

    def add(self, record: R) -> None:
        """Take in a record; its first field is bytes that are spread evenly."""
        self._kept[record[0][0]].append(record)
        self._count += 1
        if self._count == IN_MEMORY:
            for kept, chunks in zip(self._kept, self._chunks, strict=True):
                if kept:
                    chunks.append(self._disk.write(kept))
                    kept.clear()
            self._count = 0

    def __iter__(self) -> Iterator[list[R]]:
        for kept, chunks in zip(self._kept, self._chunks, strict=True):
            records = [record for chunk in chunks for record in self._disk.read(chunk)]
            records += kept
            records.sort()
            yield records

    def close(self) -> None:
        """Give the disk back."""
        self._disk.close()


class InOrder(Generic[R]):
    """Records taken in in any order, and out in theirs."""

    def __init__(self, kind: type[R]) -> None:
        self._kept: list[R] = []
        self._disk = _Disk(kind)
        self._runs: list[list[int]] = []

    def add(self, records: list[R]) -> None:
        """Take in records."""
        self._kept += records
        if len(self._kept) >= IN_MEMORY:
            self._kept.sort()
            starts = range(0, len(self._kept), READ_AHEAD)
            self._runs.append([self._disk.write(self._kept[start : start + READ_AHEAD]) for start in starts])
            self._kept = []

    def __iter__(self) -> Iterator[R]:
        self._kept.sort()
        if not self._runs:
            return iter(self._kept)
        return heapq.merge(*map(self._run, self._runs), self._kept)

    def _run(self, chunks: list[int]) -> Iterator[R]:
        for chunk in chunks:
            yield from self._disk.read(chunk)

    def close(self) -> None:
        """Give the disk back."""
        self._disk.close()


class _Disk(Generic[R]):
    """Lists of records in a temporary file, each known by where it begins."""

    def __init__(self, kind: type[R]) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as its owner, who closes it
        self._end = 0
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder = msgspec.msgpack.Decoder(list[kind])  # type: ignore[valid-type]

    def write(self, records: list[R]) -> int:
        chunk = self._encoder.encode(records)
        start = self._end
        self._file.seek(start)
        self._file.write(len(chunk).to_bytes(8))
        self._file.write(chunk)
        self._end += 8 + len(chunk)
        return start

    def read(self, start: int) -> list[R]:
        self._file.seek(start)
        records: list[R] = self._decoder.decode(self._file.read(int.from_bytes(self._file.read(8))))
        return records

    def close(self) -> None:
        self._file.close()
