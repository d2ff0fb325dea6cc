"""Questions to the access log: which records, from where on, in an order that stays while others write."""

from collections.abc import Container
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from api.office.paging import Cursor, Page
from api.office.records import Accessed, Outcome
from api.office.rows import COLUMNS, Row, accessed, microseconds
from api.office.store import Store

SCANNED = 20_000
"""Records after which a page ends, however few of them were wanted: nobody waits for the whole log."""

AT_A_TIME = 2_000
"""Records that are fetched at a time where not all are wanted."""

FIRST_OF_ALL, LAST_OF_ALL = 0, 2**63 - 1
"""Before and after every number."""

_RECORDS = f"SELECT a.number, {', '.join(f'a.{column}' for column in COLUMNS)}, d.career FROM "  # noqa: S608
_TOLD = "disclosures d JOIN answers a ON a.number = d.answer WHERE "
_ALL = "answers a LEFT JOIN disclosures d ON d.answer = a.number AND d.answer > :number WHERE "
"""The second condition adds nothing but where to begin, for a plan that reads both in their order."""


class Wanted(Struct, frozen=True):
    """Which records; what is None does not matter. `first` and `last` are moments, both inside the period."""

    subject: str | None = None
    career: UUID | None = None
    first: datetime | None = None
    last: datetime | None = None
    role: str | None = None
    outcome: Outcome | None = None

    def conditions(self) -> tuple[str, dict[str, str | int | bytes]]:
        """What an answer must be, to follow another condition in a query, and its values."""
        told: list[tuple[str, str, str | int | None]] = [
            ("a.subject =", "subject", self.subject),
            ("a.at >=", "first", None if self.first is None else microseconds(self.first)),
            ("a.at <=", "last", None if self.last is None else microseconds(self.last)),
            ("a.role =", "role", self.role),
            ("a.outcome =", "outcome", self.outcome),
        ]
        asked = [(test, name, value) for test, name, value in told if value is not None]
        return "".join(f" AND {test} :{name}" for test, name, _ in asked), {name: value for _, name, value in asked}


def page(store: Store, wanted: Wanted, after: Cursor, limit: int, careers: Container[UUID | None] | None) -> Page:
    """At most `limit` records after a cursor, in the order of (number, career).

    With `careers`, only those of careers in it; answers that told of nobody count as of `None`.
    """
    if limit < 1:
        raise ValueError(limit)
    most = limit if careers is None else max(limit, AT_A_TIME)
    found: list[Accessed] = []
    scanned = 0
    while scanned < SCANNED:
        rows = _after(store, wanted, after, most)
        for row in rows:
            after = Cursor(row[0], None if row[-1] is None else UUID(bytes=row[-1]))
            if careers is None or after.career in careers:
                found.append(accessed(row))
                if len(found) == limit:
                    return Page(tuple(found), after, ended=False)
        if len(rows) < most:
            return Page(tuple(found), after, ended=True)
        scanned += len(rows)
    return Page(tuple(found), after, ended=False)


def of_career(
    store: Store, career: UUID, bounds: tuple[int, int], limit: int, hidden: frozenset[str]
) -> list[Accessed]:
    """The first records of one career between two numbers, without both; if they go down, from the last."""
    start, end = bounds
    order = "ASC" if start < end else "DESC"
    values: dict[str, str | int | bytes] = {"career": career.bytes, "low": min(bounds), "high": max(bounds)}
    unseen = {f"hidden_{place}": role for place, role in enumerate(sorted(hidden))}
    query = f"{_RECORDS}{_TOLD}d.career = :career AND d.answer > :low AND d.answer < :high"
    if unseen:
        query += f" AND a.role NOT IN ({', '.join(f':{name}' for name in unseen)})"
    rows = store.select(f"{query} ORDER BY d.answer {order} LIMIT :limit", {**values, **unseen, "limit": limit})
    return list(map(accessed, rows))


def _after(store: Store, wanted: Wanted, after: Cursor, limit: int) -> list[Row]:
    """What is left of the answer that the cursor is in, then the answers that follow it."""
    such, values = wanted.conditions()
    values["number"] = after.number
    one = ""
    if wanted.career is not None:
        one, values["career"] = " AND d.career = :career", wanted.career.bytes
    rows: list[Row] = []
    if after.career is not None:
        rest = f"{_RECORDS}{_TOLD}d.answer = :number AND d.career > :after{one}{such} ORDER BY d.career LIMIT :limit"
        rows = store.select(rest, {**values, "after": after.career.bytes, "limit": limit})
    if len(rows) < limit:
        among = f"{_TOLD}d.answer > :number{one}" if one else f"{_ALL}a.number > :number"
        order = "d.answer" if one else "a.number, d.career"
        following = f"{_RECORDS}{among}{such} ORDER BY {order} LIMIT :limit"
        rows += store.select(following, {**values, "limit": limit - len(rows)})
    return rows
