"""Key files as the national authority writes them."""

from __future__ import annotations

import pytest

from qyzmet.signatures import SignatureError, rc2, read_keystore
from qyzmet.signatures.authority import write_keystore
from tests.signatures.town import Town


@pytest.mark.parametrize("name", ["town", "rsa_town"])
def test_written_and_read_back(name: str, request: pytest.FixtureRequest) -> None:
    town: Town = request.getfixturevalue(name)
    found = read_keystore(write_keystore(town.asan, "Құпия1"), "Құпия1")
    assert found.certificate.der == town.asan.certificate.der
    assert found.key.info() == town.asan.key.info()
    assert [each.der for each in found.others] == [town.authority.certificate.der]


def test_a_wrong_password(town: Town) -> None:
    with pytest.raises(SignatureError) as refused:
        read_keystore(write_keystore(town.asan, "one"), "two")
    assert refused.value.code == "keystore-password"


def test_something_else(town: Town) -> None:
    for data in (b"", b"key", town.asan.certificate.der):
        with pytest.raises(SignatureError) as refused:
            read_keystore(data, "one")
        assert refused.value.code == "keystore-unreadable"


@pytest.mark.parametrize(
    ("key", "plain", "hidden"),
    [
        # RFC 2268 §5, the examples whose effective length is the key's own.
        ("ffffffffffffffff", "ffffffffffffffff", "278b27e42e2f0d49"),
        ("3000000000000000", "1000000000000001", "30649edf9be7d2c2"),
        ("88bca90e90875a7f0f79c384627bafb2", "0000000000000000", "2269552ab0f85ca6"),
    ],
)
def test_rc2_of_the_standard(key: str, plain: str, hidden: str) -> None:
    assert rc2.decrypt(bytes.fromhex(key), bytes(8), bytes.fromhex(hidden)).hex() == plain
