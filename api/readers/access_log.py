"""The access log 查询日志: who asked what of whom, for auditors; and who looked, for the person concerned."""

from datetime import datetime
from typing import cast
from uuid import UUID

from litestar import Controller
from msgspec import Struct

from api.office.log import START
from api.office.paging import Cursor
from api.office.records import Accessed, Outcome
from api.questions import career_named, moment
from api.web.asking import Asking
from api.web.operation import Operation, route
from api.web.parameters import AFTER, FIRST, HOUSE, LAST, LIMIT, OF_CAREER, OF_OUTCOME, OF_ROLE, OF_SUBJECT
from api.web.telling import Told, told
from domain.divisions import REGION_CODE
from domain.words import Phrase

HIDDEN_FROM_THE_PERSON = frozenset({"inspector"})
"""Who is told of an inspection could hinder it (个人信息保护法 35: 告知将妨碍国家机关履行法定职责的除外)."""

LEFT = frozenset({"answered", "not_modified", "previewed", "recorded"})
"""Outcomes by which somebody was told something."""


class Accesses(Struct, frozen=True):
    """Records of the access log; `next` is what to go on after, null at the end."""

    accesses: tuple[Accessed, ...]
    next: str | None


LOG = Operation(
    "access_log",
    Phrase("查询日志:谁因何查询了谁", "Who asked what of whom, and what for"),
    tells=Accesses,
    takes=(*HOUSE, AFTER, LIMIT, OF_CAREER, OF_SUBJECT, OF_ROLE, OF_OUTCOME, FIRST, LAST),
    lasting=True,
    tagged=False,
)
LOOKED = Operation(
    "who_looked",
    Phrase("谁查询过这份履历", "Who looked at this career, newest first"),
    tells=Accesses,
    takes=(*HOUSE, AFTER, LIMIT),
    tagged=False,
)


class InReach:
    """The careers whose records an asker may see; None, of answers that told of nobody, is for the whole region."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking

    def __contains__(self, career: object) -> bool:
        return career is not None and self._asking.reaches(cast(UUID, career))


class AccessLogs(Controller):
    """The log for auditors."""

    path = "/access-log"
    tags = ("auditor",)

    @route("GET", "/", LOG)
    def log(self, asking: Asking) -> Told:
        asking.permit("access_log", None)
        words = asking.words
        page = asking.house.office.log.page(
            after=Cursor.read(words["after"]) if "after" in words else START,
            limit=asking.whole("limit", 100),
            subject=words.get("subject"),
            career=career_named(words["career"], "career") if "career" in words else None,
            first=_moment(asking, "first"),
            last=_moment(asking, "last"),
            role=asking.choice("role", "") if "role" in words else None,
            outcome=cast(Outcome, asking.choice("outcome", "")) if "outcome" in words else None,
            careers=None if asking.jurisdiction == REGION_CODE else InReach(asking),
        )
        records = tuple(one for one in page.records if not _is_kept_from(asking, one))
        answer = Accesses(records, None if page.ended else str(page.after))
        careers = list(dict.fromkeys(one.career for one in records if one.career is not None))
        return told(answer, asking.language, careers, asking.known().position)


class WhoLooked(Controller):
    """The log of one career."""

    path = "/careers/{career:uuid}/access-log"
    tags = ("careers",)

    @route("GET", "/", LOOKED)
    def looked(self, asking: Asking) -> Told:
        """What was refused, and so told nobody anything, is no look."""
        career = asking.path["career"]
        asking.person(career)
        limit = asking.whole("limit", 100)
        before = {"before": Cursor.read(asking.words["after"]).number} if "after" in asking.words else {}
        hidden = HIDDEN_FROM_THE_PERSON if _is_own(asking, career) else frozenset[str]()
        found = asking.house.office.log.latest_of_career(career, limit=limit, hidden_roles=hidden, **before)
        looks = tuple(one for one in found if one.outcome in LEFT)
        answer = Accesses(looks, str(found[-1].number) if len(found) == limit else None)
        return told(answer, asking.language, (career,), asking.known().position)


def _is_own(asking: Asking, career: UUID | None) -> bool:
    """Whether it is the asker's own career, in whatever role the asker asks."""
    assert asking.subject is not None
    return career is not None and career == asking.subject.career


def _is_kept_from(asking: Asking, record: Accessed) -> bool:
    return record.role in HIDDEN_FROM_THE_PERSON and _is_own(asking, record.career)


def _moment(asking: Asking, name: str) -> datetime | None:
    return moment(asking.words[name], name) if name in asking.words else None
