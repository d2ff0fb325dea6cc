"""Who the person is, and what is said of the person whatever the post."""

from datetime import date
from typing import Literal

from domain.facts.base import Fact

Sex = Literal["male", "female"]
CertificateLevel = Literal["assistant", "social_worker", "senior"]
CommendationLevel = Literal["street", "banner", "league", "region", "state"]
NominatedAs = Literal["party_delegate", "congress_deputy", "cppcc_member"]


class Registered(Fact, frozen=True, tag="registered"):
    """A file opened for the person 建档. The only fact that holds personal data."""

    zh = "建档"
    happened = "born"

    name: str
    identity: str
    sex: Sex
    born: date


class Certified(Fact, frozen=True, tag="certified"):
    """A national certificate of social work 社会工作者职业资格 (Art. 10, 19)."""

    zh = "职业资格"
    happened = "on"

    on: date
    level: CertificateLevel
    certificate_no: str


class Commended(Fact, frozen=True, tag="commended"):
    """Commended 表彰 for an outstanding contribution (Art. 35)."""

    zh = "表彰"
    happened = "on"

    on: date
    title: str
    level: CommendationLevel


class Sanctioned(Fact, frozen=True, tag="sanctioned"):
    """A disciplinary sanction 处分 (Art. 38); `until` is its planned last day."""

    zh = "处分"
    happened = "on"
    planned = ("until",)

    on: date
    kind: str
    decision_no: str
    until: date | None = None


class Tolerated(Fact, frozen=True, tag="tolerated"):
    """A mistake in urgent work excused 容错 (Art. 36). Annotates, deletes nothing."""

    zh = "容错"
    happened = "on"

    on: date
    matter: str
    decision_no: str


class Nominated(Fact, frozen=True, tag="nominated"):
    """Put forward 推荐 as delegate, deputy or member (Art. 34)."""

    zh = "推荐"
    happened = "on"

    on: date
    nominated_as: NominatedAs


class JoinedParty(Fact, frozen=True, tag="joined_party"):
    """Joined the party 入党 (Art. 33); a full member from `full_on` 转正日, if known."""

    zh = "入党"
    happened = "on"

    on: date
    full_on: date | None = None


class Died(Fact, frozen=True, tag="died"):
    """Died 死亡: the last day of all service."""

    zh = "死亡"
    happened = "on"

    on: date
