"""Gaps 间断: what bridges between two times of service. 连续 is not defined, so readings say it."""

from msgspec import Struct

from domain.calendar import REST_DAYS_KNOWN, Day, is_rest_day, year_of
from domain.regulation.readings import Readings
from domain.regulation.states import BREAK, BRIDGE, DayClass
from domain.regulation.transfer import Transfer
from domain.words import AND, Phrase, Reason

LONGEST_REST = 20
"""No run of rest days is longer, in days: the longest holiday with its weekends is eleven."""

HANDOVER = Phrase(
    "调动途中,间隔 {days} 天,不超过 {most} 天,衔接", "between leaving and arriving: {days} days, at most {most} bridge"
)
REST = Phrase("间隔 {days} 天均为休息日,衔接", "{days} days between, all rest days: they bridge")
SHORT = Phrase("间隔 {days} 天,不超过 {most} 天,衔接", "{days} days between, at most {most} bridge")
OUT_OF_SERVICE = Phrase("不在岗 {days} 天,连续中断", "out of service for {days} days: continuity is broken")
ONLY_WEEKENDS = Phrase("{year} 年节假日安排未知,只按周末计", "the holidays of {year} are not known; only weekends rest")


class Gap(Struct, frozen=True, gc=False):
    """How a gap counts, and why."""

    both: DayClass
    why: Reason


def judge(begin: Day, end: Day, transfers: list[Transfer], readings: Readings) -> Gap:
    """Whether the days `[begin, end)` between two times of service bridge."""
    days = end - begin
    if days <= readings.gap:
        return Gap(BRIDGE, SHORT(days=days, most=readings.gap))
    for transfer in transfers:
        if (
            transfer.left is not None
            and transfer.arrived is not None
            and transfer.left.end <= begin
            and end <= transfer.arrived.begin
            and transfer.between <= readings.transfer_gap
        ):
            return Gap(BRIDGE, HANDOVER(days=transfer.between, most=readings.transfer_gap))
    if readings.rest_days_bridge == "yes" and days <= LONGEST_REST and all(map(is_rest_day, range(begin, end))):
        return Gap(BRIDGE, _with_caution(REST(days=days), begin, end))
    return Gap(BREAK, OUT_OF_SERVICE(days=days))


def _with_caution(why: Reason, begin: Day, end: Day) -> Reason:
    """Say so where the public holidays of a year are not known."""
    for year in (year_of(begin), year_of(end - 1)):
        if year not in REST_DAYS_KNOWN:
            return AND(first=why, second=ONLY_WEEKENDS(year=year))
    return why
