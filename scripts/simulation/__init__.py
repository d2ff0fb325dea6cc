"""A seeded, believable population over the real communities: the same arguments, the same bytes, on any machine.

Nobody in it exists. A worker's career depends on the seed, the region, the day and the worker's own place in the
count alone, so a larger population begins with the smaller one.

    population.py  the door: `lines`, one worker after another
    dice.py        the only source of chance
    world.py       what workers share: communities, hiring rounds, turnovers, the last day that is known
    rounds.py      when a banner hires
    turnovers.py   when the committees of a street are elected anew
    names.py       Han and Mongolian names
    people.py      who: born, sex, name, ID card number, first hiring
    story.py       what is told of one career, and where and when its worker was free
    life.py        the whole course of one career, one room after another
    moves.py       posts: transfers, ends, returns
    hiring.py      hirings with their probation, and earlier service
    ends.py        how service ends
    terms.py       offices held, and the elections to them
    absences.py    leaves and suspensions
    lending.py     secondments, lawful and not
    training.py    trainings and their hours
    grades.py      grades and promotions
    merit.py       annual assessments
    honours.py     the party, certificates, commendations, nominations, sanctions
    slips.py       what a clerk gets wrong, and how it is set right
    desk.py        the office that records: when, by whom, on which document; the lines of the file
"""

from scripts.simulation.population import lines

__all__ = ["lines"]
