"""An answer about one career: permitted, as known then, and not told again to whoever has it."""

from collections.abc import Callable
from typing import NamedTuple
from uuid import UUID

from api.answers import Subject
from api.questions import Question
from api.web.asking import Asking
from api.web.program import PROGRAM
from api.web.telling import Told, matches, tag_of, told, unchanged
from domain.errors import CareerNotFoundError
from domain.known import Known
from domain.ledger import NOT_YET_KNOWN

Ask = Callable[[Subject], object]


class Seen(NamedTuple):
    """A career that the asker may be told of, how much of it was known, and the tag of the answer.

    `number` is the last of its entries that were known.
    """

    career: UUID
    number: int
    question: Question
    known: Known
    tag: str


def about_one(asking: Asking, ask: Ask) -> Told:
    """The answer to a question about the career of the path."""

    def answer(seen: Seen) -> Told:
        subject = asking.house.desk.seen(seen.career, str(seen.career), seen.question, seen.known, seen.number)
        return told(ask(subject), asking.language, (seen.career,), seen.known.position, tag=seen.tag)

    return of_one(asking, answer)


def of_one(asking: Asking, answer: Callable[[Seen], Told]) -> Told:
    """What is told of the career of the path, unless the asker has it already.

    The tag rests on how many entries were known of the career, the day, the words of the question, the reader's role,
    and the program with its rules: an answer is a pure function of these.
    """
    career: UUID = asking.path["career"]
    question, known = asking.question(), asking.known_at()
    presence, now = asking.person(career), asking.known()
    number = presence.number if known is now else asking.house.ledger.last_number(career, known)
    if not number:
        raise CareerNotFoundError(NOT_YET_KNOWN(position=known.position))
    tag = tag_of(
        PROGRAM, asking.operation.name, asking.role, career, number, question.on, asking.language, asking.words,
        asking.header(b"accept") if len(asking.operation.media) > 1 else "",
    )  # fmt: skip
    if asking.if_none_match and matches(asking.if_none_match, tag):
        return unchanged((career,), known.position, tag)
    return answer(Seen(career, number, question, known, tag))
