"""Key files, PKCS #12 (RFC 7292): the national ones, which hide their parts with 3DES and 40-bit RC2.

Kept to what the national files use (PBE with SHA-1), and PBES2 with AES as modern tools write. For tests,
the demo and keys of information systems; people's keys stay with NCALayer.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from asn1crypto import algos, cms, core, pkcs12

from qyzmet.signatures import asn1, rc2
from qyzmet.signatures.algorithms.keys import read_private_key
from qyzmet.signatures.certificates.certificate import Certificate, read_certificate
from qyzmet.signatures.cms.signing import SigningKey
from qyzmet.signatures.errors import SignatureError

_MOST_ITERATIONS = 2_000_000
_KEY, _IV, _MAC = 1, 2, 3


def read_keystore(data: bytes, password: str) -> SigningKey:
    """The key of a file with its certificate, the other certificates beside it.

    Raises SignatureError `keystore-unreadable` or `keystore-password`.
    """
    pfx = asn1.load(pkcs12.Pfx, data, "keystore-unreadable")
    with asn1.refused_as("keystore-unreadable"):
        _check_mac(pfx, password)
        return _opened(pfx, password)


def derive(password: str, salt: bytes, iterations: int, purpose: int, size: int) -> bytes:
    """Key material of RFC 7292 appendix B with SHA-1; `purpose` 1 a key, 2 an initial vector, 3 a MAC key."""
    secret = (password + "\0").encode("utf-16-be")
    filled = _repeated(salt) + _repeated(secret)
    material = b""
    while len(material) < size:
        block = bytes([purpose]) * 64 + filled
        for _ in range(iterations):
            block = hashlib.sha1(block, usedforsecurity=False).digest()
        material += block
        step = int.from_bytes((block * 4)[:64], "big") + 1
        filled = b"".join(
            ((int.from_bytes(filled[place : place + 64], "big") + step) % (1 << 512)).to_bytes(64, "big")
            for place in range(0, len(filled), 64)
        )
    return material[:size]


def _repeated(data: bytes) -> bytes:
    size = -(-len(data) // 64) * 64
    return (data * (size // max(len(data), 1) + 1))[:size]


def _check_mac(pfx: Any, password: str) -> None:
    found = pfx["mac_data"]
    if isinstance(found, core.Void):
        raise SignatureError("keystore-unreadable")
    if found["mac"]["digest_algorithm"]["algorithm"].native != "sha1":
        raise SignatureError("keystore-unreadable")
    key = derive(password, found["mac_salt"].native, _bounded(found["iterations"].native), _MAC, 20)
    content: bytes = pfx["auth_safe"]["content"].native
    made = hmac.new(key, content, hashlib.sha1).digest()
    if not hmac.compare_digest(made, found["mac"]["digest"].native):
        raise SignatureError("keystore-password")


def _opened(pfx: Any, password: str) -> SigningKey:
    keys: list[tuple[bytes, bytes]] = []
    certificates: list[tuple[bytes, Certificate]] = []
    safe = pkcs12.AuthenticatedSafe.load(pfx["auth_safe"]["content"].native)
    for info in safe:
        for bag in pkcs12.SafeContents.load(_content(info, password)):
            mark = _local_key_id(bag)
            value = bag["bag_value"]
            if bag["bag_id"].native == "pkcs8_shrouded_key_bag":
                algorithm = value["encryption_algorithm"]
                keys.append((mark, _decrypt(algorithm, value["encrypted_data"].native, password)))
            elif bag["bag_id"].native == "cert_bag":
                certificates.append((mark, read_certificate(bytes(value["cert_value"]))))
    if not keys or not certificates:
        raise SignatureError("keystore-unreadable")
    mark, info_der = keys[0]
    key = read_private_key(info_der)
    own = next((each for each_mark, each in certificates if mark and each_mark == mark), certificates[0][1])
    if own.key.info() != key.public.info() and own.key != key.public:
        raise SignatureError("keystore-unreadable")
    others = tuple(each for _, each in certificates if each is not own)
    return SigningKey(key, own, others)


def _content(info: Any, password: str) -> bytes:
    if info["content_type"].native == "data":
        return bytes(info["content"].native)
    encrypted: cms.EncryptedData = info["content"]
    inner = encrypted["encrypted_content_info"]
    return _decrypt(inner["content_encryption_algorithm"], inner["encrypted_content"].native, password)


def _local_key_id(bag: Any) -> bytes:
    if isinstance(bag["bag_attributes"], core.Void):
        return b""
    for each in bag["bag_attributes"]:
        if each["type"].native == "local_key_id":
            return bytes(each["values"][0].native)
    return b""


def _decrypt(algorithm: algos.EncryptionAlgorithm, data: bytes, password: str) -> bytes:
    name = algorithm["algorithm"].native
    if name == "pbes2":
        return _unpadded(_aes(algorithm, data, password))
    parameters = algorithm["parameters"]
    salt, rounds = parameters["salt"].native, _bounded(parameters["iterations"].native)
    iv = derive(password, salt, rounds, _IV, 8)
    if name == "pkcs12_sha1_rc2_40":
        return _unpadded(rc2.decrypt(derive(password, salt, rounds, _KEY, 5), iv, data))
    if name == "pkcs12_sha1_tripledes_3key":
        from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
        from cryptography.hazmat.primitives.ciphers import Cipher, modes

        cipher = Cipher(TripleDES(derive(password, salt, rounds, _KEY, 24)), modes.CBC(iv)).decryptor()
        return _unpadded(cipher.update(data) + cipher.finalize())
    raise SignatureError("keystore-unreadable")


def _aes(algorithm: Any, data: bytes, password: str) -> bytes:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    salt, rounds = algorithm.kdf_salt, _bounded(algorithm.kdf_iterations)
    if algorithm.kdf != "pbkdf2" or algorithm.encryption_cipher != "aes":
        raise SignatureError("keystore-unreadable")
    key = hashlib.pbkdf2_hmac(algorithm.kdf_hmac, password.encode(), salt, rounds, algorithm.key_length)
    cipher = Cipher(algorithms.AES(key), modes.CBC(algorithm.encryption_iv)).decryptor()
    return cipher.update(data) + cipher.finalize()


def _bounded(iterations: int) -> int:
    if not 0 < iterations <= _MOST_ITERATIONS:
        raise SignatureError("keystore-unreadable")
    return iterations


def _unpadded(data: bytes) -> bytes:
    count = data[-1] if data else 0
    if not 0 < count <= min(len(data), 16) or data[-count:] != bytes([count]) * count:
        raise SignatureError("keystore-password")
    return data[:-count]
