"""The deployment's environment, read once: mode, data folder, key, hosts, debug.

`QYZMET_ENV=production` refuses whatever belongs to the demo; every other value of it is refused too.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from qyzmet.config.folder import data_folder

__all__ = ["Mode", "read_mode"]

DEMO_KEY = "demo-key-known-to-everyone-and-refused-in-production"
YES = {"1", "yes", "true", "on"}


@dataclass(frozen=True, slots=True)
class Mode:
    """What kind of deployment this is. `data` is an absolute folder; `hosts` are names without scheme.
    `world`: a demo's fresh house has a history."""

    production: bool
    debug: bool
    data: Path
    secret_key: str
    hosts: tuple[str, ...]
    behind_proxy: bool
    world: bool = False


def read_mode(env: Mapping[str, str] = os.environ) -> Mode:
    """Read the variables; raise `ImproperlyConfigured` with one sentence for what production refuses."""
    name = env.get("QYZMET_ENV", "demo")
    if name not in {"demo", "production"}:
        raise ImproperlyConfigured(f"QYZMET_ENV is {name!r}; it can be demo or production.")
    mode = Mode(
        production=name == "production",
        debug=_yes(env, "QYZMET_DEBUG"),
        data=data_folder(env),
        secret_key=env.get("QYZMET_SECRET_KEY", ""),
        hosts=tuple(env.get("QYZMET_HOSTS", "").replace(",", " ").split()),
        behind_proxy=_yes(env, "QYZMET_BEHIND_PROXY"),
        world=_world(env),
    )
    if mode.production:
        _refuse_demo(mode, env)
        return mode
    return Mode(
        production=False,
        debug=mode.debug,
        data=mode.data,
        secret_key=mode.secret_key or DEMO_KEY,
        hosts=("localhost", "127.0.0.1", "[::1]", *mode.hosts),
        behind_proxy=mode.behind_proxy,
        world=mode.world,
    )


def _world(env: Mapping[str, str]) -> bool:
    name = env.get("QYZMET_DEMO") or "world"
    if name not in {"world", "bare"}:
        raise ImproperlyConfigured(
            f"QYZMET_DEMO is {name!r}; it can be world (two months of history) or bare (people and bodies)."
        )
    return name == "world"


def _yes(env: Mapping[str, str], name: str) -> bool:
    return env.get(name, "").strip().lower() in YES


def _refuse_demo(mode: Mode, env: Mapping[str, str]) -> None:
    if env.get("QYZMET_CLOCK"):
        raise ImproperlyConfigured("Production runs on real time: unset QYZMET_CLOCK.")
    if mode.debug:
        raise ImproperlyConfigured("Production shows no debug pages: unset QYZMET_DEBUG.")
    if len(mode.secret_key) < 50 or mode.secret_key == DEMO_KEY:
        raise ImproperlyConfigured(
            "Production needs a key of its own: set QYZMET_SECRET_KEY to 50 or more random characters."
        )
    if not mode.hosts:
        raise ImproperlyConfigured("Production needs its host names: set QYZMET_HOSTS, separated by spaces.")
    if (mode.data / "clock.json").exists():
        raise ImproperlyConfigured(
            f"The data folder {mode.data} was used by a demo: give production another QYZMET_DATA."
        )
