"""Writing a key file as the national authority does: PKCS #12, PBE with SHA-1 and 3DES, MAC with SHA-1."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from asn1crypto import algos, core, pkcs12

from qyzmet.signatures.ber import put
from qyzmet.signatures.cms.signing import SigningKey
from qyzmet.signatures.keystores import derive

_ROUNDS = 1024
_BAG_KEY, _BAG_CERTIFICATE, _X509 = (
    "1.2.840.113549.1.12.10.1.2",
    "1.2.840.113549.1.12.10.1.3",
    "1.2.840.113549.1.9.22.1",
)
_LOCAL_KEY_ID = "1.2.840.113549.1.9.21"
_DATA = "1.2.840.113549.1.7.1"


def write_keystore(signing: SigningKey, password: str) -> bytes:
    """The key with its certificate and those sent along, behind a password."""
    mark = hashlib.sha1(signing.certificate.der, usedforsecurity=False).digest()
    certificates = put(
        0x30,
        _certificate_bag(signing.certificate.der, mark),
        *(_certificate_bag(each.der, b"") for each in signing.others),
    )
    keys = put(0x30, _bag(_BAG_KEY, _shrouded(signing.key.info(), password), mark))
    safe = put(0x30, _data(certificates), _data(keys))
    salt = secrets.token_bytes(20)
    digest = hmac.new(derive(password, salt, _ROUNDS, 3, 20), safe, hashlib.sha1).digest()
    mac = pkcs12.MacData(
        {
            "mac": {"digest_algorithm": {"algorithm": "sha1"}, "digest": digest},
            "mac_salt": salt,
            "iterations": _ROUNDS,
        }
    )
    return put(0x30, core.Integer(3).dump(), _data(safe), mac.dump())


def _data(content: bytes) -> bytes:
    return put(0x30, _oid(_DATA), put(0xA0, core.OctetString(content).dump()))


def _certificate_bag(der: bytes, mark: bytes) -> bytes:
    value = put(0x30, _oid(_X509), put(0xA0, core.OctetString(der).dump()))
    return _bag(_BAG_CERTIFICATE, value, mark)


def _bag(kind: str, value: bytes, mark: bytes) -> bytes:
    parts = [_oid(kind), put(0xA0, value)]
    if mark:
        attribute = put(0x30, _oid(_LOCAL_KEY_ID), put(0x31, core.OctetString(mark).dump()))
        parts.append(put(0x31, attribute))
    return put(0x30, *parts)


def _shrouded(info: bytes, password: str) -> bytes:
    salt = secrets.token_bytes(20)
    key, iv = derive(password, salt, _ROUNDS, 1, 24), derive(password, salt, _ROUNDS, 2, 8)
    from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
    from cryptography.hazmat.primitives.ciphers import Cipher, modes

    count = 8 - len(info) % 8
    cipher = Cipher(TripleDES(key), modes.CBC(iv)).encryptor()
    hidden = cipher.update(info + bytes([count]) * count) + cipher.finalize()
    algorithm = algos.EncryptionAlgorithm(
        {"algorithm": "pkcs12_sha1_tripledes_3key", "parameters": {"salt": salt, "iterations": _ROUNDS}}
    )
    return put(0x30, algorithm.dump(), core.OctetString(hidden).dump())


def _oid(dotted: str) -> bytes:
    encoded: bytes = core.ObjectIdentifier(dotted).dump()
    return encoded
