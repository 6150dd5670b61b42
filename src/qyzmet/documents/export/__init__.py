"""What can be taken away and checked elsewhere: the file of a case, the receipt of a decision, daily seals.

    export_case(actor, ref, out, now=now)  # a ZIP anyone can verify with the network off
    decision_receipt(case, token)  # why a decision is what it is (`documents.decision_receipt`)
    countersign(folder, now=now)  # daily seals signed as CMS, time-stamped and ready to publish

contents.py: which files a ZIP holds, by who asks; scope.py: what each may see; journal.py, dates.py,
records.py, seals.py: its parts; pages.py: the pages people read; sealing.py, publishing.py: daily seals.
"""
