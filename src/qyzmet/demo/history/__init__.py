"""What happened in the demo's region in the two months before its clock's now: about 300 cases, by real acts.

    play(now)  # 300 cases; play(now, cases=20) a small world; nothing when there are cases already

Everything is filed, signed, judged and decided by the acts people use, each with its moment, in the order
of time; ticker and worker run between them as they do in life. The same seed gives the same people, cases
and moments; references, codes and the journal's salts are new each time. It is one transaction: a process
killed in the middle leaves nothing behind.

part.py: one case; script.py: which cases; familiar.py: those of the guides' citizen; lawbook.py: what the law
allows; player.py, lived.py: how a case goes on; habits.py: when; timeline.py: all of them in one time;
cast.py, answers.py, papers.py: who, with what; aside.py, hall.py, complaining.py, drafting.py: what happens
beside; builders.py: what was there before; starting.py: before the first request.
"""

from __future__ import annotations

from qyzmet.demo.history.playing import MONTHS, Played, is_empty, play
from qyzmet.demo.history.starting import begin

__all__ = ["MONTHS", "Played", "begin", "is_empty", "play"]
