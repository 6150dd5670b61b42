"""Files for other programs: roots and authorities, the System's seal, keystores of the people one signs in
as.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qyzmet.demo.authority.authority import DemoAuthority, State
from qyzmet.demo.authority.branch import Algorithm
from qyzmet.demo.authority.holders import post_of
from qyzmet.demo.authority.store import Folder
from qyzmet.demo.world import Shown, world
from qyzmet.signatures.authority import write_keystore

__all__ = ["PASSWORD", "write_authority", "write_keystores"]

PASSWORD = "Qwerty12"  # noqa: S105 - the one of the national test keys; the demo is refused in production
OTHER_STATES: tuple[State, ...] = ("expired", "revoked", "future", "foreign")
FAMILIES = {"gost": "gost2015", "rsa": "rsa"}


def write_authority(keys: DemoAuthority, folder: Path) -> None:
    """`trust/*.cer` (roots and authorities) and `seal.p12` (the System's seal); what is there stays."""
    store = Folder(folder)
    for name, certificate in keys.certificates().items():
        _once(store, f"trust/{name}.cer", lambda der=certificate.der: der)  # type: ignore[misc]
    _once(store, "seal.p12", lambda: write_keystore(keys.system_key(), PASSWORD))


def write_keystores(keys: DemoAuthority, folder: Path) -> list[Path]:
    """`people/<role>-<surname>-<number>-<algorithm>.p12` for everybody the demo prints a way in for; the
    first of them by RSA too, and with keys that are refused.
    """
    store = Folder(folder)
    shown = world().shown()
    names = [_write(store, keys, each) for each in shown]
    names.append(_write(store, keys, shown[0], algorithm="rsa"))
    names += [_write(store, keys, shown[0], state=state) for state in OTHER_STATES]
    return [folder / name for name in names]


def _write(
    store: Folder, keys: DemoAuthority, who: Shown, state: State = "valid", algorithm: Algorithm = "gost"
) -> str:
    role = who.role.rpartition("·")[2].strip().lower().replace(" ", "-")
    surname = who.name.strip("«").split("»")[0].split()[0]
    end = FAMILIES[algorithm] + ("" if state == "valid" else f"-{state}")
    name = f"people/{role}-{surname}-{who.number}-{end}.p12"
    post = post_of(who.number)

    def made() -> bytes:
        key = keys.key_of(who.number, bin=post.bin, roles=post.roles, state=state, algorithm=algorithm)
        return write_keystore(key, PASSWORD)

    _once(store, name, made)
    return name


def _once(store: Folder, name: str, make: Callable[[], bytes]) -> None:
    if store.get(name) is None:
        store.keep(name, make())
