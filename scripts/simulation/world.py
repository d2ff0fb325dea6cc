"""What the workers of a population share: communities, hiring rounds, turnovers, the last day that is known."""

from datetime import date
from functools import cache

from msgspec import Struct

from domain import divisions
from domain.calendar import Day, is_rest_day
from domain.errors import UnknownDivisionError
from domain.words import Phrase
from scripts.simulation.dice import Dice, Odds
from scripts.simulation.rounds import LATEST_FIRST_ROUND, hiring_rounds
from scripts.simulation.turnovers import Turnover, turnovers

NO_COMMUNITY = Phrase(
    "{field}:区划表中 {code} 之下没有社区;请换上级代码",
    "{field}: the table has no community in {code}; ask for a superior code",
)


class Atlas(Struct, frozen=True):
    """The communities of the edition, by their superiors; all in the order of the table."""

    communities: tuple[str, ...]
    within: dict[str, tuple[str, ...]]
    """The communities in every league, banner and street."""
    birthplaces: dict[str, tuple[str, ...]]
    """The six-digit codes that ID cards bear, by league; development zones 开发区 (the codes xx7x) issue none."""


@cache
def atlas() -> Atlas:
    """The table, arranged once."""
    communities = tuple(code for code in divisions.names() if len(code) == divisions.COMMUNITY)
    within: dict[str, list[str]] = {}
    for code in communities:
        for level in (divisions.LEAGUE, divisions.BANNER, divisions.STREET):
            within.setdefault(code[:level], []).append(code)
    birthplaces: dict[str, list[str]] = {}
    for code in divisions.names():
        if len(code) == divisions.BANNER and code[4] != "7":
            birthplaces.setdefault(code[: divisions.LEAGUE], []).append(code)
    return Atlas(communities, _frozen(within), _frozen(birthplaces))


def _frozen(lists: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(values) for key, values in lists.items()}


class World:
    """A population's surroundings. `horizon` is the last workday up to today: nothing later is known or recorded."""

    def __init__(self, region: str, seed: int, today: date) -> None:
        """Raises `UnknownDivisionError` for a code that is not in the table or has no community, `ValueError` if
        `today` is too early for a population.
        """
        divisions.require(region, "region", divisions.REGION)
        if today <= LATEST_FIRST_ROUND:
            raise ValueError(f"today must be after {LATEST_FIRST_ROUND}: careers begin in the rounds up to then")
        self.seed = seed
        self.region = region
        self.atlas = atlas()
        self.homes = tuple(code for code in self.atlas.communities if divisions.within(code, region))
        if not self.homes:
            raise UnknownDivisionError(NO_COMMUNITY(field="region", code=region))
        self.horizon = today.toordinal()
        while is_rest_day(self.horizon):
            self.horizon -= 1
        self._rounds: dict[str, Odds[Day]] = {}
        self._turnovers: dict[str, tuple[Turnover, ...]] = {}

    def rounds(self, banner: str) -> Odds[Day]:
        """The hiring rounds of a banner, the same for all who are hired in it."""
        if banner not in self._rounds:
            self._rounds[banner] = hiring_rounds(Dice(self.seed, "rounds", banner), self.horizon)
        return self._rounds[banner]

    def turnovers(self, street: str) -> tuple[Turnover, ...]:
        """The turnovers of a street, the same for all who serve in it."""
        if street not in self._turnovers:
            banner = Dice(self.seed, "turnovers", street[: divisions.BANNER])
            self._turnovers[street] = turnovers(banner, Dice(self.seed, "turnovers", street), self.horizon)
        return self._turnovers[street]

    def elsewhere(self, dice: Dice, community: str, level: int) -> str:
        """A community of the same superior of `level` digits, but of another street; any other if there is none.

        Across banners and leagues the superior is the league or the region, and the result may still be near.
        """
        near = self.atlas.within.get(community[:level], self.atlas.communities)
        for options in (near, near, near, near, self.atlas.communities, self.atlas.communities):
            found = dice.pick(options)
            if divisions.street_of(found) != divisions.street_of(community):
                return found
        return next(
            code for code in self.atlas.communities if divisions.street_of(code) != divisions.street_of(community)
        )
