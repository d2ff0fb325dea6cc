"""A random walk along a career: what is open now says what can happen next. Made for `tests.histories`."""

from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from domain import facts as f
from tests.oracle.days import IN_FORCE, add_months, after, before
from tests.oracle.edges import COMMUNITIES, EDGES, FIRST, LAST, STARTS, STREETS


class Walk:
    """`today` never goes back; `facts` are told by the actions; `ahead` are days worth stopping at."""

    def __init__(self, draw: DrawFn) -> None:
        self.draw = draw
        self.today = self.first = self.pick(STARTS) if self.chance(2) else draw(st.dates(FIRST, STARTS[-1]))
        self.facts: list[f.PlainFact] = []
        self.ahead: list[date] = []
        self.posts: list[str] = []
        self.terms: list[tuple[Any, str]] = []
        self.left: list[tuple[str, str]] = []
        """For every Out that nobody answered yet, the community that was left and the destination."""
        self.hired = self.lent = self.away = self.suspended = False
        self.assessed: set[int] = set()

    def pick(self, values: Any) -> Any:
        return self.draw(st.sampled_from(values))

    def chance(self, of: int) -> bool:
        """True once in so many times."""
        return self.draw(st.integers(1, of)) == of

    def tell(self, fact: f.PlainFact) -> None:
        self.facts.append(fact)

    def look_ahead(self, *days: date) -> None:
        self.ahead += [near for day in days for near in (before(day), day, after(day))]

    def is_past(self, fact: f.PlainFact) -> bool:
        """Whether nothing of it, but a planned day, is after the last day."""
        values = [getattr(fact, name) for name in fact.__struct_fields__ if name not in fact.planned]
        return all(value <= LAST for value in values if isinstance(value, date))

    def step(self) -> None:
        if self.facts:
            self.go_on()
        self.pick(self.possible())()

    def go_on(self) -> None:
        """Some days on: a few, many, or to a day where a rule has its edge."""
        ahead = sorted({day for day in self.ahead if day >= self.today})
        kind = self.pick(["few", "ahead", "ahead", "ahead", "edge", "few", "many", "years", "law"])
        if kind == "ahead" and ahead:
            self.today = self.pick(ahead[:12])
        elif kind == "years":
            self.today = add_months(self.today, 12 * self.pick([1, 1, 2, 3, 5, 9]))
        elif kind == "law" and self.today < IN_FORCE:
            self.today = after(IN_FORCE, self.draw(st.integers(-2, 500)))
        elif kind == "edge":
            self.today = after(self.today, self.draw(st.integers(0, 700)))
            self.today = min((day for day in EDGES if day >= self.today), default=self.today)
        else:
            self.today = after(self.today, self.draw(st.integers(0, 900) if kind == "many" else st.integers(0, 5)))

    def possible(self) -> list[Callable[[], None]]:
        """What can happen on this day; often is said twice."""
        if not self.posts:
            begin = [self.hire] * 6 + [self.arrive, self.recognise]
            return [*begin, self.remark] if self.facts else begin
        can = [
            self.move,
            self.move,
            self.move,
            self.end_service,
            self.assign,
            self.assess,
            self.train,
            self.recognise,
            self.remark,
        ]
        can += [self.end_contract, self.hire, self.take_office, self.serve_a_term, self.assess_three]
        if self.left:
            can += [self.arrive]
        if self.hired:
            can += [self.assess_probation]
        can += [self.end_secondment] * 4 if self.lent else [self.second, self.lend]
        can += [self.end_leave] * 4 if self.away else [self.go_on_leave] * 2
        can += [self.resolve] * 4 if self.suspended else [self.suspend]
        return can + ([self.leave_office] * 3 if self.terms else [])

    def free(self, street: str = "") -> list[str]:
        """Communities without an open post."""
        return [c for at in STREETS if at.startswith(street) for c in COMMUNITIES[at] if c not in self.posts]

    def hire(self) -> None:
        community = self.pick(self.free())
        probation = before(add_months(self.today, self.pick([1, 2, 6]))) if self.chance(3) else None
        self.tell(
            f.Hired(
                on=self.today,
                community=community,
                role=self.pick(["specialist", "committee"]),
                full_time=not self.chance(6),
                probation_until=probation,
            )
        )
        self.posts.append(community)
        self.hired = True
        self.look_ahead(add_months(self.today, 120), *([probation] if probation else []))

    def assign(self) -> None:
        here = [c for c in self.free() if c[:9] in {post[:9] for post in self.posts}]
        if here:
            community = self.pick(here)
            moved = next(place for place, post in enumerate(self.posts) if post[:9] == community[:9])
            self.posts[moved] = community
            self.tell(f.Assigned(on=self.today, community=community))

    def move(self) -> None:
        """Out, and mostly in again: in time, late, or somewhere else."""
        left = self.posts.pop(0)
        street = self.pick([street for street in STREETS if street != left[:9]])
        destination = street if not self.chance(4) else self.pick(COMMUNITIES[street])
        self.tell(f.TransferredOut(last_day=self.today, destination=destination))
        self.left.append((left, destination))
        self.look_ahead(after(self.today, 16))
        if not self.chance(4):
            self.today = after(self.today, 1 + self.pick([0, 0, 1, 2, 3, 14, 15, 16, 17, 40, -1]))
            self.arrive()

    def arrive(self) -> None:
        """In, mostly as the answer to the last Out."""
        if self.left and not self.chance(5):
            left, destination = self.left.pop()
            communities = self.free(destination[:9])
        else:
            left, communities = self.pick(COMMUNITIES[self.pick(STREETS)]), self.free()
        community = self.pick(communities or self.free())
        origin = left[: self.pick([9, 12, 6, 4, 2])]
        role = self.pick([None, "specialist", "committee"])
        self.tell(f.TransferredIn(first_day=self.today, origin=origin, community=community, role=role))
        self.posts.append(community)

    def end_contract(self) -> None:
        self.posts.pop(0)
        self.tell(f.ContractEnded(last_day=self.today))
        self.look_ahead(after(self.today, 2))

    def end_service(self) -> None:
        day = self.today
        ends: list[f.PlainFact] = [
            f.Resigned(last_day=day),
            f.Dismissed(last_day=day, item=1),
            f.Retired(last_day=day),
            f.AppointedOut(last_day=day, to="civil_service"),
        ]
        self.tell(f.Died(on=day) if self.chance(12) else self.pick(ends))
        self.posts, self.terms = [], []
        self.lent = self.away = self.suspended = False
        self.look_ahead(after(day), after(day, 4), after(day, 16))

    def second(self) -> None:
        street = not self.chance(3)
        self.tell(
            f.Seconded(
                first_day=self.today,
                host="街道办事处" if street else "旗住建局",
                host_level="street" if street else "banner_or_above",
                approval="" if self.chance(3) else "社工批〔2025〕3号",
            )
        )
        self.lent = True
        self.look_ahead(add_months(self.today, 3))

    def lend(self) -> None:
        """A chain of secondments from today, about as long as the limit, and about as far apart as makes a chain."""
        first = self.today
        for _ in range(self.pick([1, 2, 3])):
            self.today = first
            self.second()
            self.today = last = after(add_months(first, self.pick([3, 1, 2])), self.pick([0, -1, 1, 2, 40]))
            self.end_secondment()
            first = after(last, 1 + self.pick([0, 5, 29, 30, 31]))

    def end_secondment(self) -> None:
        self.tell(f.SecondmentEnded(last_day=self.today))
        self.lent = False
        self.look_ahead(after(self.today), after(self.today, 30))

    def go_on_leave(self) -> None:
        kind = self.pick(["sick", "unpaid", "sick", "unpaid", "statutory", "maternity", "injury"])
        medical = None
        if kind == "sick" and not self.chance(4):
            medical = after(self.today, self.pick([0, 30, 90, 180, 365]))
            self.look_ahead(medical)
        self.tell(f.LeaveStarted(first_day=self.today, kind=kind, medical_period_until=medical))
        self.away = True

    def end_leave(self) -> None:
        self.tell(f.LeaveEnded(last_day=self.today))
        self.away = False

    def suspend(self) -> None:
        self.tell(f.Suspended(first_day=self.today))
        self.suspended = True

    def resolve(self) -> None:
        self.tell(f.SuspensionResolved(last_day=self.today, outcome=self.pick(["cleared", "sanctioned"])))
        self.suspended = False

    def recognise(self) -> None:
        last = self.pick([before(self.first), before(self.today), self.today, before(self.today, 3)])
        first = before(last, self.draw(st.integers(0, 1500)))
        kind = self.pick(["grid_worker", "grid_worker", "other_region", "military"])
        self.tell(f.PriorServiceRecognised(first_day=first, last_day=last, kind=kind))

    def assess_probation(self) -> None:
        self.tell(f.ProbationAssessed(on=self.today, passed=self.chance(3)))

    def take_office(self) -> None:
        office = self.pick(["secretary", "secretary", "secretary", "director", "member"])
        community = self.pick(self.posts + self.free()[:1])
        if (office, community) not in self.terms:
            mode = self.pick(["elected", "elected", "by_election", "appointed"])
            self.tell(f.TermStarted(on=self.today, office=office, community=community, mode=mode))
            self.terms.append((office, community))
            self.look_ahead(add_months(self.today, 36), add_months(self.today, 60))

    def serve_a_term(self) -> None:
        """Elected as secretary, as things are now, until about the end of a term; perhaps elected again."""
        first, community = self.today, self.posts[0]
        for _ in range(self.pick([1, 2, 3])):
            last = after(add_months(first, self.pick([60, 60, 36])), self.pick([-1, 0, -2, -30]))
            cause = self.pick(["turnover", "turnover", "early_turnover", "removed"])
            self.tell(f.TermStarted(on=first, office="secretary", community=community, mode="elected"))
            self.tell(f.TermEnded(last_day=last, office="secretary", community=community, cause=cause))
            self.look_ahead(last)
            first = after(last, self.pick([1, 1, 1, 2]))
            community = community if not self.chance(4) else self.pick(COMMUNITIES[community[:9]])

    def leave_office(self) -> None:
        office, community = self.pick(self.terms)
        causes = ["turnover", "turnover", "early_turnover", "resigned", "removed", "transferred", "other"]
        self.tell(f.TermEnded(last_day=self.today, office=office, community=community, cause=self.pick(causes)))
        self.terms.remove((office, community))
        self.look_ahead(after(self.today))

    def train(self) -> None:
        self.tell(
            f.Trained(
                first_day=max(FIRST, before(self.today, self.pick([0, 2, 4]))),
                last_day=self.today,
                hours=self.pick([40.0, 56.0, 39.5, 55.5, 24.0, 23.5, 16.0, 0.5]),
                kind=self.pick(["special", "special", "pre_post"]),
                mode=self.pick(["offline", "offline", "online"]),
            )
        )

    def assess(self) -> None:
        self.assess_year(self.today.year - self.pick([1, 1, 1, 2, 0]), self.today)

    def assess_three(self) -> None:
        """The three years before this one, each in the spring after it, or now."""
        for year in range(self.today.year - 3, self.today.year):
            self.assess_year(year, max(FIRST, min(self.today, date(year + 1, 2, 20))))

    def assess_lately(self) -> None:
        """The last three years that are over."""
        for year in (2023, 2024, 2025):
            self.assess_year(year, date(year + 1, 2, 28))

    def assess_year(self, year: int, confirmed_on: date) -> None:
        if year not in self.assessed and confirmed_on.year >= year:
            self.assessed.add(year)
            result = self.pick(["excellent", "competent", "incompetent", "incompetent", "basic"])
            self.tell(f.Assessed(year=year, result=result, confirmed_on=confirmed_on))

    def remark(self) -> None:
        """Something that few rules look at."""
        day = self.today
        remarks: list[f.PlainFact] = [
            f.JoinedParty(on=day, full_on=self.pick([None, day, add_months(day, 12)])),
            f.Commended(on=day, title="优秀社区工作者", level="banner"),
            f.Certified(on=day, level="assistant", certificate_no="1"),
            f.Graded(on=day, track="staff", level=3, basis="initial"),
            f.Sanctioned(on=day, kind="警告", decision_no="1"),
            f.Tolerated(on=day, matter="防汛", decision_no="1"),
            f.Nominated(on=day, nominated_as="party_delegate"),
        ]
        self.tell(self.pick(remarks))
