"""The recipient's side: catalogue, sign-in, application, cabinet, verification. Packages make every page.

`catalogue` and `prospect` read the law, `drafting` holds what is being written, `views/` are the pages.
"""
