"""A load on loopback: some connections that are kept, each with one request at a time, until all have been answered."""

import selectors
import socket
from collections.abc import Sequence
from itertools import islice
from statistics import median, quantiles
from time import perf_counter
from typing import NamedTuple

RECEIVE = 65_536
PATIENCE_SECONDS = 60.0


class Load(NamedTuple):
    """How long each request took, in seconds, and how often each status came."""

    seconds: list[float]
    statuses: dict[int, int]

    @property
    def middle(self) -> float:
        """Seconds of the median request."""
        return median(self.seconds)

    @property
    def slow(self) -> float:
        """Seconds that one request of a hundred takes longer than."""
        return quantiles(self.seconds, n=100)[98]


class _Connection:
    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received = b""
        self.begun = 0.0

    def send(self, request: bytes) -> None:
        self.received = b""
        self.begun = perf_counter()
        self.socket.sendall(request)

    def status(self) -> int | None:
        """Receive; the status of the response once it is whole."""
        part = self.socket.recv(RECEIVE)
        if not part:
            raise ConnectionResetError("the server closed a connection")
        self.received += part
        head, found, body = self.received.partition(b"\r\n\r\n")
        if not found:
            return None
        place = head.lower().find(b"content-length:")
        length = int(head[place + 15 :].split(b"\r\n", 1)[0]) if place >= 0 else 0
        return int(head[9:12]) if len(body) >= length else None


def load(port: int, requests: Sequence[bytes], connections: int) -> Load:
    """Send all requests; whichever connection is free takes the next one."""
    waiting = iter(requests)
    seconds, statuses = list[float](), dict[int, int]()
    with selectors.DefaultSelector() as selector:
        for request in islice(waiting, connections):
            one = _Connection(port)
            selector.register(one.socket, selectors.EVENT_READ, one)
            one.send(request)
        while len(seconds) < len(requests):
            ready = selector.select(PATIENCE_SECONDS)
            if not ready:
                raise TimeoutError("the server does not answer")
            for key, _ in ready:
                one = key.data
                status = one.status()
                if status is None:
                    continue
                seconds.append(perf_counter() - one.begun)
                statuses[status] = statuses.get(status, 0) + 1
                following = next(waiting, None)
                if following is not None:
                    one.send(following)
        for key in list(selector.get_map().values()):
            key.data.socket.close()
    return Load(seconds, statuses)
