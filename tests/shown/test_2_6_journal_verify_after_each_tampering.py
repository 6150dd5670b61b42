"""Whoever owns the database can change the journal; `qyzmet journal verify` then names the entry or the stream.

The journal: two streams of five entries on 3 June, sealed that night outside the database, two entries of each
on 4 June not sealed yet. Every tampering drops the guards first, as an owner of the database would.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import IntegrityError, connection, transaction

from qyzmet.cases.acts.seal import seal
from qyzmet.cases.journal import commitment, decode, encode, guards, hash_of
from qyzmet.cases.journal.findings import Report
from qyzmet.cases.journal.seal_files import PUBLIC_KEY, write_seal
from qyzmet.cases.journal.verify import verify
from qyzmet.cases.models import Entry, Outbox, Payload, Seal, Stream
from qyzmet.cases.transaction import act
from qyzmet.cli import main
from qyzmet.people.actor import SYSTEM

pytestmark = pytest.mark.usefixtures("committed")

MORNING = datetime.fromisoformat("2019-06-03T09:00+06:00")
NIGHT = datetime.fromisoformat("2019-06-03T23:59+06:00")
NEXT = datetime.fromisoformat("2019-06-04T09:00+06:00")
LATE = datetime.fromisoformat("2019-06-04T23:59+06:00")


@pytest.fixture
def seals(tmp_path: Path, committed: None) -> Path:
    folder = tmp_path / "outside"
    for minute in range(5):
        happen("case:1", MORNING + timedelta(minutes=minute))
        happen("unit:astana:7", MORNING + timedelta(minutes=minute))
    seal(SYSTEM, now=NIGHT, seals=folder)
    for minute in range(2):
        happen("case:1", NEXT + timedelta(minutes=minute))
        happen("unit:astana:7", NEXT + timedelta(minutes=minute))
    return folder


def happen(stream: str, moment: datetime) -> None:
    with act("example", SYSTEM, now=moment) as this:
        this.record(stream, "example.happened", {"name": "Әлия", "at": moment})


def entry(seq: int, stream: str = "case:1") -> Entry:
    return Entry.objects.get(stream=stream, seq=seq)


def rewrite(row: Entry, **said: object) -> bytes:
    """Other bytes in the place of an entry's, with the hash they give and the columns they ask for."""
    body = encode(decode(bytes(row.body))._replace(**said))
    told = decode(body)
    Entry.objects.filter(pk=row.pk).update(
        body=body, hash=hash_of(body), act=told.act, seq=told.seq, recorded_at=told.recorded_at, occurred_at=told.occurred_at,
    )  # fmt: skip
    return hash_of(body)


def rechain(first: int, **said: object) -> None:
    """Rewrite an entry, every entry after it, and the head: a chain without a fault in itself."""
    prev = None
    for row in Entry.objects.filter(stream="case:1", seq__gte=first).order_by("seq"):
        prev = rewrite(row, **said) if prev is None else rewrite(row, prev=prev)
    Stream.objects.filter(name="case:1").update(head=prev)


def edit() -> None:
    body = bytes(entry(3).body).replace(b"example.happened", b"example.undone!!")
    Entry.objects.filter(stream="case:1", seq=3).update(body=body)


def edit_a_column() -> None:
    Entry.objects.filter(stream="case:1", seq=3).update(person="900101300123")


def delete() -> None:
    Entry.objects.filter(stream="case:1", seq__in=[3, 4]).delete()


def delete_and_close_the_gap() -> None:
    Entry.objects.filter(stream="case:1", seq=3).delete()
    for seq in (4, 5, 6, 7):
        Entry.objects.filter(stream="case:1", seq=seq).update(seq=seq - 1)
    Stream.objects.filter(name="case:1").update(seq=6)


def cut_the_tail() -> None:
    Entry.objects.filter(stream="case:1", seq__gt=5).delete()


def cut_the_tail_and_set_the_head_back() -> None:
    cut_behind(3)


def cut_behind(last: int) -> None:
    Entry.objects.filter(stream="case:1", seq__gt=last).delete()
    Payload.objects.filter(stream="case:1", seq__gt=last).delete()
    Stream.objects.filter(name="case:1").update(seq=last, head=bytes(entry(last).hash))


def lose_the_case() -> None:
    Entry.objects.filter(stream="case:1").delete()
    Payload.objects.filter(stream="case:1").delete()


def lose_the_case_and_its_head() -> None:
    lose_the_case()
    Stream.objects.filter(name="case:1").delete()


def insert_at_the_end() -> None:
    last = entry(7)
    body = encode(decode(bytes(last.body))._replace(seq=8, prev=bytes(last.hash), data=""))
    add(last, 8, body)


def insert_between() -> None:
    for seq in (7, 6, 5, 4):
        Entry.objects.filter(stream="case:1", seq=seq).update(seq=seq + 1)
    third = entry(3)
    add(
        third,
        4,
        encode(decode(bytes(third.body))._replace(seq=4, prev=bytes(third.hash), act="example.forged")),
    )
    Stream.objects.filter(name="case:1").update(seq=8)


def add(like: Entry, seq: int, body: bytes) -> None:
    told = decode(body)
    Entry.objects.create(
        stream="case:1", seq=seq, act=told.act, person=like.person, occurred_at=told.occurred_at,
        recorded_at=told.recorded_at, body=body, hash=hash_of(body),
    )  # fmt: skip


def replace() -> None:
    rewrite(entry(3), act="example.forged")


def replace_the_last() -> None:
    rewrite(entry(7), act="example.forged")


def take_from_another_stream() -> None:
    other = entry(3, "unit:astana:7")
    Entry.objects.filter(stream="case:1", seq=3).update(body=bytes(other.body), hash=bytes(other.hash))


def reorder() -> None:
    for old, new in ((3, 90), (4, 3), (90, 4)):
        Entry.objects.filter(stream="case:1", seq=old).update(seq=new)


def back_date() -> None:
    rechain(7, recorded_at=NEXT - timedelta(hours=1))


def back_date_behind_the_seal() -> None:
    """A stream nobody had before, dated before the night's seal, with a head of its own; acts refuse to."""
    first = entry(1)
    told = decode(bytes(first.body))._replace(stream="plot:01-001-001-001", data="")
    body = encode(told)
    Entry.objects.create(
        stream=told.stream, seq=1, act=told.act, person=told.person, occurred_at=told.occurred_at,
        recorded_at=told.recorded_at, body=body, hash=hash_of(body),
    )  # fmt: skip
    Stream.objects.create(name=told.stream, seq=1, head=hash_of(body), recorded_at=told.recorded_at)


def rewrite_the_chain() -> None:
    rechain(2, act="example.forged")


def alter_a_payload() -> None:
    Payload.objects.filter(stream="case:1", seq=2).update(data='{"name":"Болат"}')


def lose_a_payload() -> None:
    Payload.objects.filter(stream="case:1", seq=2).delete()


TAMPERINGS: list[tuple[Callable[[], None], str, str]] = [
    (edit, "edited", "case:1#3"),
    (edit_a_column, "edited", "case:1#3"),
    (delete, "deleted", "case:1#3-4"),
    (delete_and_close_the_gap, "deleted", "case:1#3"),
    (cut_the_tail, "tail-cut", "case:1#6-7"),
    (cut_the_tail_and_set_the_head_back, "tail-cut", "case:1#4-5"),
    (lose_the_case, "stream-missing", "case:1"),
    (lose_the_case_and_its_head, "stream-missing", "case:1"),
    (insert_at_the_end, "inserted", "case:1#8"),
    (insert_between, "inserted", "case:1#4"),
    (take_from_another_stream, "inserted", "case:1#3"),
    (replace, "replaced", "case:1#3"),
    (replace_the_last, "replaced", "case:1#7"),
    (reorder, "reordered", "case:1#3"),
    (back_date, "back-dated", "case:1#7"),
    (back_date_behind_the_seal, "back-dated", "plot:01-001-001-001#1"),
    (rewrite_the_chain, "chain-rewritten", "case:1#1-5"),
    (alter_a_payload, "payload-altered", "case:1#2"),
    (lose_a_payload, "payload-altered", "case:1#2"),
]


@pytest.mark.parametrize(("tamper", "kind", "place"), TAMPERINGS, ids=[t.__name__ for t, _, _ in TAMPERINGS])
def test_every_tampering_is_named_with_its_place(
    tamper: Callable[[], None], kind: str, place: str, seals: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    guards.remove(connection)
    tamper()
    code = main(["journal", "verify", "--seals", str(seals), "--json"])
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert code == 1
    assert (kind, place) in {(f["kind"], f["place"]) for f in findings}
    assert {f["stream"] for f in findings} == {place.partition("#")[0]}
    assert {f["kind"] for f in findings} == {kind}


def test_an_untouched_journal_is_whole_and_says_what_is_not_sealed_yet(seals: Path) -> None:
    report = verify(seals)
    assert report.tamperings == []
    assert (report.entries, report.streams, report.seals) == (15, 3, 1)
    assert [str(u.stream) for u in report.unsealed] == ["case:1", "system", "unit:astana:7"]
    assert report.unsealed_entries == 2 + 1 + 2


def test_the_next_seal_covers_the_rest_and_leaves_only_its_own_entry(seals: Path) -> None:
    seal(SYSTEM, now=LATE, seals=seals)
    report = verify(seals)
    assert (report.tamperings, report.seals, report.last_seal) == ([], 2, "2019-06-04")
    assert [(u.stream, u.first, u.last) for u in report.unsealed] == [("system", 2, 2)]


def test_an_erased_payload_is_reported_as_erased_and_is_no_tampering(seals: Path) -> None:
    Payload.objects.filter(stream="case:1", seq=2).update(
        salt=None, data=None, erased={"clause": "Law 94-V art. 18"}
    )
    report = verify(seals)
    assert (report.tamperings, report.erased) == ([], ["case:1#2"])


def test_the_database_itself_refuses_to_change_delete_or_replace_an_entry(seals: Path) -> None:
    for attempt in (edit, delete, reorder):
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            attempt()
    assert verify(seals).tamperings == []


def kinds(report: Report) -> list[tuple[str, str]]:
    return [(each.kind, each.place) for each in report.tamperings]


def test_a_seal_that_was_lost_changed_or_forged_is_named(seals: Path) -> None:
    seal(SYSTEM, now=LATE, seals=seals)
    first, second = sorted(seals.glob("*.seal"))
    true = second.read_bytes()
    second.write_bytes(true.replace(b'"count"', b'"c"').replace(b"2019-06-04", b"2019-06-05", 1))
    assert kinds(verify(seals)) == [("edited", "seal#2"), ("replaced", "seal#2")]
    second.write_bytes(true)
    first.unlink()
    assert ("deleted", "seal#1") in kinds(verify(seals))


def test_a_folder_without_its_seals_is_no_clean_folder(seals: Path) -> None:
    for path in seals.glob("*.seal"):
        path.unlink()
    assert kinds(verify(seals)) == [("deleted", "seal#1")]


def test_seals_signed_anew_by_another_key_are_named(seals: Path) -> None:
    stranger = Ed25519PrivateKey.generate()
    (true,) = seals.glob("*.seal")
    body = true.read_bytes().partition(b"\n")[2]
    true.unlink()
    (seals / PUBLIC_KEY).unlink()
    write_seal(seals, 1, "2019-06-03", body, stranger)
    assert kinds(verify(seals)) == [("replaced", "seal#1")]


def test_a_key_that_cannot_be_read_holds_for_no_seal(seals: Path) -> None:
    (seals / PUBLIC_KEY).write_text("no key", encoding="utf-8")
    assert kinds(verify(seals)) == [("edited", "seal#1")]


def test_a_seal_whose_act_was_cut_off_is_taken_over_by_the_next(seals: Path) -> None:
    seal(SYSTEM, now=LATE, seals=seals)
    guards.remove(connection)
    Seal.objects.filter(no=2).delete()
    cut_system_behind(1)
    made = seal(SYSTEM, now=LATE + timedelta(minutes=1), seals=seals)
    assert made.no == 3
    assert verify(seals).tamperings == []


def cut_system_behind(last: int) -> None:
    """What the database is after the act that wrote the second seal was rolled back."""
    Entry.objects.filter(stream="system", seq__gt=last).delete()
    Payload.objects.filter(stream="system", seq__gt=last).delete()
    Outbox.objects.filter(destination="seals", seq__gt=last).delete()
    Stream.objects.filter(name="system").update(seq=last, head=bytes(entry(last, "system").hash))


def test_a_payload_is_committed_to_with_a_salt(seals: Path) -> None:
    kept = Payload.objects.get(stream="case:1", seq=1)
    assert decode(bytes(entry(1).body)).data == commitment(bytes(kept.salt), kept.data)
    assert decode(bytes(entry(1).body)).data != commitment(b"", kept.data)
