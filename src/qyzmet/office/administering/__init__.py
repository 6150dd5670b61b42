"""The administrator's pages, `/office/admin/…`: what the platform runs on, each change an act with a reason.

`gate` lets nobody else in. A page is a list (`listing`), a thing with its history (`history`), or an act as a
form (`changing`); the views only say which words, fields and acts theirs are.
"""
