"""One key set over HTTP: from where it may come, how long it may take and how large it may be."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import ip_address
from threading import Event, Timer
from typing import NamedTuple
from urllib.parse import urlsplit

from api.access.errors import BadKeysError, KeysUnavailableError
from api.access.jwks import LARGEST
from domain.words import Phrase

TIME_LIMIT = 5.0
"""Seconds for one fetch, from the connection to the last byte; to find a host's address comes before."""

NOT_AN_ADDRESS = Phrase(
    "密钥集地址应为 https://…(本机可用 http://),不含用户名、密码和 #",
    "write the address of the key set as https://… (or http:// on this machine), without user, password or #",
)
NO_ANSWER = Phrase("身份认证系统 {host} 没有应答({detail})", "the identity provider {host} does not answer ({detail})")
LATE = Phrase("超过 {limit:g} 秒", "not within {limit:g} seconds")
OTHER_ANSWER = Phrase(
    "身份认证系统 {host} 应答 {status},而不是密钥集;请核对地址(不跟随重定向)",
    "the identity provider {host} answers {status} and no key set; check the address (redirects are not followed)",
)


class Address(NamedTuple):
    """Where a key set is."""

    host: str
    port: int | None
    target: str
    secure: bool

    def connection(self, limit: float) -> HTTPConnection:
        kind = HTTPSConnection if self.secure else HTTPConnection
        return kind(self.host, self.port, timeout=limit)


def read_address(url: str) -> Address:
    """The address that a URL is. Over plain HTTP only from this machine: who can change the keys can be anybody.

    Raises `BadKeysError`.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise BadKeysError(NOT_AN_ADDRESS()) from error
    secure = parts.scheme == "https"
    allowed = secure or (parts.scheme == "http" and _is_here(host))
    if not allowed or not host or "@" in parts.netloc or parts.fragment or not url.isascii() or not url.isprintable():
        raise BadKeysError(NOT_AN_ADDRESS())
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Address(host, port, target, secure)


def fetch(address: Address, limit: float = TIME_LIMIT) -> bytes:
    """The document at an address, within `limit` seconds; of a longer one than `LARGEST` one byte more than that.

    No redirect is followed, no proxy is used. Raises `KeysUnavailableError`.
    """
    connection, late = address.connection(limit), Event()
    try:
        connection.connect()
        with _limited(connection.sock, limit, late):
            connection.request("GET", address.target, headers={"Accept": "application/jwk-set+json, application/json"})
            answer = connection.getresponse()
            document = answer.read(LARGEST + 1) if answer.status == 200 else b""
    except (OSError, HTTPException, ValueError) as error:
        raise _silent(address, LATE(limit=limit) if late.is_set() else type(error).__name__) from error
    finally:
        connection.close()
    if late.is_set():
        raise _silent(address, LATE(limit=limit))
    if answer.status != 200:
        raise KeysUnavailableError(OTHER_ANSWER(host=address.host, status=answer.status), retry_after=1)
    return document


def _is_here(host: str | None) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host or "").is_loopback
    except ValueError:
        return False


@contextmanager
def _limited(connected: socket.socket, limit: float, late: Event) -> Iterator[None]:
    """End what takes too long: a limit on each read alone could be drawn out byte by byte."""

    def cut() -> None:
        late.set()
        with suppress(OSError):
            connected.shutdown(socket.SHUT_RDWR)

    timer = Timer(limit, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _silent(address: Address, detail: object) -> KeysUnavailableError:
    return KeysUnavailableError(NO_ANSWER(host=address.host, detail=detail), retry_after=1)
