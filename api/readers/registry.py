"""The careers that there are: finding those in reach, and registering 建档 a new person."""

from collections.abc import Callable
from datetime import date
from operator import attrgetter
from typing import Annotated, cast
from uuid import UUID

from litestar import Controller
from msgspec import Meta, Struct

from api.questions import career_named
from api.readers.clerks import Facts, Recorded, facts_of, permit_arrivals, stored
from api.readers.divisions import paged
from api.web.asking import Asking
from api.web.errors import DeniedError
from api.web.operation import Operation, route
from api.web.parameters import AFTER, ANY_DIVISION, DRY_RUN, KNOWN, LIMIT, MATCHING, NAME, ON, QUESTION, WORKER
from api.web.telling import Later, Told, told
from domain.calendar import Day
from domain.career import Career
from domain.errors import CareerNotFoundError, MalformedError, StaleCareerError
from domain.facts import Registered
from domain.known import Known
from domain.words import Phrase
from projections.people import Matching, Person

NOT_A_REGISTRATION = Phrase("facts:第一个事实应为 registered", "facts: the first must be `registered`")
HAS_ONE = Phrase(
    "此人已有履历(末条编号 {number});请在该履历下记录",
    "this person has a career already (last entry {number}); record there",
)
SERVES_NOWHERE = Phrase(
    "此人已有履历,现未在岗;请在 /careers/{career}/facts 记录聘用",
    "this person has a career already and serves nowhere; record the hiring at /careers/{career}/facts",
)
NOT_HERE = Phrase(
    "不能在此建档:若其从他处调来,请原单位先记录调出,或请共同上级办理",
    "cannot be registered here: of whoever comes from elsewhere, the office that is left records the departure first,"
    " or a common superior sees to it",
)


class Found(Struct, frozen=True):
    """Careers in reach, by UUID. `next` is what to go on after, null at the end."""

    on: date
    known: Known
    careers: tuple[Person, ...]
    next: UUID | None


FIND = Operation(
    "find_careers",
    Phrase("按编号、姓名或区划查找履历", "Find careers in reach: by an office's key, by name, by division"),
    tells=Found,
    tagged=False,
    takes=(*KNOWN, ON, WORKER, NAME, MATCHING, ANY_DIVISION, AFTER, LIMIT),
    lasting=True,
)


class Registration(Struct, frozen=True, forbid_unknown_fields=True):
    """A new person: an office's key, and facts of which the first registers the person."""

    worker: Annotated[str, Meta(min_length=1, max_length=200)]
    facts: Facts


REGISTER = Operation(
    "register",
    Phrase("建档:新人员及其首批事实", "Register a person, with first facts"),
    tells=Recorded,
    takes=(*QUESTION, DRY_RUN),
    body=Registration,
    status=201,
    records=True,
    keyed=True,
)


class Registry(Controller):
    """All careers 履历: whoever has the right finds one, a clerk adds one."""

    path = "/careers"
    tags = ("careers",)

    @route("GET", "/", FIND)
    def find(self, asking: Asking) -> Told:
        asking.permit("find_careers", None)
        words = asking.words
        if "worker" in words:
            return _by_key(asking, words["worker"])
        question = asking.division_question(words.get("division", asking.jurisdiction))
        matching = cast(Matching, asking.choice("matching", "exact"))
        after = career_named(words["after"], "after") if "after" in words else None
        answer = paged(
            asking,
            lambda reaching, limit: asking.house.department.people(
                question, reaching, name=words.get("name"), matching=matching, limit=limit, after=after
            ),
            "people",
            attrgetter("career"),
        )
        found = Found(answer.on, answer.known, answer.people, answer.next)
        return told(found, asking.language, [one.career for one in found.careers], answer.known.position)

    @route("POST", "/", REGISTER)
    def register(self, asking: Asking) -> Told | Later:
        body: Registration = asking.body
        asking.permit("register", None)
        said = facts_of(body.facts)
        if not isinstance(said[0].fact, Registered):
            raise MalformedError(NOT_A_REGISTRATION())
        permit_arrivals(asking, said)
        career = asking.house.ledger.career_of(body.worker)
        asking.about = (career,)
        try:
            answer = stored(asking, career, said, body.worker, expected=0)
        except StaleCareerError:
            raise _already(asking, career) from None
        return Later(lambda: _registered(asking, career, answer.work)) if isinstance(answer, Later) else answer


def _registered(asking: Asking, career: UUID, record: Callable[[], Told]) -> Told:
    try:
        return record()
    except StaleCareerError:
        raise _already(asking, career) from None


def _by_key(asking: Asking, worker: str) -> Told:
    """The career of an office's key, if it is in reach; nothing otherwise, whether or not there is one."""
    known, question = asking.known_at(), asking.question()
    career = asking.house.ledger.career_of(worker)
    careers: tuple[Person, ...] = ()
    number = asking.house.ledger.last_number(career, known)
    if number and asking.reaches(career):
        subject = asking.house.desk.seen(career, worker, question, known, number)
        careers = (_person(career, subject.career, question.on.toordinal()),)
    answer = Found(question.on, known, careers, None)
    return told(answer, asking.language, [one.career for one in careers], known.position)


def _person(career: UUID, made: Career, on: Day) -> Person:
    """As a list tells of a person: where the posts are on a day, or were that were left last before it."""
    serving = [post.community_on(on) for post in made.posts if post.begin <= on < post.end]
    left = max((post.end for post in made.posts if post.end <= on), default=None)
    last = [post.community_on(post.end - 1) for post in made.posts if post.end == left]
    name = made.registered.fact.name if made.registered and isinstance(made.registered.fact, Registered) else None
    return Person(career, name, tuple(sorted({*(serving or last)})), bool(serving))


def _already(asking: Asking, career: UUID) -> Exception:
    """What a clerk is told who registers someone that the ledger knows: more only of whoever is in reach."""
    presence = asking.house.presences.of(career, asking.known(), asking.house.today().toordinal())
    if not presence.serving:
        return StaleCareerError(SERVES_NOWHERE(career=career))
    try:
        asking.person(career, "record")
    except (CareerNotFoundError, DeniedError):
        return DeniedError(NOT_HERE())
    return StaleCareerError(HAS_ONE(number=presence.number))
