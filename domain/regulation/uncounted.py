"""Work that does not count: part-time posts (Art. 3), and recognised prior service of a kind that is not read to count.

Its days are out of service, but whoever did the work wants to be told why.
"""

from typing import NamedTuple

from domain.calendar import Day
from domain.career import Career
from domain.facts import PriorServiceRecognised
from domain.regulation.article import article
from domain.regulation.readings import Readings
from domain.words import Phrase, Reason

PART_TIME = Phrase("非全日制岗位,不计入(第三条)", "a part-time post, which does not count (Art. 3)")
NOT_COUNTED = {
    "grid_worker": Phrase("网格员工龄,按此口径不计入", "service as a grid worker, not counted under this reading"),
    "other_region": Phrase("区外工龄,按此口径不计入", "service in another region, not counted under this reading"),
    "military": Phrase("服役年限,按此口径不计入", "military service, not counted under this reading"),
}


class Uncounted(NamedTuple):
    """Days `[begin, end)` of work that does not count, and why."""

    begin: Day
    end: Day
    community: str | None
    entries: tuple[int, ...]
    why: Reason


@article("3", "全日制专职工作人员")
def uncounted(career: Career, readings: Readings) -> list[Uncounted]:
    """All work that does not count under these readings, by the day on which it began."""
    found = []
    if readings.part_time != "counts":
        for post in career.posts:
            if not post.full_time:
                ends = [stay.begin for stay in post.stays[1:]] + [post.end]
                for stay, end in zip(post.stays, ends, strict=True):
                    found.append(Uncounted(stay.begin, end, stay.community, post.entries, PART_TIME()))
    for happening in career.notes(PriorServiceRecognised):
        fact = happening.fact
        assert isinstance(fact, PriorServiceRecognised)
        if fact.kind not in readings.prior_kinds:
            end = fact.last_day.toordinal() + 1
            found.append(Uncounted(happening.day, end, None, happening.entries, NOT_COUNTED[fact.kind]()))
    return sorted(found, key=lambda one: one.begin)
