"""Who asks over HTTP: one controller a reader.

registry.py        whoever has the right finds a career, a clerk registers one
careers.py         whoever has the right: one career
transfer_desks.py  转接岗: verifications of those who arrive
auditors.py        审计: raw entries, replay, comparison, late entries, who asked what
feed.py            审计: the whole ledger as CloudEvents, as it is recorded
inspectors.py      纪检: timelines with discipline, findings and facts across careers
clerks.py          经办人: registering and recording
corrections.py     更正: proposed by one person, approved by another
departments.py     社会工作部: questions about a division
"""
