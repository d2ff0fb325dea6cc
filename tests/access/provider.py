"""An identity provider on this machine: it serves one document, and can be made to misbehave."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext
from threading import Thread
from typing import Any


class Provider:
    """What it serves, and how often it was asked."""

    def __init__(self, document: bytes) -> None:
        self.document = document
        self.status = 200
        self.headers: dict[str, str] = {}
        self.pace: float | None = None
        self.asked = 0
        self.sent = 0
        self.url = ""


@contextmanager
def provider(document: bytes, secured: SSLContext | None = None) -> Iterator[Provider]:
    """One that serves a document until the block ends, over TLS if it is given what for."""
    one = Provider(document)

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            one.asked += 1
            self.send_response(one.status)
            for name, value in one.headers.items():
                self.send_header(name, value)
            self.end_headers()
            if one.pace is None:
                self.wfile.write(one.document)
                return
            for place in range(len(one.document)):
                self.wfile.write(one.document[place : place + 1])
                one.sent += 1
                time.sleep(one.pace)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    server.handle_error = lambda *_: None  # type: ignore[method-assign] - whoever asked may have gone
    server.daemon_threads = True
    if secured is not None:
        server.socket = secured.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    one.url = f"http{'s' if secured else ''}://127.0.0.1:{server.server_address[1]}/keys?of=office"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield one
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
