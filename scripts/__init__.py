"""How it is started: the command line, the benchmark, the demo, and the composition root.

main.py          `career-ledger`: the global options, what a refusal exits with
settings.py      the composition root: database, digest key, clock, language
options.py       options that commands share
questions.py     about a career: service-years, eligibility, timeline, compare; the readings there are
divisions.py     about a division: roster, eligible, findings, upcoming, happened, statistics
sheets.py        answers as CSV, made for Chinese Excel
records.py       import, export, record, simulate
watching.py      how an import goes: progress, refused lines, summary
keeping.py       the kept tables: rebuild, audit, follow
building.py      how the building of tables goes
doctor.py        is the store whole?
tables/          answers as tables that a person likes to read
simulation/      a believable population
bench/           speed and size against a baseline in the same run
demo.py          `make demo`
"""
