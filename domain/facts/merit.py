"""Training, assessments, grades."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from domain.facts.base import Fact

TrainingKind = Literal["pre_post", "special"]
TrainingMode = Literal["offline", "online"]
AssessmentResult = Literal["excellent", "competent", "basic", "incompetent"]
Track = Literal["head", "deputy", "staff"]
GradingBasis = Literal["initial", "recognised", "reassessed", "demoted"]
Level = Annotated[int, Meta(ge=1, le=18)]


class Trained(Fact, frozen=True, tag="trained"):
    """Trained 培训 (Art. 20); `hours` 学时 in half-hour steps; `offline` is 脱产集中."""

    zh = "培训"
    happened = "last_day"

    first_day: date
    last_day: date
    hours: Annotated[float, Meta(gt=0)]
    kind: TrainingKind
    mode: TrainingMode
    course: str = ""
    organiser: str = ""


class ProbationAssessed(Fact, frozen=True, tag="probation_assessed"):
    """Assessed at the end of probation 试用期考核 (Art. 12, 37(1))."""

    zh = "试用期考核"
    happened = "on"

    on: date
    passed: bool


class Assessed(Fact, frozen=True, tag="assessed"):
    """The annual assessment 年度考核 of a calendar year (Art. 28); it is known from `confirmed_on` on."""

    zh = "年度考核"
    happened = "confirmed_on"

    year: Annotated[int, Meta(ge=1900, le=2199)]
    result: AssessmentResult
    confirmed_on: date


class Graded(Fact, frozen=True, tag="graded"):
    """Placed in a grade 定级 of the sequence of posts and grades (Art. 23)."""

    zh = "定级"
    happened = "on"

    on: date
    track: Track
    level: Level
    basis: GradingBasis


class Promoted(Fact, frozen=True, tag="promoted"):
    """Promoted in grade 晋级 (Art. 23)."""

    zh = "晋级"
    happened = "on"

    on: date
    track: Track
    level: Level
