"""Signatures of people, organisations and the System: verified to a verdict, kept, and verified again.

Pure: no network, no clock. What is fetched (lists, answers, time stamps) is given as bytes, the moment as
`at`.

    trust = read_trust(folder)  # roots and authorities of one's own beside the national roots
    content = digests_of(file, read_cms(data).digest_names)
    verdict = verify_cms(data, at=now, trust=trust, content=content)
    verdict = verify_xml(data, at=now, trust=trust)  # stacked signatures, wrapping refused
    verdict = verify_pdf(data, at=now, trust=trust)  # seals inside, an update after the last one refused
    sealed = seal_pdf(data, key, at=now, reason="...", stamp=token_of_imprint)
    verdict.outcome, verdict.signers, verdict.failed  # 'valid', 'invalid', 'pending' (a silent source)
    signed_as_expected(verdict, [Expected(bin="940140000385", roles=BINDING)])
    verdict_of(json.loads(kept)); recheck(verdict, content, at)

Rooms inside, from the ground up: `algorithms` (GOST by libcrypto, libgcrypt or plain Python, RSA, ECDSA),
`certificates`, `revocation`, `cms`, `timestamps`, `xml`, `pdf`, `keystores`; `judging`, `assembly` and
`verification` put them together; `authority` is a certification authority for tests and a demo.

Verifying needs the standard library and asn1crypto alone (XML signatures lxml too); libcrypto,
libgcrypt and `cryptography` make it faster, and where YAML is missing the sentences are read from
PLAIN_TEXTS.
"""

from __future__ import annotations

from qyzmet.signatures.algorithms.hashes import digest, digests_of
from qyzmet.signatures.certificates.certificate import Certificate, read_certificate
from qyzmet.signatures.certificates.roles import NATIONAL_POLICY, ROLES
from qyzmet.signatures.certificates.trust import NATIONAL_ROOTS, Trust, read_trust
from qyzmet.signatures.checks import Check
from qyzmet.signatures.cms.reading import LARGEST, SignedMessage, read_cms
from qyzmet.signatures.cms.signing import SigningKey, sign_cms, with_time_stamps
from qyzmet.signatures.errors import PLAIN_TEXTS, Language, SignatureError, plain_texts
from qyzmet.signatures.expectations import BINDING, Expected, signed_as_expected
from qyzmet.signatures.forms import looks_like_pdf, looks_like_xml
from qyzmet.signatures.keystores import read_keystore
from qyzmet.signatures.pdf.attachments import embedded_files
from qyzmet.signatures.pdf.signing import seal_pdf
from qyzmet.signatures.rules import Rules
from qyzmet.signatures.verdict import Evidence, Signer, Verdict, verdict_of
from qyzmet.signatures.verification import recheck, verify_cms, verify_pdf, verify_xml
from qyzmet.signatures.xml.signing import sign_xml

__all__ = [
    "BINDING",
    "LARGEST",
    "NATIONAL_POLICY",
    "NATIONAL_ROOTS",
    "PLAIN_TEXTS",
    "ROLES",
    "Certificate",
    "Check",
    "Evidence",
    "Expected",
    "Language",
    "Rules",
    "SignatureError",
    "SignedMessage",
    "Signer",
    "SigningKey",
    "Trust",
    "Verdict",
    "digest",
    "digests_of",
    "embedded_files",
    "looks_like_pdf",
    "looks_like_xml",
    "plain_texts",
    "read_certificate",
    "read_cms",
    "read_keystore",
    "read_trust",
    "recheck",
    "seal_pdf",
    "sign_cms",
    "sign_xml",
    "signed_as_expected",
    "verdict_of",
    "verify_cms",
    "verify_pdf",
    "verify_xml",
    "with_time_stamps",
]
