"""The baseline of the HTTP part: bare Litestar handlers, under the same server, without tokens, decisions and log.

`python -m scripts.bench.bare LEDGER` serves them at a free port, which it prints.
"""

import socket
import sqlite3
import sys
from collections.abc import Callable
from typing import Any
from uuid import UUID

import uvicorn
from litestar import Litestar, Response, get
from litestar.params import FromPath

from domain.entry import decode

_ROWS = "SELECT state FROM entries WHERE career = ? ORDER BY number"


def application(ledger: str) -> Litestar:
    """One handler that reads and decodes a career's rows, and one that does nothing."""
    connection = sqlite3.connect(f"file:{ledger}?mode=ro", uri=True, isolation_level=None, check_same_thread=False)

    @get("/careers/{career:uuid}/service-years")
    async def entries(career: FromPath[UUID]) -> Response[bytes]:
        states = [decode(state) for (state,) in connection.execute(_ROWS, (career.bytes,))]
        return Response(b'{"entries":%d}' % len(states), media_type="application/json")

    @get("/unchanged/{career:uuid}")
    async def unchanged(career: FromPath[UUID]) -> Response[None]:  # noqa: ARG001 - it is only taken
        return Response(None, status_code=304)

    return Litestar([entries, unchanged], openapi_config=None, logging_config=None)


def serve(made: Callable[[], Any]) -> None:
    """Serve an application at a free port."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
    sys.stdout.write(f"{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    config = uvicorn.Config(made(), access_log=False, log_level="warning", lifespan="on", ws="none")
    uvicorn.Server(config).run([listener])


if __name__ == "__main__":
    serve(lambda: application(sys.argv[1]))
