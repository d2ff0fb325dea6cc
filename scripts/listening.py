"""Where the server listens: a socket of its own, and connections that cannot be held open or filled without end."""

import os
import socket
import ssl
from asyncio import TimerHandle, Transport
from typing import Any, cast

import uvicorn
from rich.console import Console
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from api.web.house import House
from domain.errors import LedgerError, QuestionError
from domain.words import Language, Phrase

SERVING = Phrase(
    "履历账本正在 {url} 提供查询;接口说明见 {url}/schema;按 Ctrl-C 停止",
    "Career Ledger answers at {url}; its API is described at {url}/schema; stop it with Ctrl-C",
)
CANNOT_LISTEN = Phrase(
    "不能在 {host} 的端口 {port} 上监听:{detail};请换 --port(0 为任意)或 --host,或停止占用它的程序",
    "cannot listen at {host}, port {port}: {detail}; choose another --port (0 for any) or --host, or end what is there",
)

NO_CERTIFICATE = Phrase(
    "--tls-key 须与 --tls-certificate 一并给出", "--tls-key goes with --tls-certificate; give both, or neither"
)
BAD_CERTIFICATE = Phrase(
    "证书 {path} 不能使用:应为 PEM,并与其私钥相配,私钥不加密({detail})",
    "the certificate {path} cannot be used: PEM is expected, with the key that belongs to it, not encrypted ({detail})",
)

BACKLOG = 1024
"""Connections that may wait to be taken."""

LONGEST_HEAD = 64 * 1024
"""Bytes of a request before its body."""

HEAD_SECONDS = 15.0
"""How long those may take to arrive, from the first one or from the connection on."""


class CannotListenError(LedgerError):
    """The address is taken, or is none of this machine; or its certificate cannot be used."""


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens; with port 0, at any that is free. Raises `CannotListenError`."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, _, _, _, address = found[0]
        return socket.create_server(cast(Any, address), family=family, backlog=BACKLOG)
    except (OSError, UnicodeError) as error:
        raise CannotListenError(CANNOT_LISTEN(host=host, port=port, detail=_why(error))) from error


def _why(error: OSError | UnicodeError) -> str:
    if isinstance(error, OSError) and error.errno and not isinstance(error, socket.gaierror):
        return os.strerror(error.errno)
    return str(getattr(error, "strerror", error))


def check_tls(certificate: str | None, key: str | None) -> None:
    """Refuse what HTTPS cannot be served with. Raises `QuestionError` or `CannotListenError`."""
    if certificate is None:
        if key is not None:
            raise QuestionError(NO_CERTIFICATE())
        return
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, password=lambda: "")
    except (OSError, ValueError) as error:
        detail = getattr(error, "reason", None) or type(error).__name__
        raise CannotListenError(BAD_CERTIFICATE(path=certificate, detail=detail)) from error


class Connection(HttpToolsProtocol):
    """A connection that is closed if the head of a request is too long, or too long in coming.

    The server itself bounds neither. What a body may be, the routes say.
    """

    _deadline: TimerHandle | None = None
    _in_head = True
    _head = 0

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._deadline = self.loop.call_later(HEAD_SECONDS, transport.close)

    def connection_lost(self, exc: Exception | None) -> None:
        self._in_time()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._in_head:
            self._head += len(data)
            if self._head > LONGEST_HEAD:
                self._in_time()
                self.send_400_response("The head of the request is too long.")
                return
        super().data_received(data)
        if self._in_head and self._deadline is None:
            self._deadline = self.loop.call_later(HEAD_SECONDS, self.transport.close)

    def on_message_begin(self) -> None:
        self._in_head = True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._in_head, self._head = False, 0
        self._in_time()
        super().on_headers_complete()

    def _in_time(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


class Server(uvicorn.Server):
    """Says where it listens, and tells the house when it is to stop, so that streams end."""

    def __init__(self, config: uvicorn.Config, house: House, language: Language) -> None:
        super().__init__(config)
        self._house = house
        self._language = language

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and sockets:
            host, port = sockets[0].getsockname()[:2]
            scheme = "https" if self.config.is_ssl else "http"
            shown = f"[{host}]" if ":" in host else host
            words = SERVING(url=f"{scheme}://{shown}:{port}").say(self._language)
            Console(stderr=True, soft_wrap=True, highlight=False).print(words)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._house.stop()
        await super().shutdown(sockets)
