"""Party membership 党员身份 of a secretary (Art. 32): a secretary is a full member 正式党员."""

from collections.abc import Iterator
from datetime import date

from domain.calendar import FOREVER
from domain.career import Career
from domain.facts import JoinedParty
from domain.regulation.article import article
from domain.regulation.finding import Found
from domain.regulation.offices import tenures, terms_as
from domain.regulation.readings import Readings
from domain.words import Phrase

NOT_KNOWN = Phrase("任书记期间未见转正日期", "secretary, and not known as a full party member")
NOT_YET = Phrase("任书记时尚未转正,{day} 转正", "secretary before becoming a full party member on {day}")


@article("32", "社区党组织书记")
def found(career: Career, _readings: Readings) -> Iterator[Found]:
    """Days as secretary before any known day of becoming a full member 转正日."""
    terms = terms_as(career, "secretary")
    if not terms:
        return
    full: date | None = None
    entries: tuple[int, ...] = ()
    for happening in career.notes(JoinedParty):
        joined = happening.fact
        assert isinstance(joined, JoinedParty)
        entries += happening.entries
        if joined.full_on is not None and (full is None or joined.full_on < full):
            full = joined.full_on
    member_from = full.toordinal() if full else FOREVER
    for tenure in tenures(terms):
        if tenure.begin < member_from:
            yield Found(
                article="32",
                rule="secretary_not_full_member",
                severity="review",
                begin=tenure.begin,
                end=min(tenure.end, member_from),
                entries=tenure.entries + entries,
                why=NOT_YET(day=full) if full else NOT_KNOWN(),
            )
