"""Beginnings and ends of posts and offices."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from domain.facts.base import Fact

Role = Literal["committee", "specialist"]
Office = Literal["secretary", "director", "deputy_secretary", "deputy_director", "member"]
TermMode = Literal["elected", "by_election", "appointed"]
TermCause = Literal["turnover", "early_turnover", "resigned", "removed", "transferred", "other"]
PriorKind = Literal["grid_worker", "other_region", "military"]
Destination = Literal["public_institution", "civil_service", "street_leadership"]


class Hired(Fact, frozen=True, tag="hired"):
    """Hired 聘用 into a community (Art. 3, 8–12); `on` is the first day."""

    zh = "聘用"
    happened = "on"
    planned = ("probation_until", "contract_until")

    on: date
    community: str
    role: Role
    full_time: bool = True
    probation_until: date | None = None
    contract_until: date | None = None


class Assigned(Fact, frozen=True, tag="assigned"):
    """Sent to another community of the same street 统筹使用 (Art. 24); the post goes on."""

    zh = "统筹使用"
    happened = "on"

    on: date
    community: str


class TransferredOut(Fact, frozen=True, tag="transferred_out"):
    """Left for another street 调出 (Art. 23): ends the earliest-begun post open on that day."""

    zh = "调出"
    happened = "last_day"

    last_day: date
    destination: str


class TransferredIn(Fact, frozen=True, tag="transferred_in"):
    """Arrived from another street 调入 (Art. 23). Without a role, the role that was left goes on."""

    zh = "调入"
    happened = "first_day"

    first_day: date
    origin: str
    community: str
    role: Role | None = None


class TermStarted(Fact, frozen=True, tag="term_started"):
    """Took an office 当选/任职: elected, elected between turnovers 补选, or appointed 指派."""

    zh = "当选/任职"
    happened = "on"
    planned = ("expected_until",)

    on: date
    office: Office
    community: str
    mode: TermMode
    expected_until: date | None = None


class TermEnded(Fact, frozen=True, tag="term_ended"):
    """Left an office 届满/离任."""

    zh = "届满/离任"
    happened = "last_day"

    last_day: date
    office: Office
    community: str
    cause: TermCause


class PriorServiceRecognised(Fact, frozen=True, tag="prior_service_recognised"):
    """Earlier service recognised 认定工龄: as grid worker 网格员, outside the region 区外, or military 服役."""

    zh = "认定工龄"
    happened = "first_day"

    first_day: date
    last_day: date
    kind: PriorKind


class Resigned(Fact, frozen=True, tag="resigned"):
    """Resigned 辞职 (Art. 29): ends all service."""

    zh = "辞职"
    happened = "last_day"

    last_day: date
    submitted_on: date | None = None


class Dismissed(Fact, frozen=True, tag="dismissed"):
    """Removed or the contract dissolved 解除/罢免 under an item of Art. 37: ends all service."""

    zh = "解除/罢免"
    happened = "last_day"

    last_day: date
    item: Annotated[int, Meta(ge=1, le=6)]


class Retired(Fact, frozen=True, tag="retired"):
    """Retired 退休 (Art. 30): ends all service."""

    zh = "退休"
    happened = "last_day"

    last_day: date


class ContractEnded(Fact, frozen=True, tag="contract_ended"):
    """The labour contract ended 合同终止 (Art. 12): ends the earliest-begun post open on that day."""

    zh = "合同终止"
    happened = "last_day"

    last_day: date


class AppointedOut(Fact, frozen=True, tag="appointed_out"):
    """Taken into an institution, the civil service or a street's leadership 录用/聘用转出 (Art. 31–32)."""

    zh = "录用/聘用转出"
    happened = "last_day"

    last_day: date
    to: Destination
