"""Why a clock is not set as asked, in three languages."""

from __future__ import annotations

from datetime import datetime

from qyzmet.clock import local

__all__ = ["ClockRefused", "backwards", "in_production", "unreadable"]


class ClockRefused(Exception):
    """The clock cannot be set so. `text` has the sentence in kk, ru and en; `str()` is the English one."""

    def __init__(self, code: str, text: dict[str, str]) -> None:
        super().__init__(text["en"])
        self.code = code
        self.text = text


def unreadable(asked: str) -> ClockRefused:
    """`QYZMET_CLOCK` holds something that is not a moment."""
    return ClockRefused(
        "clock.unreadable",
        {
            "kk": f"QYZMET_CLOCK мәні «{asked}» оқылмайды; оны 2019-06-03T10:00 түрінде жазыңыз.",
            "ru": f"Значение QYZMET_CLOCK «{asked}» не читается; напишите его в виде 2019-06-03T10:00.",
            "en": f"QYZMET_CLOCK is {asked!r}, not a moment; write it like 2019-06-03T10:00, or real.",
        },
    )


def backwards(stands: datetime, asked: datetime) -> ClockRefused:
    """The asked moment lies before the one the clock shows."""
    at, to = (f"{local(moment):%d.%m.%Y %H:%M}" for moment in (stands, asked))
    return ClockRefused(
        "clock.backwards",
        {
            "kk": f"Сағаттың көрсеткені – {at}; істерде осы сәтке дейінгі жазбалар бар, сондықтан оны {to}"
            " уақытына кері жылжытуға болмайды; кейінгі уақытты таңдаңыз немесе деректердің басқа"
            " қалтасынан бастаңыз.",
            "ru": f"Часы показывают {at}; назад, на {to}, их перевести нельзя: в делах уже есть записи"
            " до этого момента; выберите более позднее время или начните с другой папки данных.",
            "en": f"The clock stands at {at} and cannot go back to {to}, because cases hold entries made"
            " up to now; choose a later moment, or start with another QYZMET_DATA.",
        },
    )


def in_production() -> ClockRefused:
    """A moved clock belongs to the demo."""
    return ClockRefused(
        "clock.production",
        {
            "kk": "Өнеркәсіптік режимде жүйе нақты уақытпен жұмыс істейді, сағатты жылжытуға болмайды.",
            "ru": "В промышленном режиме система работает по реальному времени, часы перевести нельзя.",
            "en": "In production the system runs on real time, so the clock cannot be moved.",
        },
    )
