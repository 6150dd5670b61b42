"""Stand-ins for what a demo has not: NCALayer on one's own computer, a phone with eGov Mobile, and the
national authority's services. One process of `qyzmet run`; refused in production.

    with StandIns(keys, clock) as stand_ins:  # a DemoAuthority, and who tells the legal moment
        stand_ins.addresses.ncalayer  # ws://127.0.0.1:…, both families of messages
        stand_ins.addresses.page  # choose a key, cancel, misbehave; /phone beside it
        stand_ins.desk.always(Wish("900205417747"))  # for tests: sign with this key, ask nobody

Inside: `wishes` which key and what to do with it, `desk` requests that wait for a person, `layer` the
messages of NCALayer, `phone` the part of eGov Mobile, `egov` the sign-in of eGov, `services` lists, OCSP and
time stamps, `web` pages and `/control`.
"""

from __future__ import annotations

from qyzmet.demo.standins.process import Addresses, StandIns
from qyzmet.demo.standins.wishes import Deed, Wish

__all__ = ["Addresses", "Deed", "StandIns", "Wish"]
