"""Where the keys come from that tokens are verified by: given once, or read from a file that may change.

`fetched.py` has those of an identity provider's URL. All of them may be asked from several threads, and none of them
waits for anything but a local file.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from threading import Lock

from api.access.errors import BadKeysError, KeysUnavailableError
from api.access.jwks import LARGEST, KeySet, VerifyingKey, read_key_set
from domain.errors import LedgerError
from domain.words import Phrase, Reason

GLANCE = 1.0
"""Seconds between two looks at a file."""

HALF_WRITTEN = 60.0
"""Seconds for which the keys of a file stay good that has gone or become unreadable: it may be being replaced."""

UNAVAILABLE = Phrase(
    "暂时无法取得验证令牌的密钥;请稍后再试,或联系账本管理员",
    "the keys that tokens are verified by cannot be had at present; try again later, or tell who runs the ledger",
)
UNREADABLE = Phrase(
    "密钥集文件 {path} 无法读取;请核对路径和权限", "cannot read the key set {path}; check path and permissions"
)


class Keys(ABC):
    """The keys that tokens are verified by. `now` is in seconds since 1970."""

    @abstractmethod
    def current(self, now: float) -> KeySet:
        """The keys that are good now. Raises `KeysUnavailableError`."""

    def find(self, kid: str | None, algorithm: str, now: float) -> VerifyingKey | None:
        """The key that a token names, if there is one now. Raises `KeysUnavailableError`."""
        return self.current(now).find(kid, algorithm)


class FixedKeys(Keys):
    """Keys that stay as they are."""

    def __init__(self, keys: KeySet) -> None:
        self._keys = keys

    def current(self, now: float) -> KeySet:  # noqa: ARG002 - they are good at any time
        return self._keys


class FileKeys(Keys):
    """The keys of a file, read again soon after it was changed; it is looked at once a second at most.

    `read` makes the keys of the file, and raises a `LedgerError` if it cannot. So does `FileKeys` at first; later, keys
    that were good are so for `HALF_WRITTEN` seconds more.
    """

    def __init__(self, path: Path, now: float, read: Callable[[Path], KeySet]) -> None:
        self._path = path
        self._read = read
        self._lock = Lock()
        self._problem: Reason | None = None
        self._mark = self._look()
        self._keys = read(path)
        self._looked = self._sound = now

    def current(self, now: float) -> KeySet:
        with self._lock:
            if not 0 <= now - self._looked < GLANCE:
                self._looked = now
                self._refresh(now)
            if now - self._sound > HALF_WRITTEN:
                raise KeysUnavailableError(UNAVAILABLE(), retry_after=int(GLANCE), cause=self._problem)
            return self._keys

    def _refresh(self, now: float) -> None:
        """Read the file again if it is another than before. What was half written then is read again every time."""
        mark = self._look()
        try:
            if mark is None or mark != self._mark:
                self._keys = self._read(self._path)
        except LedgerError as error:
            self._problem, self._mark = error.reason, None
        else:
            self._mark, self._sound = mark, now

    def _look(self) -> tuple[int, int, int] | None:
        """What changes when the file does; None if there is none."""
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size, status.st_ino


def read_key_set_file(path: Path) -> KeySet:
    """The keys of a JWKS file. Raises `BadKeysError`."""
    try:
        with path.open("rb") as file:
            document = file.read(LARGEST + 1)
    except OSError as error:
        raise BadKeysError(UNREADABLE(path=path)) from error
    return read_key_set(document)
