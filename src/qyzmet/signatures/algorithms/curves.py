"""The elliptic curves of GOST R 34.10 as the national certificates use them, with their parameters.

TC26_512 is id-tc26-gost-3410-12-512-paramSetA and TC26_256 id-tc26-gost-3410-2012-256-paramSetA (RFC 7836),
the curves of GOST 34.10-2015; CRYPTOPRO_A is id-GostR3410-2001-CryptoPro-A-ParamSet (RFC 4357), the curve
of GOST 34.310-2004.
"""

from __future__ import annotations

from dataclasses import dataclass

Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Curve:
    """y² = x³ + ax + b modulo p; g of prime order q. `size` is the bytes of a coordinate."""

    name: str
    size: int
    p: int
    a: int
    b: int
    q: int
    g: Point

    def holds(self, point: Point) -> bool:
        """Whether the point lies on the curve, its coordinates reduced."""
        x, y = point
        if not (0 <= x < self.p and 0 <= y < self.p):
            return False
        return (y * y - (x * x * x + self.a * x + self.b)) % self.p == 0


TC26_512 = Curve(
    "GOST2012-512-tc26-A",
    64,
    p=(1 << 512) - 569,
    a=(1 << 512) - 572,
    b=int(
        "e8c2505dedfc86ddc1bd0b2b6667f1da34b82574761cb0e879bd081cfd0b6265"
        "ee3cb090f30d27614cb4574010da90dd862ef9d4ebee4761503190785a71c760",
        16,
    ),
    q=int(
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
        "27e69532f48d89116ff22b8d4e0560609b4b38abfad2b85dcacdb1411f10b275",
        16,
    ),
    g=(
        3,
        int(
            "7503cfe87a836ae3a61b8816e25450e6ce5e1c93acf1abc1778064fdcbefa921"
            "df1626be4fd036e93d75e6a50e3a41e98028fe5fc235f5b889a589cb5215f2a4",
            16,
        ),
    ),
)

TC26_256 = Curve(
    "GOST2012-256-A",
    32,
    p=(1 << 256) - 617,
    a=0xC2173F1513981673AF4892C23035A27CE25E2013BF95AA33B22C656F277E7335,
    b=0x295F9BAE7428ED9CCC20E7C359A9D41A22FCCD9108E17BF7BA9337A6F8AE9513,
    q=0x400000000000000000000000000000000FD8CDDFC87B6635C115AF556C360C67,
    g=(
        0x91E38443A5E82C0D880923425712B2BB658B9196932E02C78B2582FE742DAA28,
        0x32879423AB1A0375895786C4BB46E9565FDE0B5344766740AF268ADB32322E5C,
    ),
)

CRYPTOPRO_A = Curve(
    "GOST2001-CryptoPro-A",
    32,
    p=(1 << 256) - 617,
    a=(1 << 256) - 620,
    b=166,
    q=0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF6C611070995AD10045841B09B761B893,
    g=(1, 0x8D91E471E0989CDA27DF505A453F2B7635294F2DDF23E3B122ACC99C9E9F1E14),
)
