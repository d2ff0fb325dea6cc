"""A server in a process of its own, started as a person would, and those who call it over sockets.

with served(database, folder) as server:
    server.caller("auditor").get("/careers/…")
"""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple
from uuid import UUID

from api.access.issuing import Grant, issue
from api.access.subject import Role
from domain.importing.run import Watcher, import_files
from scripts.simulation import lines
from tests.ledger.shell import PATIENCE, ROOT, surroundings
from tests.running import KEY, TODAY, Database, open_ledger, url_of
from tests.web.window import SIGNING

START = "from scripts.main import main; main()"
LISTENS = re.compile(r"(https?)://([\d.]+):(\d+)")
SETTLED = datetime(2026, 11, 25, tzinfo=UTC)
"""When the people of a test were recorded: before any server of the test starts."""


class Came(NamedTuple):
    """What came back, whole."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class Caller:
    """Someone with a token and one connection, which is kept."""

    def __init__(self, port: int, token: str | None, context: Any = None) -> None:
        self.token = token
        if context is None:
            self.line: http.client.HTTPConnection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        else:
            self.line = http.client.HTTPSConnection("127.0.0.1", port, timeout=PATIENCE, context=context)

    def get(self, path: str, **headers: str) -> Came:
        return self._asked("GET", path, None, headers)

    def post(self, path: str, body: Any, key: str) -> Came:
        told = {"content-type": "application/json", "idempotency-key": key}
        return self._asked("POST", path, json.dumps(body).encode(), told)

    def _asked(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Came:
        token = {} if self.token is None else {"authorization": f"Bearer {self.token}"}
        self.line.request(method, path, body, {**token, **headers})
        response = self.line.getresponse()
        return Came(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())

    def close(self) -> None:
        self.line.close()


class Server:
    """A process that serves. What it says on standard error is read all the time."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self.process = process
        self.said: list[str] = []
        assert process.stderr is not None
        first = process.stderr.readline().decode()
        self.said.append(first)
        found = LISTENS.search(first)
        self._reader = Thread(target=self._read)
        self._reader.start()
        if found is None:
            process.wait(PATIENCE)
            raise AssertionError(f"it does not serve: {self.words()}")
        self.scheme, self.port = found[1], int(found[3])

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.said.append(line.decode())

    def token(self, *roles: Role, name: str | None = None) -> str:
        now = int(datetime.now(UTC).timestamp())
        name = name or f"the {roles[0]}"
        grant = Grant(
            name=name, roles=roles, jurisdiction="15", career=None, token=f"token of {name}", issued=now,
            expires=now + 3600,
        )  # fmt: skip
        return issue(SIGNING, grant)[0]

    def caller(self, *roles: Role, name: str | None = None, context: Any = None) -> Caller:
        return Caller(self.port, self.token(*roles, name=name) if roles else None, context)

    def words(self) -> str:
        return "".join(self.said)

    def ended(self, by: int = signal.SIGTERM) -> int:
        """End it, and its status. Everything that it said has been read then."""
        if self.process.poll() is None:
            self.process.send_signal(by)
        status = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        return status


@contextmanager
def served(database: Database, folder: Path, *words: str, patches: str = "") -> Iterator[Server]:
    """A server on a database, listening where it likes. `patches` are Python statements that it begins with."""
    arguments = [sys.executable, "-c", f"{patches}\n{START}", "--database", url_of(database)]
    with subprocess.Popen(
        [*arguments, "serve", "--port", "0", "--rate", "0", "--lang", "en", *words],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=ROOT,
        env=environment(folder), start_new_session=True,
    ) as process:  # fmt: skip
        try:
            yield Server(process)
        finally:
            if process.poll() is None:
                process.kill()


def environment(folder: Path) -> dict[str, str]:
    """What a server needs: the digest key and the signing key, which are those of the tests."""
    path = folder / "signing.pem"
    if not path.exists():
        path.write_bytes(SIGNING.pem)
        os.chmod(path, 0o600)
    return surroundings(CAREER_LEDGER_KEY=KEY.decode(), CAREER_LEDGER_SIGNING_KEY=str(path))


def settled(database: Database, people: int) -> list[UUID]:
    """The careers of some simulated people, recorded before anybody serves."""
    told = b"".join(lines(workers=people, region="150102", seed=7, today=TODAY))
    ledger = open_ledger(database, lambda: SETTLED)
    try:
        watcher = Watcher(lambda _: None, lambda _: None, lambda _: None, lambda _: None)
        import_files(ledger, [BytesIO(told)], watcher, author="importer")
        return [entries[0].career for entries in ledger.careers()]
    finally:
        ledger.close()


def commended(title: str) -> dict[str, Any]:
    """A recording of one fact that fits every career."""
    return {"facts": [{"fact": {"fact": "commended", "on": "2026-10-01", "title": title, "level": "street"}}]}
