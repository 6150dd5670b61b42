"""Cases: applications walked through named officials under the law's clocks, every move in a journal.

Read in this order: `models` (the tables), `transaction` (how one act is opened and written), `hold` (a case
as an act sees it), `moves` (what an event of the procedure does), then any file of `acts` (one verb each)
and of `queries` (what each person sees).
"""
