"""The same facts in eventsourcing's default stack: declarative aggregate, JSON transcoder, SQLite, one save a career.

Every event stores what our entry does: moment, author, act, evidence, and all fields of the fact. The moment
is the event's own timestamp, so it is stored once, and a method only counts, so nothing is folded: both favour the
baseline. Days go in and come out as dates, as ours do, by the transcoding that the stack asks its user for; fields that
were left out are stored with their defaults, as the stack has it.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, cast
from uuid import NAMESPACE_OID, UUID, uuid5

import msgspec
from eventsourcing.application import Application
from eventsourcing.persistence import JSONTranscoder, Transcoding
from eventsourcing.sqlite import SQLiteApplicationRecorder

from domain.facts import Corrected
from scripts.bench.declared import Career
from scripts.bench.workload import Line, Workload, read

READ_AHEAD = 1000

Told = list[tuple[str, dict[str, Any]]]
"""A career's facts, each with its tag and the arguments of its method."""


def told(careers: Sequence[Sequence[Line]]) -> dict[UUID, Told]:
    """The facts of every career, ready to be given to their methods."""
    return {career_of(lines[0].worker): [ready(line) for line in lines] for lines in careers}


def career_of(worker: str) -> UUID:
    """The career of an office's key."""
    return uuid5(NAMESPACE_OID, worker)


def ready(line: Line) -> tuple[str, dict[str, Any]]:
    """A fact's tag, and the arguments of its method."""
    evidence = tuple(msgspec.to_builtins(line.evidence))
    entry = {"timestamp": line.recorded_at, "recorded_by": line.recorded_by, "act": line.act, "evidence": evidence}
    fields = msgspec.structs.asdict(line.fact)
    if isinstance(line.fact, Corrected):
        fields["replacement"] = msgspec.to_builtins(line.fact.replacement, builtin_types=(date,))
    return line.fact.tag(), entry | fields


class DateAsISO(Transcoding):
    """Days, which the JSON transcoder does not know by itself, in the manner of its own `DatetimeAsISO`."""

    type = date
    name = "date_iso"

    def encode(self, obj: date) -> str:
        return obj.isoformat()

    def decode(self, data: str) -> date:
        return date.fromisoformat(data)


class Careers(Application[UUID]):
    """The default application. It keeps no aggregates and takes no snapshots."""

    def register_transcodings(self, transcoder: JSONTranscoder) -> None:
        super().register_transcodings(transcoder)
        transcoder.register(DateAsISO())


def open_app(path: Path) -> Careers:
    """The application over a SQLite file."""
    return Careers(on_file(path))


def on_file(path: Path) -> dict[str, str]:
    """The settings of eventsourcing's store in a SQLite file."""
    return {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(path)}


def on_server(socket: Path, database: str, user: str) -> dict[str, str]:
    """The settings of the default stack over a database of a PostgreSQL server that listens on a socket in a folder."""
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": database,
        "POSTGRES_HOST": str(socket),
        "POSTGRES_USER": user,
        "POSTGRES_PASSWORD": "",
    }


def is_durable(app: Careers) -> bool:
    """Whether a SQLite store keeps what it acknowledged through a power cut, as ours does; another kind is believed.

    eventsourcing sets a write-ahead log and leaves `synchronous` as SQLite was built, usually FULL (2).
    """
    if not isinstance(app.recorder, SQLiteApplicationRecorder):
        return True
    with app.recorder.datastore.transaction(commit=False) as cursor:
        cursor.execute("SELECT journal_mode, synchronous FROM pragma_journal_mode, pragma_synchronous")
        return tuple(cursor.fetchone()) == ("wal", 2)


def fill(app: Careers, careers: dict[UUID, Told]) -> None:
    """Tell every career its facts, and save it."""
    for career_id, facts in careers.items():
        career = Career(career_id, facts[0][1]["timestamp"])
        for tag, arguments in facts:
            getattr(career, tag)(**arguments)
        app.save(career)


def fill_in_order(app: Careers, workload: Workload) -> None:
    """Read the file, and save fact by fact in the order of recording. The aggregates are kept, and not read again."""
    lines = sorted(read(workload.path), key=lambda line: line.recorded_at)
    careers: dict[str, Career] = {}
    for line in lines:
        tag, arguments = ready(line)
        career = careers.get(line.worker)
        if career is None:
            career = careers[line.worker] = Career(career_of(line.worker), line.recorded_at)
        getattr(career, tag)(**arguments)
        app.save(career)


def filled(path: Path, careers: Sequence[Sequence[Line]]) -> Path:
    """A new file that holds these careers, closed."""
    app = open_app(path)
    fill(app, told(careers))
    app.close()
    return path


def careers_in(app: Careers) -> list[UUID]:
    """The careers that the application holds, in the order in which they were saved."""
    found: dict[UUID, None] = {}
    first: int | None = 1
    while first is not None:
        notifications = app.recorder.select_notifications(first, READ_AHEAD)
        found |= {cast(UUID, notification.originator_id): None for notification in notifications}
        first = notifications[-1].id + 1 if notifications else None
    return list(found)


def replay(app: Careers, careers: Sequence[UUID]) -> int:
    """Rebuild every career from its events; answers with how many facts they had."""
    total = 0
    for career_id in careers:
        career: Career = app.repository.get(career_id)
        total += career.facts
    return total
