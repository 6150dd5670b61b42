"""What a browser says of itself, in two words: enough to know one's own phone from a stranger's computer."""

from __future__ import annotations

__all__ = ["spoken"]

# In this order: every browser also names those before it.
BROWSERS = (("YaBrowser", "Yandex"), ("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung"),
            ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))  # fmt: skip
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
           ("Mac OS", "macOS"), ("Linux", "Linux"))  # fmt: skip


def spoken(agent: str) -> str:
    """`Firefox, Windows`; the beginning of what it says, where it is none of the known."""
    found = [next((name for sign, name in known if sign in agent), "") for known in (BROWSERS, SYSTEMS)]
    return ", ".join(each for each in found if each) or agent[:40] or "–"
