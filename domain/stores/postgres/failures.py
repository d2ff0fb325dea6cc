"""What PostgreSQL says when it cannot go on, as errors that say what to do.

Its own words are not repeated, for they may hold what was to be stored, or parts of the URL.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import errors

from domain.errors import (
    LedgerBusyError,
    NotALedgerError,
    ReadOnlyStoreError,
    StaleCareerError,
    StoreError,
    StoreFullError,
    UnreachableStoreError,
)
from domain.stores.failures import BUSY, DAMAGED, OTHER, STALE
from domain.words import Phrase

NOT_A_LEDGER = Phrase(
    "{place} 中有同名的其他数据表,不是履历账本;请核对 --database",
    "{place} is not a career ledger: it has other tables of these names; check --database",
)
NO_SCHEMA = Phrase(
    "{place} 没有该角色可用的默认模式;请授予 USAGE 权限,或设置 search_path",
    "there is no default schema for this role at {place}; grant it USAGE of one, or set its search_path",
)
NO_ANSWER = Phrase(
    "{place} 没有服务器应答,未存入任何内容;请检查服务器是否运行,并核对 --database",
    "no server answers at {place} and nothing was stored; is it running, and is --database right?",
)
CUT_OFF = Phrase(
    "与 {place} 的连接中断,未存入任何内容;请稍后再试",
    "the connection to {place} was lost and nothing was stored; try again later",
)
UNKNOWN = Phrase(
    "存入时与 {place} 的连接中断,无法确定是否已存入;请先重新读取履历再重试(同一文件可重新导入,不会重复记录)",
    "the connection to {place} was lost while it was storing: it is not known whether anything was stored; read the"
    " career again before trying again (the same file can be imported again: nothing is recorded twice)",
)
NO_LOGIN = Phrase(
    "{place} 拒绝登录;请核对用户名、密码和服务器的 pg_hba.conf",
    "{place} refuses the login; check the user, the password and the server's pg_hba.conf",
)
NO_DATABASE = Phrase(
    "没有数据库 {place};请先创建(createdb),或核对 --database",
    "there is no database {place}; create it (createdb), or check --database",
)
STANDBY = Phrase(
    "{place} 只读(可能是备库),未存入任何内容;请写明主库,或列出各主机并加 target_session_attrs=read-write",
    "{place} only lets read, as a standby does, and nothing was stored; name the primary, or all hosts with"
    " target_session_attrs=read-write",
)
NOT_ALLOWED = Phrase(
    "该数据库角色无权在 {place} 这样做,未存入任何内容;请授予权限",
    "the database role may not do this at {place} and nothing was stored; grant it the rights to",
)
ONLY_ASKED = Phrase("{place} 仅以查询方式打开", "{place} was opened only to be asked")
FULL = Phrase(
    "服务器 {place} 的磁盘已满,未存入任何内容;请腾出空间后重新导入同一文件",
    "the disk of the server at {place} is full and nothing was stored; make room, then import the same file again",
)
CROWDED = Phrase(
    "{place} 的连接已用尽,未存入任何内容;请稍后再试",
    "all connections to {place} are taken and nothing was stored; try again later",
)
TIMED_OUT = Phrase(
    "服务器 {place} 中止了过久的语句,未存入任何内容;请检查 statement_timeout 后再试",
    "the server at {place} cancelled what took too long and nothing was stored; look at its statement_timeout",
)

_SAID_WHEN_CONNECTING: tuple[tuple[tuple[str, ...], type[StoreError], Phrase], ...] = (
    (("authentication", "password", "pg_hba.conf", "role ", "no such user"), StoreError, NO_LOGIN),
    (("read-only", "not in hot standby", "in recovery"), ReadOnlyStoreError, STANDBY),
    (("too many", "connection slots"), LedgerBusyError, CROWDED),
    (('database "', "no such database"), StoreError, NO_DATABASE),
)
"""Words of a server that lets nobody in, for which libpq has no code; the first that fit. It may say them otherwise
in another language: then all that is told is that no connection could be made."""

_BY_CLASS: tuple[tuple[tuple[type[Exception], ...], type[StoreError], Phrase], ...] = (
    ((errors.DiskFull,), StoreFullError, FULL),
    # A standby has no transactions that write: to begin one is a feature that it does not have.
    ((errors.ReadOnlySqlTransaction, errors.FeatureNotSupported), ReadOnlyStoreError, STANDBY),
    ((errors.InsufficientPrivilege,), ReadOnlyStoreError, NOT_ALLOWED),
    ((errors.TooManyConnections,), LedgerBusyError, CROWDED),
    ((errors.QueryCanceled,), LedgerBusyError, TIMED_OUT),
    ((errors.LockNotAvailable, errors.DeadlockDetected, errors.SerializationFailure), LedgerBusyError, BUSY),
    ((errors.DataCorrupted, errors.IndexCorrupted, errors.IoError), StoreError, DAMAGED),
    ((errors.UndefinedTable, errors.UndefinedColumn), NotALedgerError, NOT_A_LEDGER),
)

ENDED = (errors.AdminShutdown, errors.CrashShutdown, errors.CannotConnectNow, errors.IdleInTransactionSessionTimeout)
"""The server ends the connection, and says so."""


def is_cut_off(error: psycopg.Error) -> bool:
    """Whether the connection is gone."""
    return isinstance(error, ENDED) or (isinstance(error, psycopg.OperationalError) and error.sqlstate is None)


def explain(error: psycopg.Error, place: str) -> StoreError | StaleCareerError:
    """The error to raise instead of what PostgreSQL said."""
    if isinstance(error, errors.UniqueViolation):
        return StaleCareerError(STALE())
    for classes, kind, phrase in _BY_CLASS:
        if isinstance(error, classes):
            return kind(phrase(place=place, path=place, detail=_code(error)))
    if is_cut_off(error):
        return UnreachableStoreError(CUT_OFF(place=place))
    return StoreError(OTHER(detail=_code(error)))


def _code(error: psycopg.Error) -> str:
    """What kind of error it is, by name and by code."""
    return f"{type(error).__name__} {error.sqlstate or ''}".rstrip()


@contextmanager
def explained(place: str) -> Iterator[None]:
    """Run a part that uses the store; what PostgreSQL says comes out as a `StoreError`."""
    try:
        yield
    except psycopg.Error as error:
        raise explain(error, place) from error


@contextmanager
def connecting(place: str) -> Iterator[None]:
    """Run a part that connects to the server."""
    try:
        yield
    except psycopg.Error as error:
        said = str(error)
        for words, kind, phrase in _SAID_WHEN_CONNECTING:
            if any(word in said for word in words):
                raise kind(phrase(place=place)) from error
        raise UnreachableStoreError(NO_ANSWER(place=place)) from error
