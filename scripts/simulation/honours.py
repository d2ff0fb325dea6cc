"""The party, certificates, commendations, nominations, mistakes excused (Art. 19, 33–36, 38)."""

from datetime import date

from domain.calendar import Day
from domain.facts import Certified, Commended, JoinedParty, Nominated, Tolerated
from domain.facts.person import CertificateLevel, CommendationLevel, NominatedAs
from scripts.simulation.absences import sanction
from scripts.simulation.dice import Odds
from scripts.simulation.hiring import months_later
from scripts.simulation.rounds import workday_from
from scripts.simulation.story import Story, day_of

_LEVELS = Odds[CommendationLevel](("street", 40), ("banner", 40), ("league", 14), ("region", 5), ("state", 1))
_TITLES = (
    "优秀社区工作者",
    "优秀党务工作者",
    "优秀共产党员",
    "民族团结进步模范",
    "三八红旗手",
    "抗疫先进个人",
    "劳动模范",
)
_NOMINATED_AS: tuple[NominatedAs, ...] = ("party_delegate", "congress_deputy", "cppcc_member")
_MATTERS = ("防疫应急处置失误", "防汛转移登记疏漏", "突发停暖处置不及时", "紧急救助程序简化")
_MEMBERS = (0.3, 0.5, 0.85, 0.97)
"""Share of party members, by how far a worker gets."""

CERTIFICATES: tuple[CertificateLevel, ...] = ("assistant", "social_worker", "senior")
FIRST_EXAMINATION = 2008
"""The year of the first national examination for social workers."""


def join_party(story: Story) -> None:
    """Joined before the first post or within service; a full member 转正 one year later."""
    dice, first, horizon = story.dice, story.stints[0].first, story.world.horizon
    if not dice.chance(_MEMBERS[story.ambition]):
        return
    grown_up = months_later(story.person.born, 19 * 12)
    earliest = max(grown_up, first - 3000 if dice.chance(0.9 if story.ambition == 3 else 0.5) else first + 200)
    day = workday_from(earliest + dice.below(2400))
    full = months_later(day, 12)
    before = day < first
    known = max(first + dice.below(20), full) if before or dice.chance(0.6) else day
    full_known = full <= min(known, horizon)
    fact = JoinedParty(on=day_of(day), full_on=day_of(full) if full_known else None)
    if before or story.stint_on(day) is not None:
        story.tell(fact, known, story.street_on(max(day, first)))
        story.full_member_from = full


def be_honoured(story: Story) -> None:
    """What is given and said year by year, while in a post."""
    first = day_of(story.stints[0].first).year
    certificate = 0
    studies = story.dice.chance(0.4)
    for year in range(first, day_of(story.world.horizon).year + 1):
        day = workday_from(date(year, 1, 10).toordinal() + story.dice.below(340))
        stint = story.stint_on(day)
        if stint is None:
            continue
        _honour(story, day, story.street_on(day))
        if studies and year >= FIRST_EXAMINATION and certificate < len(CERTIFICATES) and story.dice.chance(0.12):
            _certify(story, year, CERTIFICATES[certificate])
            certificate += 1


def _honour(story: Story, day: Day, street: str) -> None:
    dice, on = story.dice, day_of(day)
    if dice.chance(0.07):
        story.tell(Commended(on=on, title=dice.pick(_TITLES), level=dice.of(_LEVELS)), day, street)
    if dice.chance(0.012):
        story.tell(Nominated(on=on, nominated_as=dice.pick(_NOMINATED_AS)), day, street)
    if dice.chance(0.003):
        sanction(story, day)
    if on.year >= 2018 and dice.chance(0.005):
        decision = f"容〔{on.year}〕{dice.between(1, 40)}号"
        story.tell(Tolerated(on=on, matter=dice.pick(_MATTERS), decision_no=decision), day, street)


def _certify(story: Story, year: int, level: CertificateLevel) -> None:
    """Results of the June examination come out in autumn."""
    dice = story.dice
    day = workday_from(date(year, 9, dice.between(1, 28)).toordinal())
    number = f"15{year}{dice.between(1, 99999):05}"
    story.tell(Certified(on=day_of(day), level=level, certificate_no=number), day, story.street_on(day))
