"""The pictures of the guides, chosen from those the walks have taken and made small.

    QYZMET_PICTURES=out/pictures .venv/bin/pytest tests/shown/test_4_1_*
    .venv/bin/python -m tests.walking.pictures out/pictures docs/images

`make pictures` does both. A picture is cut to what its guide talks about and kept in few colours: 80 kB at most.
Needs Pillow, which the packages for measuring bring along.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from PIL import Image

__all__ = ["CHOSEN", "MOST"]

MOST = 80_000
COLOURS = (64, 32, 16, 8)
CHOSEN = {
    "citizen-service": ("4-1-a-02-service-390", 1300),
    "citizen-question": ("4-1-a-04-dwelling-390", 1300),
    "citizen-documents": ("4-1-a-04-documents-390", 1100),
    "citizen-sign": ("4-1-a-06-sign-390", 1400),
    "citizen-filed": ("4-1-a-07-filed-390", 1300),
    "citizen-why": ("4-1-a-08-follow-390", 1700),
    "citizen-letter": ("4-1-a-10-letter-390", 900),
    "citizen-missing": ("4-1-d-01-missing-390", 900),
    "citizen-suspended": ("4-1-d-04-suspended-390", 1100),
    "citizen-hearing": ("4-1-c-07-objection-390", 1500),
    "citizen-result": ("4-1-a-11-result-390", 1100),
    "citizen-verify": ("4-1-a-12-verify-390", 1000),
    "citizen-complaint": ("4-1-a-14-complaint-390", 1100),
    "counter-intake": ("4-1-b-01-intake-1440", 1100),
    "counter-receipt": ("4-1-b-01-receipt-1440", 1200),
    "counter-hand-over": ("4-1-b-02-hand-over-1440", 900),
    "official-tasks": ("4-1-e-08-tasks-1440", 900),
    "official-case": ("4-1-c-01-would-refuse-1440", 900),
    "official-notice": ("4-1-c-02-notice-1440", 900),
    "official-hearings": ("4-1-c-04-hearings-1440", 700),
    "official-agenda": ("4-1-e-01-agenda-1440", 900),
    "official-no-quorum": ("4-1-e-04-no-quorum-1440", 900),
    "official-close": ("4-1-e-06-close-1440", 900),
    "official-batch": ("4-1-e-09-batch-1440", 900),
    "official-lifted": ("4-1-d-06-lifted-1440", 1000),
    "official-correct": ("4-1-d-07-correct-1440", 900),
    "supervisor-overview": ("4-1-e-12-supervision-overview-1440", 1000),
    "supervisor-times": ("4-1-e-14-supervision-times-1440", 1000),
    "supervisor-refusals": ("4-1-e-15-supervision-refusals-1440", 900),
    "administrator-home": ("4-1-e-16-admin-home-1440", 900),
    "administrator-packages": ("4-1-e-17-admin-packages-1440", 900),
    "administrator-calendar": ("4-1-e-18-admin-calendar-1440", 900),
}
"""Name in `docs/images` → the walk's picture, and how many of its pixels from the top are kept."""


def main() -> int:
    taken, kept = (Path(each) for each in sys.argv[1:3])
    kept.mkdir(parents=True, exist_ok=True)
    missing = [source for source, _ in CHOSEN.values() if not (taken / f"{source}.png").is_file()]
    for name, (source, height) in CHOSEN.items():
        if source not in missing:
            (kept / f"{name}.png").write_bytes(small(taken / f"{source}.png", height))
    for source in missing:
        print(f"no walk has taken {source}.png", file=sys.stderr)
    return 1 if missing else 0


def small(path: Path, height: int) -> bytes:
    """The top of a picture in as many colours as fit into MOST bytes; a laptop's at two thirds of its size."""
    picture = Image.open(path).convert("RGB")
    picture = picture.crop((0, 0, picture.width, min(height, picture.height)))
    if picture.width > 1000:
        picture = picture.resize((picture.width * 2 // 3, picture.height * 2 // 3), Image.Resampling.LANCZOS)
    for colours in COLOURS:
        found = _in_colours(picture, colours)
        if len(found) <= MOST:
            return found
    raise SystemExit(f"{path} does not fit into {MOST} bytes; keep less of it")


def _in_colours(picture: Image.Image, colours: int) -> bytes:
    out = BytesIO()
    picture.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    raise SystemExit(main())
