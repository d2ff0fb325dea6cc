"""An answer about a division: permitted, and without whoever is out of the asker's reach today."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar, cast
from uuid import UUID

import msgspec

from api.questions import DivisionQuestion, article_number
from api.web.asking import Asking
from api.web.program import PROGRAM
from api.web.telling import Told, matches, tag_of, told, unchanged
from domain.divisions import REGION_CODE
from domain.regulation.finding import Severity
from projections.asking import DivisionAnswer
from projections.reaching import Reaching, in_reach

A = TypeVar("A", bound=DivisionAnswer)

EVERYBODY = 10**6
"""More than a list ever holds."""


def about_division(asking: Asking, ask: Callable[[DivisionQuestion], A], listed: str | None) -> Told:
    """The answer to a question about the division that is named. `listed` is the field that tells of people.

    Who served there on a past day, or is found against there, may have gone on to another jurisdiction: they are left
    out.
    """
    question = asking.division_question()
    asking.division(question.division)
    position = asking.known().position
    tag = tag_of(
        PROGRAM, asking.operation.name, asking.jurisdiction, position, question.on, asking.house.today(),
        asking.language, asking.words,
    )  # fmt: skip
    if asking.if_none_match and matches(asking.if_none_match, tag):
        return unchanged((), position, tag)
    answer = ask(question)
    if listed is not None:
        answer = _in_reach(asking, answer, listed)
    if "known_at" not in asking.words and answer.known.position < position:
        tag = ""  # Of tables that are behind: what the tag stands for is still to come.
    return told(answer, asking.language, disclosed(answer, listed), answer.known.position, tag=tag)


def paged(
    asking: Asking, ask: Callable[[Reaching, int], A], listed: str, place: Callable[[Any], object], usual: int = 100
) -> A:
    """A page of a list, which is limited to those in reach; `place` is what the next page goes on after.

    In tables as of an earlier moment it would be limited to those who were in reach as was known then. So of them
    everybody is asked for, and limited by what is known now.
    """
    limit = asking.whole("limit", usual)
    if "known_at" not in asking.words or asking.jurisdiction == REGION_CODE:
        return ask(asking.reaching(), limit)
    answer = _in_reach(asking, ask(Reaching(REGION_CODE, asking.house.today()), EVERYBODY), listed)
    items = getattr(answer, listed)
    following = place(items[limit - 1]) if len(items) > limit else None
    return msgspec.structs.replace(answer, next=following, **{listed: items[:limit]})


def _in_reach(asking: Asking, answer: A, listed: str) -> A:
    """The answer without whoever is out of reach as is known now."""
    if asking.jurisdiction == REGION_CODE:
        return answer
    items = getattr(answer, listed)
    today = asking.house.today()
    careers = [*(item.career for item in items), *(one.career for one in answer.unplaced)]
    with asking.house.open_snapshot(DivisionQuestion(division=answer.division, on=today)) as (snapshot, _):
        reached = in_reach(snapshot, careers, Reaching(asking.jurisdiction, today))
    kept = tuple(item for item in items if item.career in reached)
    unplaced = tuple(one for one in answer.unplaced if one.career in reached)
    return msgspec.structs.replace(answer, unplaced=unplaced, **{listed: kept})


def disclosed(answer: DivisionAnswer, listed: str | None) -> Sequence[UUID]:
    """Everyone whom an answer tells of, each once."""
    items = () if listed is None else getattr(answer, listed)
    unplaced = () if listed is None else answer.unplaced
    return list(dict.fromkeys([*(item.career for item in items), *(one.career for one in unplaced), *answer.parked]))


def found_filters(asking: Asking) -> tuple[str | None, Severity | None, bool]:
    """Of which article, of which severity, and whether only what still goes on. Raises `QuestionError`."""
    article = asking.words.get("article")
    severity = asking.choice("severity", "breach") if "severity" in asking.words else None
    chosen = None if article is None else article_number(article, "article")
    return chosen, cast(Severity | None, severity), asking.flag("open")
