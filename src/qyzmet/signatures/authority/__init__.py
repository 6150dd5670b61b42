"""A certification authority in the national profile, for tests and a demo: certificates, lists, answers,
stamps.

Whoever runs it in production would be vouching for keys everybody holds: the settings of a deployment
refuse it.

    root = make_root("ТЕСТ ТҮБІР", new_gost_key(TC26_512), valid)
    authority = make_authority(root, "ТЕСТ ҰЛТТЫҚ ОРТАЛЫҚ", new_gost_key(TC26_512), valid)
    holder = Holder(iin="811201401188", surname="АХМЕТОВ", first_name="АСАН", roles=("individual",))
    signing = issue_to(authority, holder, new_gost_key(TC26_512), valid)
    make_crl(authority, [Revoked(signing.certificate.serial, moment)], valid)
    answer_ocsp(responder, authority, signing.certificate, "good", moment)
    stamp(time_stamper, value, moment)
    write_keystore(signing, "Qwerty12")
"""

from __future__ import annotations

from qyzmet.signatures.authority.answering import answer_ocsp, answer_stamp_request, stamp, stamp_imprint
from qyzmet.signatures.authority.issuing import (
    Holder,
    Validity,
    issue_to,
    make_authority,
    make_ocsp_responder,
    make_root,
    make_time_stamper,
)
from qyzmet.signatures.authority.keystores import write_keystore
from qyzmet.signatures.authority.lists import Revoked, make_crl

__all__ = [
    "Holder",
    "Revoked",
    "Validity",
    "answer_ocsp",
    "answer_stamp_request",
    "issue_to",
    "make_authority",
    "make_crl",
    "make_ocsp_responder",
    "make_root",
    "make_time_stamper",
    "stamp",
    "stamp_imprint",
    "write_keystore",
]
