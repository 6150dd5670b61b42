"""The auditor reads everything of the bodies audited, leaves a trace of each reading, and can change
nothing."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver

from qyzmet.cases import acts
from qyzmet.cases.acts.seal import seal
from qyzmet.cases.journal import guards
from qyzmet.cases.laws import law_of
from qyzmet.cases.models import Case, Entry, Token
from qyzmet.config import clock
from qyzmet.people import directory
from qyzmet.people.actor import SYSTEM
from qyzmet.people.models import Organisation
from tests.cases.bustle import END, bustle
from tests.cases.town import OTHER, Town, citizen, licence
from tests.office.desk import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(samruk: Town) -> dict[str, Case]:
    return bustle(samruk)


@pytest.fixture
def desk(samruk: Town, busy: dict[str, Case]) -> Iterator[Desk]:
    """The auditor of a body without a region: all bodies."""
    with clock.hold(END):
        yield Desk(samruk.official("auditor", samruk.body("quality", "quality-body")))


def listed(desk: Desk, query: str = "") -> set[str]:
    desk.open(f"/office/audit/{query}")
    return {href.rsplit("/", 1)[1] for href in desk.links("/office/cases/")}


def exported(desk: Desk, query: str = "") -> set[str]:
    answer = desk.client.get(f"/office/audit/cases.csv{query}")
    content = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return {row["Number"] for row in csv.DictReader(io.StringIO(content))}


def test_every_page_opens_in_every_language(desk: Desk, busy: dict[str, Case]) -> None:
    journal = f"cases/{busy['licensed'].ref}/journal"
    for language in ("kk", "ru", "en"):
        desk.client.cookies["django_language"] = language
        for path in ("", "?q=nothing", "?state=ended", "?before=x", journal, "seals", "seals?verify=1"):
            assert desk.open(f"/office/audit/{path}").status == 200, path
            assert desk.page.get("lang") == language


def test_an_auditor_of_all_bodies_finds_lists_counts_and_exports_every_case(desk: Desk) -> None:
    everything = {case.ref: case.number or case.ref for case in Case.objects.all()}
    assert listed(desk) == set(everything)
    assert f"Cases found: {len(everything)}" in desk.main
    assert exported(desk) == set(everything.values())
    for ref, number in everything.items():
        assert listed(desk, f"?q={number}") == {ref}
        assert desk.case(ref).status == 200
    applicant = Case.objects.order_by("id")[0].applicant
    assert len(listed(desk, f"?q={applicant}")) == Case.objects.filter(applicant=applicant).count()


def test_an_auditor_of_a_region_has_the_bodies_of_the_region_and_none_of_another(
    samruk: Town, busy: dict[str, Case]
) -> None:
    where = samruk.body("quality-north", "quality-body")
    Organisation.objects.filter(pk__in=[where.pk, Case.objects.get(pk=busy["moved"].pk).provider_id]).update(
        region="north"
    )
    auditor = samruk.official("auditor", where)
    directory.forget()
    with clock.hold(END):
        desk = Desk(auditor)
        mine = {busy["moved"].ref}
        assert listed(desk) == mine
        assert exported(desk) == {Case.objects.get(ref=ref).number for ref in mine}
        for case in Case.objects.all():
            seen = 200 if case.ref in mine else 404
            for path in (
                f"cases/{case.ref}",
                f"cases/{case.ref}/case-file",
                f"audit/cases/{case.ref}/journal",
            ):
                assert desk.client.get(f"/office/{path}").status_code == seen, path
            assert (case.ref in listed(desk, f"?q={case.ref}")) == (case.ref in mine)


def test_each_reading_is_an_entry_of_its_own(desk: Desk, busy: dict[str, Case]) -> None:
    case = busy["taken"]
    for path in (f"cases/{case.ref}", f"audit/cases/{case.ref}/journal", f"cases/{case.ref}/case-file"):
        before = Entry.objects.filter(stream=f"reads:{case.pk}").count()
        desk.client.get(f"/office/{path}")
        assert Entry.objects.filter(stream=f"reads:{case.pk}").count() > before, path
    said = desk.open(f"/office/audit/cases/{case.ref}/journal").main
    assert desk.account.number in said
    assert desk.account.full_name in said


def test_the_journal_shows_every_entry_with_its_hash_and_that_the_chain_holds(
    desk: Desk, busy: dict[str, Case]
) -> None:
    case = busy["refused"]
    desk.open(f"/office/audit/cases/{case.ref}/journal")
    for entry in Entry.objects.filter(stream=case.stream):
        assert bytes(entry.hash).hex() in desk.main
        assert entry.act in desk.main
    assert "The chain holds" in desk.main
    assert "The chain is broken" not in desk.main


def test_an_altered_payload_breaks_the_chain_on_the_page(desk: Desk, busy: dict[str, Case]) -> None:
    case = busy["refused"]
    guards.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(
            'UPDATE cases_payload SET data = \'{"exit": "licensed"}\' WHERE stream = %s AND seq = 2',
            [case.stream],
        )
    guards.install(connection)
    said = desk.open(f"/office/audit/cases/{case.ref}/journal").main
    assert "The chain is broken" in said
    assert "payload-altered" in said


def test_seals_are_listed_verified_and_what_is_not_sealed_is_named(desk: Desk, busy: dict[str, Case]) -> None:
    assert "There is no seal yet" in desk.open("/office/audit/seals").main
    made = seal(SYSTEM, now=END)
    acts.submit(*_one_more(), now=END)
    said = desk.open("/office/audit/seals?verify=1").main
    assert bytes(made.hash).hex() in said
    assert "The journal holds against its seals" in said
    newest = Case.objects.order_by("-id")[0]
    assert newest.stream in said


def _one_more() -> tuple:
    where = Case.objects.order_by("id")[0].orgs
    return citizen(OTHER), licence(orgs=where)


def test_no_page_of_an_auditor_has_a_button_that_acts(desk: Desk, busy: dict[str, Case]) -> None:
    pages = ["audit/", "audit/seals", "search?q=x", *(f"cases/{case.ref}" for case in busy.values())]
    pages += [f"audit/cases/{busy['taken'].ref}/journal"]
    for path in pages:
        desk.open(f"/office/{path}")
        methods = {(form.get("method") or "get").lower() for form in desk.page.xpath("//main//form")}
        assert methods <= {"get"}, path


def addresses(found: list, prefix: str = "") -> Iterator[str]:
    """Every address of the house, its places as `{name}`."""
    for each in found:
        if isinstance(each, URLResolver):
            yield from addresses(each.url_patterns, prefix + str(each.pattern))
        elif isinstance(each, URLPattern):
            yield prefix + str(each.pattern)


VERBS = (
    "take",
    "withdraw",
    "give-back",
    "hand-over",
    "suspend",
    "resume",
    "assign",
    "return",
    "vote",
    "close",
)


def filled(address: str, case: Case, no: int) -> list[str]:
    """An address with places of this case put in, once for each verb where it has one."""
    values = {"ref": case.ref, "no": str(no), "pk": "1", "place": "0"}
    plain = re.sub(r"<(?:\w+:)?(?!verb>)(\w+)>", lambda place: values.get(place[1], "sampler"), address)
    verbs = VERBS if ":verb>" in plain else ("",)
    return ["/" + plain.replace("<slug:verb>", verb) for verb in verbs]


def test_every_post_address_leaves_everything_as_it_was(desk: Desk, busy: dict[str, Case]) -> None:
    case = busy["taken"]
    token = Token.objects.filter(case=case, closed_at=None).order_by("no")[0]
    form = {"outcome": "healthy", "to": "1", "reason": "x", "ground": "ill", "occurred": "", "take":
    f"{case.ref}.{token.no}", "pick": f"{case.ref}.{token.no}", "confirm": "1"}  # fmt: skip
    office = [
        a
        for a in addresses(get_resolver().url_patterns)
        if a.startswith(("office/", "cabinet/", "apply/", "api/"))
    ]
    assert len(office) > 40
    before = _everything()
    for address in office:
        for path in filled(address, case, token.no):
            answer = desk.client.post(path, form)
            assert answer.status_code < 500, path
    assert _everything() == before


def _everything() -> dict[str, object]:
    """What acts write, but for the log of readings."""
    with connection.cursor() as cursor:
        found: dict[str, object] = {}
        for table in sorted(connection.introspection.table_names(cursor)):
            if table.startswith(("cases_", "people_", "registers_", "documents_", "gateway_")):
                cursor.execute(f"SELECT COUNT(*) FROM {table}")
                found[table] = cursor.fetchone()[0]
        cursor.execute("SELECT COUNT(*) FROM cases_entry WHERE stream LIKE 'reads:%%'", [])
        reads = cursor.fetchone()[0]
    for table in ("cases_entry", "cases_payload"):
        found[table] = int(str(found[table])) - reads
    found.pop("cases_stream")
    found["cases"] = list(Case.objects.order_by("id").values_list("id", "state", "exit", "due", "moved_at"))
    found["tokens"] = list(
        Token.objects.order_by("id").values_list("id", "assignee_id", "closed_at", "suspended")
    )
    return found


def test_posts_people_and_streams_are_named_and_ids_stand_beside(
    samruk: Town, desk: Desk, busy: dict[str, Case]
) -> None:
    case = busy["taken"]
    token = Token.objects.filter(case=case, closed_at=None).exclude(post="").latest("no")
    to = samruk.official(token.post, token.organisation)  # type: ignore[arg-type]
    head = samruk.official("head", case.provider)
    acts.assign(head, case.ref, token.no, to.account, reason="Leave", now=END)
    said = desk.open(f"/office/audit/cases/{case.ref}/journal")
    assert to.name in said.main
    registrar = law_of(case.edition_id).package.posts["registrar"].name.en
    assert f": {registrar}" in said.main
    seals = desk.open("/office/audit/seals?verify=1").main
    assert f"Case: {case.number}" in seals
    assert case.stream in seals
