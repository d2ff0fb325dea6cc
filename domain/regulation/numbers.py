"""Numbers of the law: each dated, with unit and source. A number holds from its day until a later one."""

from datetime import date
from typing import Generic, TypeVar

from domain.regulation.article import IN_FORCE, quote

N = TypeVar("N")


class Dated(Generic[N]):
    """A number that the law may change. Days before its first one are judged by the first: there was none other."""

    def __init__(self, values: dict[date, N]) -> None:
        self._values = sorted(values.items(), key=lambda item: item[0])

    def on(self, day: date) -> N:
        """The number in force on a day."""
        number = self._values[0][1]
        for since, value in self._values:
            if since > day:
                break
            number = value
        return number


STAFFING = Dated({IN_FORCE: 18})
"""Community workers for every ten thousand urban residents 每万城镇常住人口, in people.  Source: Art. 5."""
quote("5", "按照每万城镇常住人口18人的标准配备")

TEN_YEARS = Dated({IN_FORCE: 120})
"""Continuous work before a secretary can enter a public institution, in months.  Source: Art. 32."""
quote("32", "在社区连续工作10年以上")

SECONDMENT_MONTHS = Dated({IN_FORCE: 3})
"""Longest secondment to a street, in months.  Source: Art. 24(2)."""
quote("24", "借调时间不得超过3个月")

LEADER_HOURS = Dated({IN_FORCE: 56.0})
"""Special training of a secretary or director, in hours a calendar year.  Source: Art. 20(2)."""
quote("20", "社区党组织书记、社区居民委员会主任每年参加社区工作专门培训累计不少于56学时")

WORKER_HOURS = Dated({IN_FORCE: 40.0})
"""Special training of every other worker, in hours a calendar year.  Source: Art. 20(2)."""
quote("20", "其他社区工作者每年参加社区工作专门培训累计不少于40学时")

PRE_POST_HOURS = Dated({IN_FORCE: 24.0})
"""Offline training before the first day, in hours.  Source: Art. 20(2)."""
quote("20", "新选聘的社区工作者上岗前应当接受不少于24学时的集中脱产培训")

HIRE_UNDER = Dated({IN_FORCE: 40})
"""A specialist is hired before this age, in completed years.  Source: Art. 9(2)."""
quote("9", "年龄一般在40周岁以下")

HIRE_FROM = Dated({IN_FORCE: 16})
"""Nobody works before this age, in completed years.  Source: 劳动法 15."""

TRANSFER_DAYS = Dated({IN_FORCE: 15})
"""Longest time between leaving and arriving, in days strictly between.  Source: 劳动合同法 50 (转移手续)."""

CHAIN_DAYS = 30
"""Two secondments form a chain if fewer than this many days lie between.  Source: the contract of the ledger."""

TERM_MONTHS = 60
"""A term of a residents' committee, in months.  Source: 城市居民委员会组织法 15 (2018)."""
