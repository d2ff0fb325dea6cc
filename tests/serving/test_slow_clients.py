"""Clients that drip, stall, shout or come in crowds hold nobody up but themselves."""

import resource
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from uuid import UUID

import pytest

from tests.ledger.shell import PATIENCE
from tests.serving.server import Server, served, settled

SHORT = """
from api.web import body
from scripts import listening
body.SECONDS = 1.0
listening.HEAD_SECONDS = 1.0
"""
"""The server's patience, which is a quarter of a minute otherwise."""

CROWD = 400
STALLED = 40
LIVE = b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n"


class Place:
    """A server with some careers."""

    def __init__(self, server: Server, careers: list[UUID]) -> None:
        self.server, self.careers = server, careers

    def line(self, said: bytes = b"") -> socket.socket:
        line = socket.create_connection(("127.0.0.1", self.server.port), PATIENCE)
        line.sendall(said)
        return line

    def head(self, method: str, path: str, *more: str) -> bytes:
        token = self.server.token("clerk", "auditor")
        lines = [f"{method} {path} HTTP/1.1", "Host: x", f"Authorization: Bearer {token}", *more]
        return "\r\n".join(lines).encode() + b"\r\n\r\n"

    def recording(self, length: int) -> bytes:
        told = "Content-Type: application/json", f"Content-Length: {length}", "Idempotency-Key: k"
        return self.head("POST", f"/careers/{self.careers[0]}/facts", *told)

    def answers(self) -> bool:
        with closing(self.server.caller("auditor")) as caller:
            return caller.get(f"/careers/{self.careers[0]}/service-years").status == 200


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("slow")
    careers = settled(folder / "ledger.db", 20)
    with served(folder / "ledger.db", folder, patches=SHORT) as server:
        yield Place(server, careers)
        assert server.ended() == 0
    assert "Traceback" not in server.words()


def all_of(line: socket.socket) -> bytes:
    """All that comes until the other side closes."""
    parts = []
    try:
        while part := line.recv(1 << 16):
            parts.append(part)
    except ConnectionResetError:
        pass
    return b"".join(parts)


def test_a_body_that_drips_is_given_up(place: Place) -> None:
    with place.line(place.recording(1000)) as line:
        for _ in range(20):
            line.sendall(b" ")
            time.sleep(0.1)
        told = line.recv(4096)
    assert told.startswith(b"HTTP/1.1 408 ")
    assert b'"/problems/body-too-slow"' in told


def test_a_head_that_drips_is_given_up(place: Place) -> None:
    with place.line() as line:
        assert is_cut_off(line, LIVE[:-2] + b"X: y\r\n" * 1000)
    assert place.answers()


def is_cut_off(line: socket.socket, said: bytes) -> bool:
    """Whether the other side closes before all is said, a letter at a time."""
    try:
        for letter in said:
            line.sendall(bytes([letter]))
            time.sleep(0.02)
    except OSError:
        return True
    return False


@pytest.mark.parametrize("begun", [b"", LIVE[:20], LIVE + LIVE[:20]], ids=["nothing", "a part", "a part of the second"])
def test_a_connection_on_which_no_request_comes_is_closed(begun: bytes, place: Place) -> None:
    with place.line(begun) as line:
        assert all_of(line).count(b"HTTP/1.1 200 OK") == (1 if len(begun) > len(LIVE) else 0)


@pytest.mark.parametrize(
    "endless",
    [b"X: " + b"y" * 1000, b"X: y\r\n" * 200, b"x" * 1000],
    ids=["a value", "headers", "a name"],
)
def test_a_head_without_end_is_refused(endless: bytes, place: Place) -> None:
    with place.line(b"GET /health/live HTTP/1.1\r\nHost: x\r\n") as line:
        told = b""
        try:
            for _ in range(1000):
                line.sendall(endless)
        except OSError:
            told = b"cut off"
        else:
            told = all_of(line)
    assert told == b"cut off" or told.startswith(b"HTTP/1.1 400 ")
    assert place.answers()


@pytest.mark.parametrize(
    "said",
    [b"nonsense\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"GET / HTTP/9.9\r\n\r\n", b"\x00" * 100],
    ids=["words", "TLS", "a version that there is not", "zeros"],
)
def test_what_is_no_request_is_refused(said: bytes, place: Place) -> None:
    with place.line(said) as line:
        told = all_of(line)
    assert told == b"" or told.startswith(b"HTTP/1.1 400 ")
    assert place.answers()


def test_an_upgrade_is_not_made(place: Place) -> None:
    asked = "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Key: eHh4", "Sec-WebSocket-Version: 13"
    with place.line(place.head("GET", "/health/live", *asked)) as line:
        assert line.recv(12) == b"HTTP/1.1 200"


def test_those_who_stall_hold_nobody_up(place: Place) -> None:
    """Bodies that never come, feeds that nobody reads, and streams that are left open."""
    with ExitStack() as held:
        for _ in range(STALLED):
            held.enter_context(place.line(place.recording(100_000)))
            for _ in range(2):
                line = held.enter_context(place.line())
                line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
                line.sendall(place.head("GET", "/feed"))
            held.enter_context(place.line(place.head("GET", "/feed", "Accept: text/event-stream")))
        assert all(place.answers() for _ in range(10))


def test_a_crowd_is_answered_to_the_last(place: Place) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4096), hard))
    with ExitStack() as held:
        lines = [held.enter_context(place.line()) for _ in range(CROWD)]
        for line in lines:
            line.sendall(place.head("GET", f"/careers/{place.careers[1]}"))
        assert {line.recv(12) for line in lines} == {b"HTTP/1.1 200"}


def test_a_caller_who_leaves_is_missed_by_nobody(place: Place) -> None:
    for _ in range(STALLED):
        place.line(place.head("GET", f"/careers/{place.careers[2]}/service-years")).close()
        place.line(place.head("GET", "/feed", "Accept: text/event-stream")).close()
        place.line(place.recording(50)).close()
    assert place.answers()
