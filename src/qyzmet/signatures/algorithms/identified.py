"""A signature scheme from an AlgorithmIdentifier as certificates, lists and signers carry it."""

from __future__ import annotations

from typing import Any

from asn1crypto import algos

from qyzmet.signatures import asn1
from qyzmet.signatures.algorithms.catalogue import RSA_PSS, Scheme, digest_named, scheme_named
from qyzmet.signatures.errors import SignatureError


def scheme_of(identifier: Any, digest: str | None = None) -> Scheme:
    """The scheme; `digest` stands in where only the key's algorithm is named.

    Raises SignatureError `algorithm-unknown` or `algorithm-weak`.
    """
    oid = str(identifier["algorithm"].dotted)
    if oid != RSA_PSS:
        return scheme_named(oid, digest)
    parameters = asn1.load(algos.RSASSAPSSParams, identifier["parameters"].dump(), "certificate-unreadable")
    hashed = digest_named(parameters["hash_algorithm"]["algorithm"].dotted)
    masked = digest_named(parameters["mask_gen_algorithm"]["parameters"]["algorithm"].dotted)
    if masked != hashed:
        raise SignatureError("algorithm-unknown", name=oid)
    return Scheme("rsa-pss", hashed, int(parameters["salt_length"].native))
