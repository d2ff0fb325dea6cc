"""《社区工作者管理办法(试行)》 of Inner Mongolia, 2024: one file a subject, quoting the articles that it computes.

Rules take what they judge as values: a career, the readings, a day. They never refuse: a breach is a finding.

    text/          the official wording, one file an edition; every quote is tested against it
    article.py     citing · numbers.py  dated numbers of the law · readings.py  where the law leaves room
    days.py        the day model: every day of a career counts, bridges or breaks · lengths.py  spans and ten years
    gaps.py        what bridges between two posts · uncounted.py  work that does not count
    states.py      what a leave, a secondment or a suspension does to a day
    service.py     service years (Art. 3, 23) · secretaries.py  secretary eligibility (Art. 32)
    posts.py (3) · recruitment.py (9, 20) · training.py (20) · transfer.py (23) · secondment.py (24)
    assessment.py (28, 37) · retirement.py (30) · membership.py (32)    findings, by subject
    findings.py    all of them
"""
