"""Whose career: the offices' keys of people, of which the ledger keeps only a keyed digest.

A key can be an ID number, so neither it nor a plain digest of it is stored: who knows all ID numbers could try them
all. The same key always leads to the same career, in every ledger with the same digest key.
"""

import hmac
import re
from functools import lru_cache
from uuid import UUID

from domain.errors import KeyMismatchError
from domain.words import Phrase

STRONG_KEY = 16
"""Bytes of a digest key that cannot be found by trying; `doctor` tells of a shorter one."""

NO_KEY = Phrase(
    "缺少摘要密钥:请恢复账本旁的 .key 文件或设置 CAREER_LEDGER_KEY(服务器上的账本只能用后者);也可用履历 UUID 查询",
    "the digest key is missing: restore the .key file beside the ledger or set CAREER_LEDGER_KEY (a ledger on a server"
    " has only the latter); a career's UUID can be asked for without it",
)
OTHER_KEY = Phrase(
    "摘要密钥与本账本不符:同一人会变成两份履历;请使用原来的密钥",
    "the digest key is not this ledger's: one person would become two careers; use the key it was begun with",
)

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_IDENTITY = re.compile(r"\d{17}x")


class WorkerKeys:
    """Leads from an office's key to a career."""

    def __init__(self, digest_key: bytes | None) -> None:
        self._digest_key = digest_key
        self.career_of = lru_cache(maxsize=8_192)(self._career_of)

    def _career_of(self, worker: str) -> bytes:
        """The 16 bytes of the career of a worker's key; a career's UUID is its own key.

        Raises `KeyMismatchError` if a digest is needed and there is no key for it.
        """
        worker = worker.strip()
        if _UUID.fullmatch(worker):
            return UUID(worker).bytes
        if _IDENTITY.fullmatch(worker):
            worker = worker.upper()
        digest = bytearray(self._digest(worker.encode()))
        digest[6] = digest[6] & 0x0F | 0x80  # version 8 (RFC 9562): made of our own bits
        digest[8] = digest[8] & 0x3F | 0x80
        return bytes(digest)

    def check(self) -> bytes | None:
        """What a ledger remembers of its digest key, to know it again."""
        return None if self._digest_key is None else self._digest(b"career-ledger: whose key is this?")

    @property
    def is_weak(self) -> bool:
        """Whether the digest key could be found by trying."""
        return self._digest_key is not None and len(self._digest_key) < STRONG_KEY

    def recognise(self, check: bytes | None) -> None:
        """Refuse a digest key that is not the one with this check. Raises `KeyMismatchError`."""
        if check is not None and self._digest_key is not None and not hmac.compare_digest(check, self.check() or b""):
            raise KeyMismatchError(OTHER_KEY())

    def _digest(self, message: bytes) -> bytes:
        if self._digest_key is None:
            raise KeyMismatchError(NO_KEY())
        return hmac.digest(self._digest_key, message, "sha256")[:16]
