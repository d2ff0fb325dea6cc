"""A clerk 经办人: recording facts, with a preview of what would change."""

from hashlib import sha256
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller
from msgspec import Meta, Struct

from api.access.policy import Person
from api.web import measuring
from api.web.asking import Asking
from api.web.errors import MissingKeyError
from api.web.operation import Operation, route
from api.web.parameters import DRY_RUN, QUESTION
from api.web.telling import Later, Told, told
from domain.entry import Entry, Evidence
from domain.errors import CareerNotFoundError, MalformedError
from domain.facts import Corrected, Fact, Hired, PlainFact, TransferredIn, Voided
from domain.line import Said, read
from domain.requests import SHORTEST, Request
from domain.words import Phrase
from projections.asking import Asked
from projections.preview import Preview, preview

MOST_FACTS = 100
"""Facts that are recorded at once, all or none."""

LONGEST_KEY = 255

NO_KEY = Phrase(
    "需要请求头 Idempotency-Key(1–{most} 个可见字符):重试时沿用,同一请求只记录一次",
    "the header Idempotency-Key is needed (1–{most} visible characters): a request sent again with it is recorded once",
)
NOT_YOURS = Phrase(
    "recorded_at 与 recorded_by 由账本填写;请删去",
    "recorded_at and recorded_by are the ledger's to fill in; leave them out",
)
PROPOSE = Phrase("更正与作废须由两人完成;请用 corrections", "corrections take two people; propose one at corrections")

Facts = Annotated[list[msgspec.Raw], Meta(min_length=1, max_length=MOST_FACTS)]


class FactToRecord(Struct, frozen=True, omit_defaults=True):
    """A fact, with the document number 文号 and the evidence that it rests on."""

    fact: PlainFact
    act: str = ""
    evidence: tuple[Evidence, ...] = ()


class Recording(Struct, frozen=True, forbid_unknown_fields=True):
    """Facts of one career, recorded in this order, all or none."""

    facts: Facts


class RecordedEntry(Struct, frozen=True):
    """Where an entry stands in its career and in the ledger, and when it was recorded."""

    number: int
    position: int
    recorded_at: str


class Recorded(Struct, frozen=True):
    """What was stored. `number` is the career's last entry: the next `If-Match`."""

    career: UUID
    number: int
    entries: tuple[RecordedEntry, ...]


RECORD = Operation(
    "record",
    Phrase("记录事实;dry_run=true 只预览", "Record facts; with dry_run=true, only tell what would change"),
    tells=Recorded,
    takes=(*QUESTION, DRY_RUN),
    body=Recording,
    status=201,
    records=True,
    keyed=True,
    matches=True,
)


class Clerks(Controller):
    """Recording 记录."""

    path = "/careers"
    tags = ("clerk",)

    @route("POST", "/{career:uuid}/facts", RECORD)
    def record(self, asking: Asking) -> Told | Later:
        career: UUID = asking.path["career"]
        said = facts_of(asking.body.facts)
        expected = _permit_recording(asking, career, said)
        return stored(asking, career, said, str(career), expected=expected)


def facts_of(raw: list[msgspec.Raw]) -> list[Said]:
    """Facts as they would stand in an import file, read as strictly. Raises `MalformedError`."""
    said = []
    for one in raw:
        rest = bytes(one).strip().removeprefix(b"{")
        told, _ = read(b'{"worker":"-"' + (rest if rest.lstrip().startswith(b"}") else b"," + rest))
        if told.recorded_at is not None or told.recorded_by is not None:
            raise MalformedError(NOT_YOURS())
        if isinstance(told.fact, Corrected | Voided):
            raise MalformedError(PROPOSE())
        said.append(told)
    return said


def _permit_recording(asking: Asking, career: UUID, said: list[Said]) -> int | None:
    """Whoever is in reach; and who serves nowhere, for an arrival in the clerk's own jurisdiction.

    Returns after which entry it may be recorded: of who serves nowhere, that must still hold when it is. Raises
    `CareerNotFoundError` or `DeniedError`.
    """
    try:
        asking.person(career)
    except CareerNotFoundError:
        presence = asking.house.presences.of(career, asking.known(), asking.house.today().toordinal())
        if presence.serving or not presence.number or not isinstance(said[0].fact, Hired | TransferredIn):
            raise
        permit_arrivals(asking, said)
        return presence.number if asking.if_match is None else asking.if_match
    return asking.if_match


def permit_arrivals(asking: Asking, said: list[Said]) -> None:
    """Refuse to bring a person into a post outside the clerk's jurisdiction. Raises `CareerNotFoundError`."""
    for one in said:
        fact: Fact = one.fact
        if isinstance(fact, Hired | TransferredIn):
            asking.permit("receive", Person(UUID(int=0), (fact.community,)))


def stored(asking: Asking, career: UUID, said: list[Said], worker: str, *, expected: int | None) -> Told | Later:
    """The facts recorded, for which the store is waited for; or previewed."""
    assert asking.subject is not None
    ledger, author = asking.house.ledger, asking.subject.name
    question = asking.question()
    if asking.flag("dry_run"):
        known, drafted = ledger.preview(career, said, author=author, expected=expected)
        asked = Asked(career, worker, question.on, asking.known(), question.readings)
        changes: Preview = preview(known, drafted, asked)
        return told(changes, asking.language, (career,), asking.known().position, outcome="previewed", status=200)
    request = request_of(asking)

    def record() -> Told:
        entries = ledger.record(career, said, author=author, expected=expected, request=request)
        measuring.recorded(len(entries))
        return told(
            recorded(career, entries), asking.language, (career,), entries[-1].position,
            outcome="recorded", tag=f'"{entries[-1].number}"', location=f"/careers/{career}",
        )  # fmt: skip

    return Later(record)


def recorded(career: UUID, entries: list[Entry]) -> Recorded:
    """What is told of entries that were stored."""
    stored = [
        RecordedEntry(one.number, one.position, one.state.recorded_at.isoformat().replace("+00:00", "Z"))
        for one in entries
    ]
    return Recorded(career, entries[-1].number, tuple(stored))


def request_of(asking: Asking) -> Request:
    """The request as the ledger remembers it: by the subject's name and key, with what was asked for."""
    assert asking.subject is not None
    key = asking.header(b"idempotency-key").strip().strip('"')
    if not key or len(key) > LONGEST_KEY or not key.isascii() or not key.isprintable():
        raise MissingKeyError(NO_KEY(most=LONGEST_KEY))
    whose = asking.subject.name.encode() + b"\0" + key.encode()
    what = f"{asking.operation.name} {asking.path.get('career', '')} ".encode() + asking.raw
    return digested(whose, what)


def digested(key: bytes, content: bytes) -> Request:
    """A request by the digests of who asked under which key, and of what was asked."""
    return Request(*(sha256(one).digest()[:SHORTEST] for one in (key, content)))
