"""The whole course of one career, one room after another. The order matters: later rooms look at earlier ones."""

from domain.facts import Registered
from scripts.simulation.absences import be_absent
from scripts.simulation.dice import Dice
from scripts.simulation.grades import be_graded
from scripts.simulation.hiring import recognise_prior_service
from scripts.simulation.honours import be_honoured, join_party
from scripts.simulation.merit import be_assessed
from scripts.simulation.moves import serve
from scripts.simulation.people import Person
from scripts.simulation.story import Story, day_of
from scripts.simulation.terms import have_ambition, hold_offices
from scripts.simulation.training import train
from scripts.simulation.world import World

NEVER_REGISTERED_SHARE = 0.01
LATE_REGISTERED_SHARE = 0.05


def live(person: Person, world: World, dice: Dice) -> Story:
    """A career from its first round of hiring to its end or the horizon."""
    story = Story(person, world, dice)
    serve(story)
    _register(story)
    recognise_prior_service(story)
    have_ambition(story)
    join_party(story)
    hold_offices(story)
    be_absent(story)
    train(story)
    be_assessed(story)
    be_graded(story)
    be_honoured(story)
    return story


def _register(story: Story) -> None:
    """Mostly when hired, sometimes months or years later, rarely never."""
    person, dice = story.person, story.dice
    if dice.chance(NEVER_REGISTERED_SHARE):
        return
    known = person.hired_on
    if dice.chance(LATE_REGISTERED_SHARE):
        known = min(story.world.horizon, known + dice.between(40, 1500))
    fact = Registered(name=person.name, identity=person.identity, sex=person.sex, born=day_of(person.born))
    story.tell(fact, known, story.street_on(known))
