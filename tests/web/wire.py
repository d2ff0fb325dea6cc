"""Requests spoken to the application message by message: bytes that no client library would send, and streams."""

from collections.abc import Callable, Sequence
from queue import Queue
from time import sleep
from typing import Any, NamedTuple, Self, cast

import anyio
import msgspec

from tests.web.window import Window

PATIENCE = 20
"""Seconds after which what does not come is a failed test."""

Headers = Sequence[tuple[str, str]]


class Heard(NamedTuple):
    """What came back."""

    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def problem(self) -> str:
        assert self.headers["content-type"] == "application/problem+json", self
        return str(msgspec.json.decode(self.content)["type"]).removeprefix("/problems/")


class Stream:
    """A request under way: what the application sends comes as it is sent."""

    def __init__(
        self,
        window: Window,
        method: str,
        path: str,
        query: bytes = b"",
        headers: Headers = (),
        body: Sequence[bytes] = (),
        *,
        unfinished: bool = False,
    ) -> None:
        """An `unfinished` body is never said to be at its end."""
        self._messages: Queue[dict[str, Any]] = Queue()
        self._body = list(body)
        self._unfinished = unfinished
        self._portal = window.client.blocking_portal
        self._left = self._portal.call(anyio.Event)
        self.failed: BaseException | None = None
        scope = {
            "type": "http", "http_version": "1.1", "asgi": {"version": "3.0"}, "scheme": "http", "method": method,
            "path": path, "raw_path": path.encode(), "root_path": "", "query_string": query,
            "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in headers],
            "client": ("127.0.0.1", 50000), "server": ("127.0.0.1", 80), "extensions": {},
        }  # fmt: skip
        self.ended = self._portal.start_task_soon(cast(Any, window.client.app), scope, self._receive, self._send)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.leave()

    async def _receive(self) -> dict[str, Any]:
        if self._body:
            part = self._body.pop(0)
            return {"type": "http.request", "body": part, "more_body": bool(self._body) or self._unfinished}
        if self._body is not None and not self._unfinished:
            self._body = cast(Any, None)
            return {"type": "http.request", "body": b"", "more_body": False}
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: dict[str, Any]) -> None:
        self._messages.put(message)

    def next(self) -> dict[str, Any]:
        """The next message."""
        return self._messages.get(timeout=PATIENCE)

    def started(self) -> tuple[int, dict[str, str]]:
        """Status and headers, which come first."""
        message = self.next()
        assert message["type"] == "http.response.start"
        return message["status"], {name.decode(): value.decode() for name, value in message["headers"]}

    def until(self, holds: Callable[[bytes], bool]) -> bytes:
        """What comes of the body until something holds of it."""
        body = b""
        while not holds(body):
            message = self.next()
            body += message.get("body", b"")
            assert message.get("more_body") or holds(body), body
        return body

    def rest(self) -> bytes:
        """What comes of the body until it ends."""
        body = b""
        while True:
            message = self.next()
            body += message.get("body", b"")
            if message["type"] == "http.response.body" and not message.get("more_body"):
                return body

    def nothing_more(self) -> bool:
        """Whether nothing comes for a moment."""
        sleep(0.03)
        return self._messages.empty()

    def leave(self) -> None:
        """The caller goes away; the application is done with it then, if it has not failed before."""
        self._portal.call(self._left.set)
        self.failed = self.ended.exception(PATIENCE)


def spoken(
    window: Window, method: str, path: str, query: bytes = b"", headers: Headers = (), body: Sequence[bytes] = ()
) -> Heard:
    """A whole request, and the whole answer."""
    with Stream(window, method, path, query, headers, body) as stream:
        status, told = stream.started()
        return Heard(status, told, stream.rest())


def bearer(token: str | None) -> tuple[str, str]:
    return "authorization", f"Bearer {token}"
