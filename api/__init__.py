"""Who asks: what a question looks like at the edge, the same for the command line and for HTTP.

questions.py    words into a question: a day, a moment of knowledge, readings
answers.py      a question to an answer: service years, eligibility, findings, timeline, compare
folds.py        careers that were folded lately
extracts.py     what of a timeline a reader sees
departments.py  a question about a division to an answer: roster, eligible, findings, happened, upcoming, statistics
access/         who asks, and what they may
office/         what an office keeps of its own work: the access log, proposed corrections
web/            how questions come and answers go over HTTP
readers/        one controller a reader
description/    the API's own description, and the open routes
app.py          the application
"""
