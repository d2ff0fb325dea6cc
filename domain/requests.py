"""Requests that may be sent again: recorded once, and answered every time as the first time.

A caller whose connection breaks does not know what became of what it asked for, and asks again with the same key, as
HTTP's `Idempotency-Key` has it (draft-ietf-httpapi-idempotency-key-header). The ledger remembers the key in the very
transaction that records, so however a program ends, both are there or neither is. What was refused is not remembered:
it may be tried again, and may go in then.

Requests are remembered for as long as the ledger is, and are not exported: in another ledger, nothing has been asked.
"""

from uuid import UUID

from msgspec import Struct

from domain.entry import Entry
from domain.errors import DamagedEntryError, ReusedKeyError
from domain.stored import entry_of
from domain.stores.rows import Grounds, Remembered
from domain.words import Phrase

SHORTEST, LONGEST = 16, 32
"""Bytes of a digest: fewer could meet by chance. With 16, which are enough, a request takes some 66 bytes in a file."""

REUSED = Phrase(
    "请求键(Idempotency-Key)已用于内容不同的另一请求,本次未存入任何内容;新请求请换新键,重试须与原请求完全相同",
    "the request key (Idempotency-Key) has been used for another request, and nothing was stored; give a new request a"
    " new key, and repeat a request just as it was",
)
MISSING = Phrase(
    "该请求已记录为第 {first} 至 {last} 条,但账本中已无这些记录;请从备份恢复,再运行 doctor",
    "this request was recorded as entries {first} to {last}, which the ledger no longer has; restore it from a backup,"
    " then run doctor",
)
CANNOT = Phrase(
    "账本尚无请求表,或该角色无权使用,未存入任何内容;请由其所有者以写入方式打开一次,并授予 recorded_requests 的"
    " SELECT、INSERT 权限,然后重新启动本程序",
    "the ledger has no table of requests yet, or the role may not use it, and nothing was stored; let its owner open it"
    " once for writing and grant SELECT and INSERT on recorded_requests, then start this program again",
)


class Request(Struct, frozen=True):
    """How a request is known again.

    `key` is a digest of its author and of the key that the caller gave it, so that nobody meets the requests of others;
    `content` is a digest of what was asked. Raises `ValueError` if one is not of 16 to 32 bytes.
    """

    key: bytes
    content: bytes

    def __post_init__(self) -> None:
        for digest in (self.key, self.content):
            if not SHORTEST <= len(digest) <= LONGEST:
                raise ValueError(f"a digest of {len(digest)} bytes, not {SHORTEST} to {LONGEST}")


def recorded_before(request: Request, remembered: Remembered, career: UUID, grounds: Grounds) -> list[Entry]:
    """The entries that a request recorded when it first came.

    Raises `ReusedKeyError` if another request had its key, and `DamagedEntryError` if they are not there any more.
    """
    if (remembered.content, remembered.career) != (request.content, career.bytes):
        raise ReusedKeyError(REUSED())
    first, last = remembered.first, remembered.last
    entries = [entry_of(row, career) for row in grounds.rows if first <= row.number <= last]
    if len(entries) != last - first + 1:
        raise DamagedEntryError(MISSING(first=first, last=last))
    return entries
