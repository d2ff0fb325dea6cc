"""Annual assessments 年度考核 (Art. 28): confirmed in the February after the year, mostly competent, some missing."""

from datetime import date

from domain import divisions
from domain.facts import Assessed
from domain.facts.merit import AssessmentResult
from scripts.simulation.dice import Odds
from scripts.simulation.rounds import workday_from
from scripts.simulation.story import Stint, Story, day_of, in_year

_RESULTS = {
    "ordinary": Odds[AssessmentResult](("excellent", 13), ("competent", 82.5), ("basic", 3.5), ("incompetent", 1)),
    "head": Odds[AssessmentResult](("excellent", 24), ("competent", 74), ("basic", 1.5), ("incompetent", 0.5)),
    "warned": Odds[AssessmentResult](("excellent", 3), ("competent", 77), ("basic", 14), ("incompetent", 6)),
}
MISSING_SHARE = 0.035
"""Share of years with a post for which no assessment is ever recorded."""


def be_assessed(story: Story) -> None:
    """One assessment a year with a post, from the banner of the last post in it."""
    years: dict[int, Stint] = {}
    for stint in story.stints:
        for year in story.years(stint):
            years[year] = stint
    warned = False
    for year, stint in years.items():
        first, last = in_year(stint, year)
        missing = 0.3 if last - first < 180 else MISSING_SHARE
        if story.dice.chance(missing):
            continue
        confirmed = workday_from(date(year + 1, 2, story.dice.between(3, 26)).toordinal())
        if confirmed > stint.last + 60 and story.dice.chance(0.5):
            continue
        kind = "warned" if warned else "head" if story.head_in(first, last) else "ordinary"
        result = story.dice.of(_RESULTS[kind])
        if stint.item == 2 and 0 < day_of(stint.last).year - year <= 2:
            result = "incompetent"
        warned = result in ("basic", "incompetent")
        fact = Assessed(year=year, result=result, confirmed_on=day_of(confirmed))
        story.tell(fact, confirmed, stint.community_on(confirmed)[: divisions.BANNER])
