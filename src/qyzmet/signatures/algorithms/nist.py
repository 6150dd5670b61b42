"""The curves of ECDSA: P-256, P-384 and P-521 (SP 800-186 §3.2.1), with a = -3."""

from __future__ import annotations

from collections.abc import Mapping

from qyzmet.signatures.algorithms.curves import Curve

P256 = Curve(
    "secp256r1",
    32,
    p=(1 << 256) - (1 << 224) + (1 << 192) + (1 << 96) - 1,
    a=(1 << 256) - (1 << 224) + (1 << 192) + (1 << 96) - 4,
    b=0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B,
    q=0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    g=(
        0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
        0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
    ),
)

P384 = Curve(
    "secp384r1",
    48,
    p=(1 << 384) - (1 << 128) - (1 << 96) + (1 << 32) - 1,
    a=(1 << 384) - (1 << 128) - (1 << 96) + (1 << 32) - 4,
    b=int(
        "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef",
        16,
    ),
    q=int(
        "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973",
        16,
    ),
    g=(
        int(
            "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a38"
            "5502f25dbf55296c3a545e3872760ab7",
            16,
        ),
        int(
            "3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c0"
            "0a60b1ce1d7e819d7a431d7c90ea0e5f",
            16,
        ),
    ),
)

P521 = Curve(
    "secp521r1",
    66,
    p=(1 << 521) - 1,
    a=(1 << 521) - 4,
    b=int(
        "51953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109"
        "e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f"
        "00",
        16,
    ),
    q=int(
        "1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
        "ffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386"
        "409",
        16,
    ),
    g=(
        int(
            "c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3d"
            "baa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd"
            "66",
            16,
        ),
        int(
            "11839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e6"
            "62c97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd16"
            "650",
            16,
        ),
    ),
)

NIST: Mapping[str, Curve] = {
    "1.2.840.10045.3.1.7": P256,
    "1.3.132.0.34": P384,
    "1.3.132.0.35": P521,
}
