"""Who asks: what a question looks like at the edge, the same for the command line and for HTTP.

questions.py    words into a question: a day, a moment of knowledge, readings
answers.py      a question to an answer: service years, eligibility, findings, timeline, compare
departments.py  a question about a division to an answer: roster, eligible, findings, happened, upcoming, statistics
"""
