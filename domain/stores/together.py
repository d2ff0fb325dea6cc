"""What one caller of a group sees and decides; nothing of it is written before all of them have decided."""

from collections.abc import Sequence

from domain.errors import StaleCareerError
from domain.stores.appending import Appending
from domain.stores.failures import STALE
from domain.stores.rows import Remembered, Row, Stored


class Together(Appending):
    """What one caller sees of the group's transaction: what is stored, and what the callers before it have decided."""

    def __init__(self, stored: Appending) -> None:
        self._stored = stored
        self._head = stored.head
        self._rows: list[Row] = []
        self._kept = 0
        self._later: dict[bytes, list[Stored]] = {}
        self._key: bytes | None = None
        self._own_key: bytes | None = None
        self._requests: dict[bytes, Remembered] = {}
        self._own_requests: dict[bytes, Remembered] = {}

    @property
    def head(self) -> int:
        return self._head + len(self._rows)

    def rows(self, career: bytes) -> Sequence[Stored]:
        stored = self._stored.rows(career)
        later = self._later.get(career)
        return [*stored, *later] if later else stored

    def last_number(self, career: bytes) -> int:
        later = self._later.get(career)
        return later[-1].number if later else self._stored.last_number(career)

    def row_at(self, position: int) -> Stored | None:
        place = position - self._head - 1
        if place < 0:
            return self._stored.row_at(position)
        return Stored(position, *self._rows[place]) if place < len(self._rows) else None

    def append(self, rows: Sequence[Row]) -> range:
        """Decide to write rows. Their numbers go on where the career ends, so that none can be found taken later."""
        numbers: dict[bytes, int] = {}
        for row in rows:
            last = numbers.get(row.career)
            if row.number != (self.last_number(row.career) if last is None else last) + 1:
                raise StaleCareerError(STALE())
            numbers[row.career] = row.number
        first = self.head + 1
        for position, row in enumerate(rows, first):
            self._later.setdefault(row.career, []).append(Stored(position, *row))
        self._rows += rows
        return range(first, first + len(rows))

    def key_check(self) -> bytes | None:
        return self._own_key or self._key or self._stored.key_check()

    def remember_key(self, check: bytes | None) -> None:
        self._own_key = check

    def remembered(self, key: bytes) -> Remembered | None:
        return self._own_requests.get(key) or self._requests.get(key) or self._stored.remembered(key)

    def remember(self, requests: Sequence[Remembered]) -> None:
        self._own_requests |= {request.key: request for request in requests}

    def keep(self) -> None:
        """What the present caller has decided is to be written."""
        self._kept = len(self._rows)
        self._key, self._own_key = self._own_key or self._key, None
        if self._own_requests:
            self._requests |= self._own_requests
            self._own_requests = {}

    def forget(self) -> None:
        """What the present caller has decided is not to be written after all."""
        for row in reversed(self._rows[self._kept :]):
            self._later[row.career].pop()
        del self._rows[self._kept :]
        self._own_key = None
        self._own_requests = {}

    def write(self) -> None:
        """Write what has been decided."""
        if self._key is not None:
            self._stored.remember_key(self._key)
        if self._rows:
            self._stored.append(self._rows)
        if self._requests:
            self._stored.remember(list(self._requests.values()))

    @property
    def last(self) -> Stored | None:
        """The last row that was decided, if any was."""
        return Stored(self.head, *self._rows[-1]) if self._rows else None
