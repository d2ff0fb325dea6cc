"""One request, understood: who asks, what, as known when, about whom."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NoReturn
from uuid import UUID

from litestar import Request

from api.access.errors import MissingTokenError
from api.access.policy import PERMITTED, Action, Denial, Denied, Division, Person, Purpose, Resource, decide
from api.access.subject import Role, Subject
from api.questions import DivisionQuestion, Question, day, division_question, knowledge, question, whole_number
from api.web.errors import DeniedError, PreconditionError, TooManyRequestsError, VersionError
from api.web.house import House
from api.web.operation import Operation
from api.web.parameters import READING, words_of
from api.web.presence import Presence
from domain.divisions import within
from domain.errors import CareerNotFoundError
from domain.known import Known
from domain.ledger import NOT_FOUND
from domain.words import Language, Phrase
from projections.reaching import Reaching

API_VERSION = "2026-11-24"
"""The day on which the API last changed otherwise than by new fields, parameters and routes."""

VERSIONS = frozenset({API_VERSION})

NO_TOKEN = Phrase(
    "需要令牌:请在 Authorization 中写 Bearer 和令牌", "a token is needed: send Authorization: Bearer and the token"
)
NO_VERSION = Phrase("没有该接口版本;可用:{known}", "there is no such version of the API; there is {known}")
TOO_OFTEN = Phrase("请求过于频繁;请在 {seconds} 秒后再试", "too many requests; try again in {seconds} seconds")
NOT_A_NUMBER = Phrase(
    'If-Match 应为最后所见条目的编号,如 "12"', 'If-Match is the number of the last entry that you have seen, as "12"'
)
DENIALS: dict[Denial, Phrase] = {
    "expired": Phrase("令牌已过期;请重新登录", "the token has expired; sign in again"),
    "role": Phrase("您的角色不能做此事;需要:{roles}", "your roles may not do this; it takes one of {roles}"),
    "purpose": Phrase("转接岗须说明用途:参数 purpose", "a transfer desk says what for: the parameter purpose"),
    "case_number": Phrase(
        "纪检人员须提供案号:参数 case_number", "an inspector gives a case: the parameter case_number"
    ),
    "reach": Phrase("该区划不在您的辖区内", "that division is not in your jurisdiction"),
}

HIDDEN = frozenset({"worker", "name", "after"})
"""Parameters that the access log does not hold: they can be personal data, or do not say what was asked."""


class Asking:
    """What is known of a request; a part of it is known only once it was admitted."""

    def __init__(self, house: House, request: Request[Any, Any, Any], operation: Operation) -> None:
        self.house = house
        self.operation = operation
        self.path: Mapping[str, Any] = request.path_params
        self.headers: dict[bytes, str] = {name: value.decode("latin-1") for name, value in request.scope["headers"]}
        self.query: bytes = request.scope["query_string"]
        self.at: datetime = house.now()
        self.request = house.next_request()
        self.language: Language = "zh"
        self.words: dict[str, str] = {}
        self.subject: Subject | None = None
        self.role: Role | None = None
        self.about: tuple[UUID, ...] = ()
        self.body: Any = None
        self.raw = b""
        self.now: Known | None = None
        self.purpose = Purpose()

    def admit(self) -> None:
        """Who asks, and in which words. Raises what is wrong with that."""
        house, headers = self.house, self.headers
        self.language = language_of(self.query, headers.get(b"accept-language", ""))
        version = headers.get(b"api-version")
        if version is not None and version not in VERSIONS:
            raise VersionError(NO_VERSION(known=", ".join(sorted(VERSIONS))))
        scheme, _, token = headers.get(b"authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            raise MissingTokenError(NO_TOKEN())
        self.subject = house.verifier.verify(token.strip(), self.at.timestamp())
        if house.limits is not None:
            wait = house.limits.take(self.subject.name, self.at.timestamp())
            if wait:
                raise TooManyRequestsError(TOO_OFTEN(seconds=max(1, round(wait + 0.499))), wait)
        self.words = words = words_of(self.query, self.operation.takes)
        self.purpose = Purpose(words.get("purpose", "").strip(), words.get("case_number", "").strip())

    # What is asked

    def question(self, *, now: bool = False) -> Question:
        """The question about one career; as known `now`, whatever was asked. Raises `QuestionError`."""
        words = self.words
        known_at = None if now else words.get("known_at")
        return question(on=words.get("on"), known_at=known_at, readings=self._readings(), today=self.house.today())

    def division_question(self, division: str | None = None) -> DivisionQuestion:
        """The question about a division. Raises `QuestionError`."""
        words = self.words
        return division_question(division=division or words["division"], on=words.get("on"),
                                 known_at=words.get("known_at"), readings=self._readings(),
                                 today=self.house.today())  # fmt: skip

    def _readings(self) -> list[str]:
        return [
            f"{name.removeprefix(READING)}={value}" for name, value in self.words.items() if name.startswith(READING)
        ]

    def whole(self, name: str, default: int) -> int:
        """A whole number within its bounds. Raises `QuestionError`."""
        bounds = self.operation.takes[name].schema
        text = self.words.get(name)
        return default if text is None else whole_number(text, name, bounds["minimum"], bounds["maximum"])

    def day(self, name: str) -> date | None:
        """A day, if one is given. Raises `QuestionError`."""
        text = self.words.get(name)
        return None if text is None else day(text, name)

    def choice(self, name: str, default: str) -> str:
        """One of the words that the parameter can be; it was none other that was let in."""
        return self.words.get(name, default)

    def flag(self, name: str) -> bool:
        """Whether something is asked for; not, if it is not said."""
        return self.choice(name, "false") == "true"

    def known(self) -> Known:
        """What the ledger knows now; the same throughout a request."""
        if self.now is None:
            self.now = self.house.ledger.known()
        return self.now

    def known_at(self) -> Known:
        """What was known then, as is asked."""
        text = self.words.get("known_at")
        return self.known() if text is None else self.house.ledger.known(knowledge(text, "known_at"))

    # Whether it may be asked

    def person(self, career: UUID, action: Action | None = None) -> Presence:
        """The career as known now, if the subject may do this with it; else it is not there.

        Raises `DeniedError` for what is missing of the request, `CareerNotFoundError` for who is out of reach: the same
        words whether or not there is such a career.
        """
        self.about = (career,)
        presence = self.house.presences.of(career, self.known(), self.house.today().toordinal())
        self.permit(action or self.operation.action, Person(career, presence.places))
        if not presence.number:
            raise CareerNotFoundError(NOT_FOUND())
        return presence

    def reaches(self, career: UUID) -> bool:
        """Whether a career is in reach of the subject's jurisdiction today."""
        places = self.house.presences.of(career, self.known(), self.house.today().toordinal()).places
        return any(within(place, self.jurisdiction) for place in places)

    def reaching(self) -> Reaching:
        """The careers that may be told of, for a question that lists them."""
        return Reaching(self.jurisdiction, self.house.today())

    def division(self, code: str) -> None:
        """Refuse a division out of reach. Raises `DeniedError`."""
        self.permit(self.operation.action, Division(code))

    def permit(self, action: Action, resource: Resource) -> None:
        """Refuse what may not be done. Raises `DeniedError`, or `CareerNotFoundError` for a person out of reach."""
        assert self.subject is not None
        decision = decide(self.subject, action, resource, self.purpose, self.at.timestamp())
        if isinstance(decision, Denied):
            self._refuse(decision, action, resource)
        self.role = decision.role

    def _refuse(self, decision: Denied, action: Action, resource: Resource) -> NoReturn:
        if decision.why == "reach" and not isinstance(resource, Division):
            raise CareerNotFoundError(NOT_FOUND())
        raise DeniedError(DENIALS[decision.why](roles=", ".join(PERMITTED[action])))

    @property
    def jurisdiction(self) -> str:
        """The code that all of the subject's reach begins with."""
        assert self.subject is not None
        return self.subject.jurisdiction

    # What the caller has already

    @property
    def if_none_match(self) -> str:
        """The tags of answers that the caller has."""
        return self.headers.get(b"if-none-match", "")

    @property
    def if_match(self) -> int | None:
        """The number of the last entry that the caller has seen. Raises `PreconditionError`."""
        text = self.headers.get(b"if-match", "").strip()
        if not text or text == "*":
            return None
        number = text.strip('"')
        if not (number.isascii() and number.isdigit() and len(number) <= 9):
            raise PreconditionError(NOT_A_NUMBER())
        return int(number)

    def header(self, name: bytes) -> str:
        """A header, or nothing."""
        return self.headers.get(name, "")


def language_of(query: bytes, accepted: str) -> Language:
    """The language to answer in: as asked, else as the caller's browser prefers, else Chinese."""
    if query and b"lang=" in query:
        return "en" if b"lang=en" in query else "zh"
    return "en" if accepted[:2].lower() == "en" else "zh"
