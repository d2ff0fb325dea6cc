"""The door: a population as lines of an import file, one worker after another."""

from collections.abc import Iterator
from datetime import date

from scripts.simulation.desk import record
from scripts.simulation.dice import Dice
from scripts.simulation.life import live
from scripts.simulation.people import MOST_WORKERS, person
from scripts.simulation.world import World


def lines(*, workers: int, region: str, seed: int, today: date) -> Iterator[bytes]:
    """The import file of a population, line by line, each ending in a line feed; known and recorded up to `today`.

    `region` is a code of any level: home communities lie in it, transfers may lead elsewhere. Each worker's lines come
    together, in the order of recording, so memory does not grow with `workers`. Worker k is the same in any population
    of the same region, seed and day that has a worker k.

    Raises `UnknownDivisionError` for a region that is unknown or has no community, and `ValueError` for more workers
    than have different ID card numbers, for fewer than none, or for a day before there were any.
    """
    if not 0 <= workers <= MOST_WORKERS:
        raise ValueError(f"workers: {workers} is not between 0 and {MOST_WORKERS}")
    return _lines(World(region, seed, today), workers)


def _lines(world: World, workers: int) -> Iterator[bytes]:
    for place in range(workers):
        dice = Dice(world.seed, "worker", world.region, place)
        yield from record(live(person(world, dice, place), world, dice))
