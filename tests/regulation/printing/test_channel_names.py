"""A way in is called what the package calls it, else what it is known by, else its id."""

from __future__ import annotations

from pathlib import Path

from qyzmet.regulation.loader import load_package
from qyzmet.regulation.model import Text
from qyzmet.regulation.model.form import Channel
from qyzmet.regulation.printing.phrases import channel_name

EXAMPLE = Path(__file__).parents[1] / "example" / "2020-01-01-n1" / "service.yaml"


def test_the_name_of_the_package_comes_first() -> None:
    package = load_package(EXAMPLE).package
    assert package is not None
    name = Text(kk="Терезе", ru="Окно", en="Window")
    ways = {
        "portal": package.channels["portal"],
        "counter": Channel(hours="provider", name=name, cite="A120 §4"),
        "pigeon-post": Channel(hours="provider", cite="A120 §4"),
    }
    package = package.model_copy(update={"channels": ways})
    assert channel_name(package, "counter", "kk") == "Терезе"
    assert channel_name(package, "portal", "en") != "portal"
    assert channel_name(package, "pigeon-post", "en") == "pigeon-post"
