"""Accounts, organisations, posts and the authority to act for others.

`models` holds the tables, `actor` the answer to "who is acting, and as what".
"""
