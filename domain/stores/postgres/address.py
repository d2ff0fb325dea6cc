"""What libpq is told of the server, and what may be shown of it: never a password."""

import re
from typing import Any

import psycopg
from psycopg import pq
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import TupleRow

from domain.errors import QuestionError
from domain.words import Phrase

Connection = psycopg.Connection[TupleRow]

CONNECT_SECONDS = 10
"""How long one host is tried, unless the URL or PGCONNECT_TIMEOUT says otherwise."""

PLAIN = re.compile(r"[\w.,:/\[\]-]*")
"""A host or a database that can be shown. With other characters it may be part of a password that was not encoded."""

PORTS = re.compile(r"[\d,]*")

NOT_READ = Phrase(
    "无法解读 postgresql:// 地址;用户名或密码中的 @ : / 等字符须写作百分号编码(如 %40)",
    "the postgresql:// URL cannot be read; characters such as @ : / in a user name or a password are written"
    " percent-encoded (as %40)",
)


class Address:
    """A database of a PostgreSQL server."""

    def __init__(self, url: str, *, writing: bool) -> None:
        try:
            told = conninfo_to_dict(url)
        except psycopg.Error:
            raise QuestionError(NOT_READ()) from None
        if not PORTS.fullmatch(str(told.get("port") or "")):
            raise QuestionError(NOT_READ())
        libpq = {option.keyword.decode(): option.val for option in pq.Conninfo.get_defaults()}
        hosts = str(told.get("hostaddr") or told.get("host") or (libpq["host"] or b"").decode())
        if "connect_timeout" not in told and not libpq["connect_timeout"]:
            told["connect_timeout"] = CONNECT_SECONDS
        if writing and "," in hosts and "target_session_attrs" not in told and not _asks_for(libpq):
            told["target_session_attrs"] = "read-write"
        told.setdefault("fallback_application_name", "career-ledger")
        told["client_encoding"] = "UTF8"
        self.conninfo = make_conninfo("", **told)
        self.place = _shown(told, hosts)

    def connect(self) -> Connection:
        """A connection of its own, that is in no pool. Raises `psycopg.OperationalError`."""
        return psycopg.connect(self.conninfo, autocommit=True, prepare_threshold=None)


def _asks_for(libpq: dict[str, bytes | None]) -> bool:
    """Whether PGTARGETSESSIONATTRS asks for a kind of session; `any` is what libpq says if it does not."""
    return libpq["target_session_attrs"] not in (None, b"any")


def _shown(told: dict[str, Any], hosts: str) -> str:
    """Where the ledger is, without who asks and with which password."""
    database = str(told.get("dbname") or "")
    if not (PLAIN.fullmatch(hosts) and PLAIN.fullmatch(database)):
        return "postgresql://…"
    if hosts.startswith("/"):
        return f"postgresql:///{database}?host={hosts}"
    port = f":{told['port']}" if told.get("port") else ""
    return f"postgresql://{hosts}{port}/{database}"
