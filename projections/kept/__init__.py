"""Kept tables: what is worked out beforehand for questions across careers, and free of the asked day.

Each table is a pure function from one career to rows that hold for ranges of days; `projections/keeping`
keeps them true.

table.py         what a table is; division codes as numbers
folded.py        one career, folded once for all tables
whereabouts.py   where a person served when
snapshot.py      what questions read
people.py        names
roster.py        花名册: community, role, grade and offices
service.py       工作年限: what the days add up to
eligibility.py   书记优选: how Art. 32 stands
findings.py      发现问题: where, and when seen
training.py      培训: hours owed and done, year by year
due.py           到期事项: what comes due
happenings.py    facts by day and community
reach.py         管辖: where a career is in reach of an office
recordings.py    登记: who recorded what, on which day
"""
