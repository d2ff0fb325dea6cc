"""A timeline for a reader: by kind and days, a page at a time, without what the reader is not shown."""

import re
from datetime import date

from api.answers import Subject
from api.extracts import WITHHELD, Part, timeline_for
from api.questions import NOT_A_PLACE, any_kind_of_fact, day
from api.web.asking import Asking
from api.web.parameters import AFTER, FIRST_DAY, KIND, KNOWN, LAST_DAY, LIMIT, ON
from domain.errors import QuestionError
from projections.timeline import Item, timeline

TIMELINE = (*KNOWN, ON, KIND, FIRST_DAY, LAST_DAY, AFTER, LIMIT)
"""What a question for a timeline takes."""

AT_ONCE = 1000
"""Items of one answer, if nothing is said: nearly always all of them."""

_CURSOR = re.compile(r"(\d{4}-\d{2}-\d{2})/(\d{1,9})", re.ASCII)


def timeline_part(asking: Asking, subject: Subject, *, discipline: bool) -> Part:
    """The part of a timeline that is asked for. Raises `QuestionError`."""
    assert asking.role is not None
    entries, history, career, asked = subject
    whole = timeline_for(timeline(entries, history, career, asked), asking.role, discipline=discipline)
    kind = any_kind_of_fact(asking.words["kind"], "kind") if "kind" in asking.words else None
    first, last, limit = asking.day("first_day"), asking.day("last_day"), asking.whole("limit", AT_ONCE)
    after = _cursor(asking.words["after"]) if "after" in asking.words else None
    found = [
        item
        for item in whole.items
        if (kind is None or item.fact.tag() == kind)
        and (first is None or first <= item.day)
        and (last is None or item.day <= last)
        and (after is None or _place(item) > after)
    ]
    told = tuple(found[:limit])
    following = "{}/{}".format(*_place(told[-1])) if len(found) > limit else None
    return Part(
        whole.career, whole.worker, whole.on, whole.known, told, whole.unplaced,
        kind=kind, first_day=first, last_day=last,
        withheld=() if discipline else tuple(sorted(WITHHELD)), next=following,
    )  # fmt: skip


def _place(item: Item) -> tuple[date, int]:
    """In this order items are told, and no two are in one place."""
    return item.day, item.number


def _cursor(text: str) -> tuple[date, int]:
    found = _CURSOR.fullmatch(text)
    if found is None:
        raise QuestionError(NOT_A_PLACE(field="after"))
    return day(found[1], "after"), int(found[2])
