"""Many callers at once, each with a connection of its own: what they were told before the server ended."""

import http.client
import json
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from threading import Event, Lock, Thread
from typing import NamedTuple
from uuid import UUID

from tests.serving.server import Caller, Came, Server, commended

CUT_OFF = (OSError, http.client.HTTPException)
"""What a caller meets when the server has gone."""


class Recording(NamedTuple):
    """A request to record: a fact that says which it is, and the key that it is sent with."""

    career: UUID
    title: str

    @property
    def key(self) -> str:
        return f"key of {self.title}"


class Crowd:
    """Clerks who record, readers who ask, and streams that wait; all go on until they are cut off."""

    def __init__(self, server: Server, careers: Sequence[UUID]) -> None:
        self.server, self.careers = server, careers
        self.tried: list[Recording] = []
        self.stored: list[Recording] = []
        self.answers: list[str] = []
        self.refused: list[int] = []
        self.streams: list[bytes] = []
        self._lock = Lock()
        self._enough = Event()
        self._threads: list[Thread] = []

    def clerks(self, number: int, enough: int) -> None:
        """So many clerks, each with a career of its own; `wait` waits until so many recordings were acknowledged."""
        for who in range(number):
            self._begin(lambda who=who: self._record(who, enough))

    def readers(self, number: int) -> None:
        for who in range(number):
            self._begin(lambda who=who: self._read(who))

    def followers(self, number: int) -> None:
        """Streams of server-sent events; each has begun when this returns."""
        for _ in range(number):
            line = self._asked_for_a_stream()
            self._begin(lambda line=line: self.streams.append(_to_its_end(line)))

    def wait(self, patience: float) -> None:
        assert self._enough.wait(patience), self.server.words()

    def join(self, patience: float) -> None:
        for thread in self._threads:
            thread.join(patience)
            assert not thread.is_alive()

    def _begin(self, work: Callable[[], object]) -> None:
        thread = Thread(target=work)
        thread.start()
        self._threads.append(thread)

    def _record(self, who: int, enough: int) -> None:
        caller = self.server.caller("clerk", name=f"clerk {who}")
        career = self.careers[who]
        with _until_cut_off(caller):
            for number in count(1):
                one = Recording(career, f"commendation {who}-{number}")
                with self._lock:
                    self.tried.append(one)
                self._note(caller.post(f"/careers/{career}/facts", commended(one.title), one.key), one, enough)

    def _read(self, who: int) -> None:
        caller = self.server.caller("auditor", name=f"auditor {who}")
        with _until_cut_off(caller):
            for number in count(who):
                self._note(caller.get(f"/careers/{self.careers[number % len(self.careers)]}/service-years"))

    def _note(self, came: Came, one: Recording | None = None, enough: int = 0) -> None:
        with self._lock:
            if came.status not in {200, 201}:
                self.refused.append(came.status)
                return
            self.answers.append(came.headers["request-id"])
            if one is not None:
                self.stored.append(one)
                if len(self.stored) >= enough:
                    self._enough.set()

    def _asked_for_a_stream(self) -> socket.socket:
        line = socket.create_connection(("127.0.0.1", self.server.port), 60)
        token = self.server.token("auditor")
        told = f"GET /feed HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nAccept: text/event-stream\r\n\r\n"
        line.sendall(told.encode())
        assert line.recv(15) == b"HTTP/1.1 200 OK"
        return line


@contextmanager
def _until_cut_off(caller: Caller) -> Iterator[None]:
    try:
        yield
    except CUT_OFF:
        caller.close()


def _to_its_end(line: socket.socket) -> bytes:
    """All that comes, until the other side closes."""
    with line:
        parts = []
        try:
            while part := line.recv(1 << 16):
                parts.append(part)
        except OSError:
            parts.append(b"[cut off]")
        return b"".join(parts)


def titles(came: Came) -> list[str]:
    """The titles of all commendations in the raw entries of a career."""
    facts = [entry["state"]["fact"] for entry in json.loads(came.body)["entries"]]
    return [fact["title"] for fact in facts if fact["fact"] == "commended"]
