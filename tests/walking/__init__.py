"""People of any service at a browser: nothing here knows a page, a step or a field of one service.

Person(page, layer)            # signs in as anybody without typing a password, opens, fills in, signs
fill(page, fields, samples)    # answers what the page asks, by the type of each field
apply_at_portal, take_in       # an application filed by a recipient, or keyed in at a counter
BrowserWalk                    # a rehearsal whose deeds are done by pressing what the case page offers
"""
