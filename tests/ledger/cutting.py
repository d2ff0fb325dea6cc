"""A connection to a server that breaks at the worst moment: while it commits."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SOCKET = ".s.PGSQL.5432"


class Cutting:
    """Stands before a server. Once `cut` is set, it breaks the connection when the client says `COMMIT`.

    With `before`, the server does not hear of it; with `after`, the client does not hear that it was done.
    """

    def __init__(self, folder: Path, server: Path) -> None:
        self.cut = ""
        self._server = str(server / SOCKET)
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(folder / SOCKET))
        self._listening.listen()
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._listening.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(self._server)
                for source, sink in ((client, server), (server, client)):
                    threading.Thread(target=self._pass_on, args=(source, sink, source is client), daemon=True).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket, from_client: bool) -> None:
        with suppress(OSError):
            while said := source.recv(1 << 16):
                if from_client and self.cut and said.endswith(b"COMMIT\0"):
                    how, self.cut = self.cut, ""
                    if how == "after":
                        source.shutdown(socket.SHUT_RDWR)
                        sink.sendall(said)
                        continue
                    break
                sink.sendall(said)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextmanager
def cutting(folder: Path, server: Path) -> Iterator[Cutting]:
    between = Cutting(folder, server)
    try:
        yield between
    finally:
        between.close()
