"""What is asked: one question, one file. Each answer is a pure function of a career, the readings and a day.

asking.py                 what every answer says of its question
service_years.py          Art. 23: how long, and since when without a break
secretary_eligibility.py  Art. 32: whether a secretary may enter a public institution
findings.py               which rules were broken, or are in doubt
timeline.py               everything about a career in order, with both times
overview.py               who, where, in which grade; how somebody stands: standing.py
transfers.py              Art. 23: departures and arrivals, matched
compare.py                what two moments of knowledge differ in
preview.py                what drafted entries would change; both by differences.py
people.py                 who there is in reach, by name or division
roster.py                 who served in a division, as what, and for how long by then
eligible.py               Art. 32 for the secretaries of a division
division_findings.py      what was found in a division
happened.py               what happened in a division between two days
upcoming.py               what comes due in a division
statistics.py             headcount, tenure, training and open findings of a division
late_entries.py           what was recorded late or edited, career by career: sieve.py
reaching.py               whom an asker may be told of
kept/                     the tables that answers about divisions read
keeping/                  keeps them true
wire.py                   the answers as JSON, in the asked language
"""
