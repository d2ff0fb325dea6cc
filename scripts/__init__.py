"""How it is started: the command line, the benchmark, the demo, and the composition root.

main.py          `career-ledger`: the global options, what a refusal exits with
settings.py      the composition root: database, digest key, clock, language
options.py       options that commands share
questions.py     service-years, eligibility, findings, timeline, compare, readings
records.py       import, export, record, simulate
watching.py      how an import goes: progress, refused lines, summary
doctor.py        is the store whole?
tables/          answers as tables that a person likes to read
simulation/      a believable population
bench/           speed and size against a baseline in the same run
demo.py          `make demo`
"""
