"""The feed 变更流: all entries as CloudEvents 1.0, one a line, or pushed as they are recorded.

An event's `id` is its position, so a reader goes on after the last one that it has. Its `data` is the entry as a line
of the import format, verbatim. An auditor of a part of the region gets the careers in reach; positions then have gaps.
"""

from collections.abc import AsyncIterator, Sequence
from functools import partial
from typing import cast
from uuid import UUID

from eventsourcing.persistence import Notification
from litestar import Controller

from api.web import measuring
from api.web.asking import Asking
from api.web.errors import BusyError
from api.web.gate import answered
from api.web.operation import Operation, route
from api.web.parameters import FEED_AFTER, FEED_LIMIT, HOUSE
from api.web.telling import EVENTS, NDJSON, Told
from domain.divisions import REGION_CODE
from domain.entry import decode_moment
from domain.errors import LedgerError
from domain.exporting import line_of
from domain.words import Phrase

AT_A_TIME = 500
"""Entries that are read, logged and sent together."""

HEARTBEAT_SECONDS = 15.0
"""How often a silent stream shows that it is alive, for whoever stands between."""

MOST_STREAMS = 200
MOST = 10**9

STOPPING = Phrase("服务正在停止;请稍后从最后一条之后继续", "the server is stopping; go on later, after the last event")
TOO_MANY = Phrase("推送连接过多,请稍后再试", "too many streams are open; try again later")

FEED = Operation(
    "feed",
    Phrase("变更流:CloudEvents 1.0", "All entries as CloudEvents 1.0, as NDJSON or server-sent events"),
    tells=bytes,
    takes=(*HOUSE, FEED_AFTER, FEED_LIMIT),
    tagged=False,
    media=(NDJSON, EVENTS),
)


class Feed(Controller):
    """All entries, in the order of recording."""

    path = "/feed"
    tags = ("auditor",)

    @route("GET", "/", FEED)
    def feed(self, asking: Asking) -> Told:
        asking.permit("feed", None)
        head = asking.known().position
        if EVENTS not in asking.header(b"accept"):
            limit = asking.whole("limit", MOST)
            return Told(b"", (), head, media=NDJSON, stream=_lines(asking, asking.whole("after", 0), head, limit))
        if asking.house.heads.streams >= MOST_STREAMS:
            raise BusyError(TOO_MANY(), 30)
        seen = asking.header(b"last-event-id")
        after = int(seen) if seen.isascii() and seen.isdigit() and len(seen) <= 18 else asking.whole("after", 0)
        return Told(b"", (), head, media=EVENTS, stream=_pushed(asking, after))


async def _lines(asking: Asking, after: int, head: int, limit: int) -> AsyncIterator[bytes]:
    """The entries after a position and up to the head, as it was when the request came.

    If the log or the store fails, the connection is broken off: lines that simply ended would be taken for all.
    """
    async for events in _batches(asking, after, head, limit):
        yield b"".join([event + b"\n" for _, event in events])


async def _pushed(asking: Asking, after: int) -> AsyncIterator[bytes]:
    """The same as server-sent events, and then those that come, for as long as the token is good.

    If the log or the store fails, the stream ends, and the reader comes again after the last event that it has.
    """
    heads = asking.house.heads
    heads.streams += 1
    try:
        yield b": connected\n\n"
        while True:
            head = await heads.after(after, HEARTBEAT_SECONDS)
            if not _goes_on(asking):
                return
            if head <= after:
                yield b": alive\n\n"
                continue
            async for events in _batches(asking, after, head):
                yield b"".join([b"id: %d\ndata: %s\n\n" % (position, event) for position, event in events])
                if not _goes_on(asking):
                    return
            after = head
    except LedgerError as error:
        measuring.warn("a stream of the feed ended", error)
    finally:
        heads.streams -= 1


def _goes_on(asking: Asking) -> bool:
    """Whether the server goes on, and the token is good."""
    assert asking.subject is not None
    return not asking.house.stopping and asking.house.now().timestamp() < asking.subject.expires


async def _batches(asking: Asking, after: int, head: int, limit: int = MOST) -> AsyncIterator[list[tuple[int, bytes]]]:
    """Events by position, `limit` at most, a batch at a time; each is in the access log before it is given out.

    Raises a `LedgerError` if the store or the log fails; then nothing of the batch is given out.
    """
    house = asking.house
    while after < head and limit:
        if house.stopping:
            raise BusyError(STOPPING(), 2)
        rows = await house.beside(partial(_read, asking, after, head))
        after = rows[-1].id if len(rows) == AT_A_TIME else head
        told = (await house.beside(partial(_in_reach, asking, rows)))[:limit]
        limit -= len(told)
        if told:
            careers = dict.fromkeys(map(_career, told))
            await house.log.log(answered(asking, "answered", careers, told[-1].id))
            yield [(row.id, event_of(row, house.source)) for row in told]


def _read(asking: Asking, after: int, head: int) -> Sequence[Notification]:
    return asking.house.ledger.recorder.select_notifications(after, AT_A_TIME, head, inclusive_of_start=False)


def _in_reach(asking: Asking, rows: Sequence[Notification]) -> Sequence[Notification]:
    if asking.jurisdiction == REGION_CODE:
        return rows
    asking.now = None  # A stream may last for days: who is in reach is looked up anew.
    reached = {career: asking.reaches(career) for career in set(map(_career, rows))}
    return [row for row in rows if reached[_career(row)]]


def _career(row: Notification) -> UUID:
    return cast(UUID, row.originator_id)


def event_of(row: Notification, source: str) -> bytes:
    """An entry as a CloudEvent (CloudEvents 1.0, 3: JSON event format), its data the entry's own bytes."""
    career = _career(row)
    moment = decode_moment(row.state).isoformat().replace("+00:00", "Z")
    head = (
        f'{{"specversion":"1.0","id":"{row.id}","source":"{source}","type":"career_ledger.{row.topic}",'
        f'"subject":"{career}","time":"{moment}","datacontenttype":"application/json","number":{row.originator_version},'
        f'"data":'
    )
    return head.encode() + line_of(career, row.state).rstrip(b"\n") + b"}"
