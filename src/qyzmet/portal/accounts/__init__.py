"""Accounts on the portal: coming in, what one's account has, acting for others, and the look-up of a stage.

`entering` is the one way into a session, whatever showed who comes; `gate` keeps officials without a second
factor out; `fields` draws the forms; `views` are the pages, one file per subject.
"""
