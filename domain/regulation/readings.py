"""Readings 解释口径: where the law leaves room, what is taken by default, and what may be taken instead.

Every answer is computed under named readings, says which, and can be asked again under others. The regional
社会工作部 interprets the regulation (Art. 39) and may change a default; nobody needs to change a fact.
"""

from collections.abc import Iterable

import msgspec
from msgspec import Struct

from domain.errors import QuestionError
from domain.regulation.article import quote
from domain.words import Phrase

INTERPRETER = quote("39", "本办法解释的办理工作由自治区党委社会工作部负责")

PRIOR_KINDS = ("grid_worker", "other_region", "military")

UNKNOWN_READING = Phrase(
    "没有名为 {name} 的解释口径;已知的有:{known}", "no reading is called {name}; the readings are {known}"
)
NOT_AN_ALTERNATIVE = Phrase(
    "解释口径 {name} 不能取该值;可取:{allowed}", "the reading {name} cannot be that; it can be {allowed}"
)
NOT_A_PAIR = Phrase("解释口径应写作 NAME=VALUE,如 gap=15", "write a reading as NAME=VALUE, such as gap=15")


class Readings(Struct, frozen=True, kw_only=True):
    """One value for every reading; the defaults are the contract's."""

    first_day: str = "counts"
    completion: str = "anniversary"
    span: str = "shifted_start"
    gap: int = 0
    rest_days_bridge: str = "yes"
    transfer_gap: int = 15
    lawful_secondment: str = "counts"
    unlawful_secondment: str = "split"
    before_2024: str = "counts"
    probation: str = "counts"
    sick_leave: str = "bridges"
    unpaid_leave: str = "bridges"
    suspension: str = "bridges"
    prior_service: str = "grid_worker"
    full_term: str = "by_term"
    part_time: str = "excluded"
    limit: str = "civil"
    on: str = "inclusive"
    retroactive: str = "info"
    training_year: str = "calendar"
    two_fails: str = "adjacent"
    excellent_performance: str = "latest_three"
    retirement_female: str = "55"

    @property
    def prior_kinds(self) -> frozenset[str]:
        """The kinds of recognised prior service that count."""
        return frozenset(self.prior_service.split(",")) if self.prior_service != "none" else frozenset()


class Choice(Struct, frozen=True):
    """What a reading may be, what it is about, and where that comes from."""

    values: tuple[str, ...]
    """The default first. Empty for a number of days, 0 or more."""
    about: Phrase
    source: str


DEFAULT = Readings()

CHOICES: dict[str, Choice] = {
    "first_day": Choice(
        ("counts", "excluded"), Phrase("首日是否计入", "whether the first day counts"), "劳动合同法 7;民法典 201"
    ),
    "completion": Choice(
        ("anniversary", "civil_201"), Phrase("满十年于何日", "when ten years are complete"), "民法典 201–202"
    ),
    "span": Choice(("shifted_start", "sum_30"), Phrase("间断工龄如何折算", "how broken service is said"), "惯例"),
    "gap": Choice((), Phrase("两岗之间可衔接的天数", "days between two posts that bridge"), "“连续”未作界定"),
    "rest_days_bridge": Choice(
        ("yes", "no"), Phrase("休息日是否衔接", "whether a gap of rest days bridges"), "周末交接"
    ),
    "transfer_gap": Choice(
        (), Phrase("调动途中可衔接的天数", "days between leaving and arriving that bridge"), "劳动合同法 50"
    ),
    "lawful_secondment": Choice(
        ("counts", "bridges", "breaks"), Phrase("合规借调", "a lawful secondment"), "工伤保险条例 43"
    ),
    "unlawful_secondment": Choice(
        ("split", "counts", "bridges", "breaks"), Phrase("违规借调", "an unlawful secondment"), "第二十四条"
    ),
    "before_2024": Choice(
        ("counts", "excluded"), Phrase("施行前的工作", "service before 2024-08-21"), "实施条例 9(类推)"
    ),
    "probation": Choice(("counts", "excluded_if_failed"), Phrase("试用期", "a probation"), "劳动合同法 19"),
    "sick_leave": Choice(
        ("bridges", "counts", "breaks"),
        Phrase("医疗期外病假", "sickness beyond the medical period"),
        "劳动保险条例实施细则",
    ),
    "unpaid_leave": Choice(("bridges", "breaks"), Phrase("停薪留职", "unpaid leave"), "“连续”未作界定"),
    "suspension": Choice(
        ("bridges", "counts", "breaks"), Phrase("停职", "a suspension that was not cleared"), "“连续”未作界定"
    ),
    "prior_service": Choice(PRIOR_KINDS, Phrase("认定工龄的种类", "kinds of prior service that count"), "第二十三条"),
    "full_term": Choice(
        ("by_term", "60_months", "over_3_years", "cross_community"),
        Phrase("任满一届", "a full term"),
        "城市居民委员会组织法 15(2018)",
    ),
    "part_time": Choice(("excluded", "counts"), Phrase("非全日制", "part-time work"), "第三条"),
    "limit": Choice(
        ("civil", "inclusive", "rollover"), Phrase("几个月届满于何日", "when n months end"), "民法典 201–203"
    ),
    "on": Choice(("inclusive", "exclusive"), Phrase("所问之日是否计入", "whether the asked day counts"), "惯例"),
    "retroactive": Choice(
        ("info", "breach"), Phrase("施行前的情形", "findings before 2024-08-21"), "第四十条;立法法 104"
    ),
    "training_year": Choice(("calendar", "pro_rata"), Phrase("年度学时", "the hours of a year"), "第二十条"),
    "two_fails": Choice(
        ("adjacent", "ignore_skipped"), Phrase("连续两年不合格", "two incompetent years running"), "第三十七条(二)"
    ),
    "excellent_performance": Choice(
        ("latest_three", "latest_excellent", "commended_counts"),
        Phrase("表现优秀", "excellent performance"),
        "第三十二条未作界定",
    ),
    "retirement_female": Choice(("55", "50"), Phrase("女性退休年龄", "women's retirement age"), "延迟退休办法 1"),
}


def parse(pairs: Iterable[str]) -> Readings:
    """The readings of `NAME=VALUE` pairs, defaults for the rest; the last of two wins. Raises `QuestionError`."""
    changed: dict[str, str | int] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise QuestionError(NOT_A_PAIR())
        changed[name.strip()] = read_value(name.strip(), value.strip())
    return msgspec.structs.replace(DEFAULT, **changed) if changed else DEFAULT


def read_value(name: str, value: str) -> str | int:
    """The value of one reading, if it may be that. Raises `QuestionError`."""
    choice = CHOICES.get(name)
    if choice is None:
        shown = name if name.isidentifier() and name.isascii() else "…"
        raise QuestionError(UNKNOWN_READING(name=shown, known=", ".join(CHOICES)))
    if not choice.values:
        if value.isascii() and value.isdigit() and len(value) <= 6:
            return int(value)
        raise QuestionError(NOT_AN_ALTERNATIVE(name=name, allowed="0, 1, 2 …"))
    if name == "prior_service":
        return _prior_service(value)
    if value not in choice.values:
        raise QuestionError(NOT_AN_ALTERNATIVE(name=name, allowed=" / ".join(choice.values)))
    return value


def _prior_service(value: str) -> str:
    """A comma list of kinds in one order, or `none`."""
    kinds = {kind.strip() for kind in value.split(",")}
    if kinds == {"none"}:
        return "none"
    if not kinds <= set(PRIOR_KINDS):
        allowed = f"{', '.join(PRIOR_KINDS)} (comma list), none"
        raise QuestionError(NOT_AN_ALTERNATIVE(name="prior_service", allowed=allowed))
    return ",".join(kind for kind in PRIOR_KINDS if kind in kinds)
