"""`qyzmet due` on the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from qyzmet.cli import main

FILED = ["due", "--filed", "2024-05-03T10:00", "--term", "3 working days", "--hours", "system"]


def _json(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert main([*FILED, *words, "--json"]) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def test_json_has_the_four_keys_and_every_day(capsys: pytest.CaptureFixture[str]) -> None:
    answer = _json(capsys)
    assert list(answer) == ["filed", "registered", "due", "days"]
    assert answer["filed"] == answer["registered"] == "2024-05-03T10:00:00+05:00"
    assert answer["due"] == "2024-05-10T18:30:00+05:00"
    assert [day["date"][-2:] for day in answer["days"] if day["counted"]] == ["04", "06", "10"]
    assert answer["days"][4] == {
        "date": "2024-05-08",
        "counted": False,
        "why": "day off exchanged with 04.05.2024 (order of the Minister of Labour of 2024 (G24G0000109))",
    }


def test_bare_dates_of_a_suspension_are_whole_days_and_it_may_be_repeated(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert _json(capsys, "--suspend", "2024-05-06/2024-05-10")["due"] == "2024-05-13T18:30:00+05:00"
    twice = _json(
        capsys, "--suspend", "2024-05-06/2024-05-10", "--suspend", "2024-05-10T09:00/2024-05-14T09:00"
    )
    assert twice["due"] == "2024-05-15T18:30:00+05:00"


def test_an_offset_is_honoured(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["due", "--filed", "2024-05-03T14:00Z", "--term", "20 minutes", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["filed"], answer["registered"]) == (
        "2024-05-03T19:00:00+05:00",
        "2024-05-04T09:00:00+05:00",
    )


@pytest.mark.parametrize(
    ("language", "due", "reason"),
    [
        ("kk", "10.05.2024 18:30, жұма", "демалыс күні: Жеңіс күні"),
        ("ru", "10.05.2024 18:30, пятница", "нерабочий день: День Победы"),
        ("en", "10.05.2024 18:30, Friday", "day off: Victory Day"),
    ],
)
def test_the_explanation_speaks_three_languages(
    capsys: pytest.CaptureFixture[str], language: str, due: str, reason: str
) -> None:
    assert main([*FILED, "--explain", "--lang", language]) == 0
    said = capsys.readouterr().out
    assert due in said
    assert reason in said


def test_a_doubtful_basis_is_marked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["due", "--filed", "2024-06-14T10:00", "--term", "1 working day", "--explain"]) == 0
    assert "first day of Kurban Ait (Labour Code of 23 November 2015, article 84(5); basis unconfirmed)" in (
        capsys.readouterr().out
    )


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--hours", "sistem"], "did you mean 'system'?"),
        (["--hours", "x" * 500], "choose one of system, portal"),
        (["--term", "3 fortnights"], "not readable"),
        (["--term", ""], "not readable"),
        (["--term", "0 working days"], "out of reach"),
        (["--term", "9" * 5000 + " minutes"], "out of reach"),
        (["--term", "9999 working days"], "no calendar of working days for 2028"),
        (["--suspend", "2024-05-10/2024-05-06"], "cannot end"),
        (["--suspend", "2024-05-10"], "needs both ends"),
        (["--suspend", "tomorrow/2024-05-10"], "not a moment"),
        (["--suspend", "2030-01-01/2030-01-02"], "for 2030"),
        (["--filed", "2031-01-01T10:00"], "for 2031"),
        (["--filed", "2011-12-31T10:00"], "for 2011"),
        (["--filed", "2024-02-30T10:00"], "not a moment"),
        (["--filed", "0001-01-01T00:00+14:00"], "no calendar"),
        (["--filed", "9999-12-31T23:59-12:00"], "no calendar"),
        (["--lang", "fr"], "invalid choice"),
    ],
)
def test_unusable_input_is_one_sentence_and_exit_2(
    capsys: pytest.CaptureFixture[str], words: list[str], says: str
) -> None:
    assert main([*FILED, *words]) == 2
    out, error = capsys.readouterr()
    assert out == ""
    assert says in error
    assert error.count("\n") == 1


def test_the_command_starts_without_django() -> None:
    program = "import sys; from qyzmet.cli import main; main(sys.argv[1:]); sys.exit('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program, *FILED], capture_output=True, check=False)
    assert done.returncode == 0


def test_a_deployment_says_its_own_hours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QYZMET_DATA", str(tmp_path))
    hours = tmp_path / "hours.yaml"
    hours.write_text('provider: {week: five, cite: x, days: {mon-fri: {opens: "08:30", closes: "17:30"}}}\n')
    assert main([*FILED[:5], "--hours", "provider"]) == 0
    assert "10.05.2024 17:30" in capsys.readouterr().out
    hours.write_text("provider: {week: seven}\n")
    assert main([*FILED[:5], "--hours", "provider"]) == 2
    assert "hours 'provider' need week, days and cite" in capsys.readouterr().err
