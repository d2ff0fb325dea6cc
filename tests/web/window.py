"""The application as its callers see it: a ledger, an office, tokens of every role, and requests.

window.record("A-1", hired("2018-03-01"))
window.as_("auditor").get(f"/careers/{window.career('A-1')}/service-years").json()
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID

import msgspec
from httpx import Response
from litestar.testing import TestClient

from api.access.issuing import OWN, Grant, SigningKey, issue, own_keys
from api.access.keys import FixedKeys
from api.access.limits import Limits
from api.access.subject import Role
from api.access.tokens import Verifier
from api.app import application
from api.office.log import START
from api.office.opening import office_of
from api.office.records import Accessed
from api.web.house import House
from domain.calendar import china_day
from domain.facts import AnyFact
from domain.importing.run import import_files
from domain.ledger import Ledger
from domain.line import Said, read_fact
from projections.keeping.keeper import Keeper
from projections.keeping.places import shelf_of
from tests.running import NOW, Bench, Database, file_of, open_ledger, url_of

REGION = "15"
SIGNING = SigningKey.from_seed(b"a seed that only the tests know!")


class Clock:
    """The server's clock. It stands until it is told otherwise."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


class Caller:
    """Someone with a token, or with none."""

    def __init__(self, client: TestClient[Any], token: str | None, keys: Iterator[int]) -> None:
        self._client = client
        self.token = token
        self._keys = keys

    def get(self, path: str, *, headers: Mapping[str, str] | None = None, **query: Any) -> Response:
        """Ask. A query parameter `reading_gap=3` is `reading.gap=3`."""
        words = {name.replace("reading_", "reading."): str(value) for name, value in query.items()}
        return self._client.get(path, params=words or None, headers=self._headers(headers))

    def post(self, path: str, body: Any, *, headers: Mapping[str, str] | None = None, **query: Any) -> Response:
        """Send JSON, with an idempotency key of its own unless one is given."""
        told = {"content-type": "application/json", "idempotency-key": f"key-{next(self._keys)}", **(headers or {})}
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self._client.post(path, content=content, params=query or None, headers=self._headers(told))

    def _headers(self, headers: Mapping[str, str] | None) -> dict[str, str]:
        said = {} if self.token is None else {"authorization": f"Bearer {self.token}"}
        return {**said, **(headers or {})}


class Window:
    """A server, and those who come to it."""

    def __init__(self, house: House, client: TestClient[Any], bench: Bench, clock: Clock) -> None:
        self.house, self.client, self.bench, self.clock = house, client, bench, clock
        self._keys = count(1)
        self._looked = START

    def token(
        self,
        *roles: Role,
        jurisdiction: str | None = REGION,
        name: str | None = None,
        career: UUID | None = None,
        hours: float = 1,
    ) -> str:
        """A token that the server takes."""
        issued = int(self.clock.now.timestamp())
        grant = Grant(
            name=name or f"the {' and '.join(roles)}", roles=roles, jurisdiction=jurisdiction, career=career,
            token=f"token of {name or roles[0]}", issued=issued, expires=issued + int(hours * 3600),
        )  # fmt: skip
        return issue(SIGNING, grant)[0]

    def as_(self, *roles: Role, **whose: Any) -> Caller:
        """Someone with these roles."""
        return Caller(self.client, self.token(*roles, **whose), self._keys)

    def worker(self, key: str) -> Caller:
        """The person concerned."""
        return self.as_("worker", jurisdiction=None, career=self.career(key), name=f"worker {key}")

    def nobody(self, token: str | None = None) -> Caller:
        """Someone without a token, or with this one."""
        return Caller(self.client, token, self._keys)

    def career(self, key: str) -> UUID:
        """The career of an office's key."""
        return self.bench.ledger.career_of(key)

    def record(self, key: str, *facts: AnyFact, by: str = "clerk") -> UUID:
        """Record facts of one person, read as a line of an import is, beside the server."""
        career = self.career(key)
        said = [Said(fact=read_fact(msgspec.json.encode(fact)).fact) for fact in facts]
        self.bench.ledger.record(career, said, author=by)
        return career

    def imported(self, lines: Sequence[Any]) -> None:
        """Import lines, beside the server; what was refused is in `bench.refused`."""
        import_files(self.bench.ledger, [file_of(lines)], self.bench.watcher, author="importer")

    def log(self) -> list[Accessed]:
        """The whole access log."""
        return list(self.house.office.log.page(limit=100_000).records)

    def logged(self, response: Response) -> list[Accessed]:
        """What the access log has of one request, among what was logged since it was last looked at."""
        page = self.house.office.log.page(after=self._looked, limit=100_000)
        self._looked = page.after
        return [record for record in page.records if record.request == response.headers["request-id"]]


@contextmanager
def window_on(database: Database, *, limits: Limits | None = None, **parts: Any) -> Iterator[Window]:
    """A window on a database."""
    clock = Clock()
    with closing(open_ledger(database, clock)) as ledger, _house(database, ledger, clock, limits, parts) as house:
        with TestClient(application(house), raise_server_exceptions=False) as client:
            yield Window(house, client, Bench(ledger, []), clock)
        house.close()


@contextmanager
def _house(
    database: Database, ledger: Ledger, clock: Clock, limits: Limits | None, parts: dict[str, Any]
) -> Iterator[House]:
    keys = FixedKeys(own_keys(SIGNING))
    with closing(shelf_of(ledger)) as shelf:
        keeper = Keeper(ledger, shelf, lambda: china_day(clock()), lambda *_: None)
        house = House(
            ledger=ledger,
            verifier=Verifier(keys, issuer=OWN.issuer, audience=OWN.audience, career_of=ledger.career_of),
            office=office_of(url_of(database)),
            open_snapshot=lambda asked: keeper.snapshot(asked.on, asked.readings, asked.known_at),
            limits=limits,
            local=not isinstance(database, str),
            now=clock,
            **parts,
        )
        yield house
