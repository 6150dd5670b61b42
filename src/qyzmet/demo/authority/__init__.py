"""The demo's certification authority: keys in the national profile for everybody in the demo.

    keys = authority()  # of the data folder; DemoAuthority.temporary() in tests
    keys.key_of("900205417747", now=now)  # a citizen
    keys.key_of("121140459293", now=now)  # a company: its head signs for it
    keys.key_of(iin, bin=bin, roles=("employee",), state="revoked", algorithm="rsa", now=now)
    for_account(account, now)  # the key that account signs with

Keys are made when first asked for, and kept in `demo-keys` of the data folder; everybody holds them, so
production refuses the whole of it. Certificates stand over every moment the demo's clock can show.
"""

from __future__ import annotations

from qyzmet.demo.authority.authority import YEARS, DemoAuthority, State
from qyzmet.demo.authority.branch import Algorithm
from qyzmet.demo.authority.keyfiles import PASSWORD
from qyzmet.demo.authority.running import authority, for_account

__all__ = ["PASSWORD", "YEARS", "Algorithm", "DemoAuthority", "State", "authority", "for_account"]
