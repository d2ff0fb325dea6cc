"""What SQLite says when it cannot go on, as errors that say what to do. Nothing was stored in any of these cases."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from eventsourcing.persistence import PersistenceError

from domain.errors import (
    LedgerBusyError,
    LedgerError,
    NotALedgerError,
    ReadOnlyStoreError,
    StoreError,
    StoreFullError,
)
from domain.words import Phrase

NOT_A_DATABASE = Phrase("{path} 不是履历账本文件;请核对 --database", "{path} is not a career ledger; check --database")
NEWER = Phrase(
    "{path} 由更新版本的程序写成(版式 {version});请升级程序",
    "{path} was written by a newer program (layout {version}); upgrade this one",
)
NO_FILE = Phrase("没有账本 {path};请先导入,或核对 --database", "no ledger at {path}; import first, or check --database")
NO_FOLDER = Phrase(
    "无法打开 {path};文件夹不存在或无权访问", "cannot open {path}; its folder is missing or closed to you"
)
FULL = Phrase(
    "磁盘已满或超出配额,未存入任何内容;请腾出空间后重新导入同一文件",
    "the disk is full and nothing was stored, or a quota is used up; make room, then import the same file again",
)
READ_ONLY = Phrase(
    "{path} 不可写,未存入任何内容;请检查文件和文件夹权限",
    "{path} may not be written and nothing was stored; check the permissions of the file and its folder",
)
BUSY = Phrase(
    "另一个程序正在写入 {path},未存入任何内容;请稍后再试",
    "another process is writing to {path} and nothing was stored; try again later",
)
DAMAGED = Phrase(
    "{path} 已损坏({detail});请从备份恢复,再运行 doctor",
    "{path} is damaged ({detail}); restore it from a backup, then run doctor",
)
OTHER = Phrase("存储失败,未存入任何内容:{detail}", "the store failed and nothing was stored: {detail}")

_SIGNS: tuple[tuple[str, type[StoreError], Phrase], ...] = (
    ("not a database", NotALedgerError, NOT_A_DATABASE),
    ("full", StoreFullError, FULL),
    ("readonly", ReadOnlyStoreError, READ_ONLY),
    ("locked", LedgerBusyError, BUSY),
    ("busy", LedgerBusyError, BUSY),
    ("unable to open", StoreError, NO_FOLDER),
    ("malformed", StoreError, DAMAGED),
    ("disk I/O", StoreError, DAMAGED),
)
"""Words in SQLite's messages, and what they mean here; the first that fits."""


def explain(error: Exception, path: object) -> LedgerError:
    """The error to raise instead of what SQLite said."""
    code = getattr(error if isinstance(error, sqlite3.Error) else error.__cause__, "sqlite_errorname", "")
    if code == "SQLITE_IOERR_WRITE":
        return StoreFullError(FULL())
    text = str(error)
    for sign, kind, phrase in _SIGNS:
        if sign in text:
            return kind(phrase(path=path, detail=text))
    return StoreError(OTHER(detail=text))


@contextmanager
def explained(path: object) -> Iterator[None]:
    """Run a part that uses the store; what SQLite says comes out as a `StoreError`."""
    try:
        yield
    except (sqlite3.Error, PersistenceError) as error:
        raise explain(error, path) from error
