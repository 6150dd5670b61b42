"""An application brought in through a browser: by the recipient at the portal, or by an official at a counter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qyzmet import clock, demo
from qyzmet.cases.models import Case
from qyzmet.demo.rehearsal.cast import Cast
from qyzmet.demo.rehearsal.filing import Filing, filer
from qyzmet.demo.samples import Samples
from qyzmet.people.actor import Actor, actor_for
from qyzmet.people.models import Account, Authority
from qyzmet.portal.models import CoSignature
from tests.walking.filling import errors_of, fill, form_fields
from tests.walking.person import Person

__all__ = ["bring_in"]

NEXT = "main form p.row button.button:not(.second)"
TRIES = 6
"""How often a page may ask for more because of what was answered."""
Look = Callable[[str], None]


class BringingIn:
    """One filing at a browser; `look` is called with the name of each page."""

    def __init__(
        self, person: Person, cast: Cast, filing: Filing, paper: Path, look: Look, without: tuple[str, ...]
    ) -> None:
        self.person, self.page, self.cast, self.filing = person, person.page, cast, filing
        self.paper, self.look, self.without = paper, look, without
        self.fields = form_fields(filing.package.form)
        self.samples = Samples(clock.local(cast.now).date(), filing.given)

    def choose_the_way(self) -> None:
        """What is chosen before the form, where there is more than one answer."""
        way = self.filing.way
        chosen = {"channel": way.channel, "kind": way.recipient}
        chosen |= {f"variant.{name}": key for name, key in way.variant.items()}
        chosen |= {f"org.{role}": str(pk) for role, pk in self.cast.bodies(self.filing.package).items()}
        names = self.page.driver.execute_script(
            "return [...new Set([...document.querySelectorAll('main form input[type=radio]')].map(e => e.name))]"
        )
        for name in names:
            self.page.choose(name, chosen[name])
        self.page.go("main form button.button")

    def fill(self, prefix: str = "") -> int:
        return fill(self.page, self.fields, self.samples, prefix=prefix, paper=self.paper)

    def attach(self) -> None:
        """A paper for every document asked for, but for those left out."""
        for each in self.page.all("main form input[type=file]"):
            if each.get_attribute("name") not in self.without:
                each.send_keys(str(self.paper))


def bring_in(
    person: Person, cast: Cast, filing: Filing, paper: Path, look: Look, without: tuple[str, ...] = ()
) -> Case:
    """File it by the way in that it has; the case. `without`: documents not attached."""
    at = BringingIn(person, cast, filing, paper, look, without)
    person.is_now(filer(cast, filing))
    by = filing.package.channels[filing.way.channel].by
    return _at_the_portal(at) if by is None else _at_the_counter(at)


def _at_the_portal(at: BringingIn) -> Case:
    page = at.page
    page.open(f"/services/{at.filing.package.service}")
    at.look("service")
    page.go("main a.button[href^='/apply/']")
    at.look("start")
    at.choose_the_way()
    _answer_pages(at)
    at.look("check")
    ref = page.path.split("/")[2]
    page.go()
    if page.path.endswith("/sides"):
        at.look("sides")
        _let_others_sign(at)
        page.open(f"/drafts/{ref}/sides")
        page.go("main a.button[href$='/sign']")
    at.look("sign")
    if not at.person.sign_if_asked():
        page.type("password", demo.PASSWORD)
        page.go()
    assert page.path.endswith("/filed"), (page.path, errors_of(page))
    at.look("filed")
    return Case.objects.get(ref=page.path.split("/")[2])


def _answer_pages(at: BringingIn) -> None:
    """Page after page, until everything is answered and waits to be checked."""
    page = at.page
    for _ in range(40):
        place = page.path.partition("?")[0]
        if place.endswith("/check"):
            return
        for _ in range(TRIES):
            at.attach() if place.endswith("/documents") else at.fill()
            at.look(place.rsplit("/", 1)[1])
            page.go(NEXT)
            if page.path.partition("?")[0] != place:
                break
            assert not errors_of(page), f"{place}: {errors_of(page)}"
        else:
            raise AssertionError(f"{place} asks for more and more")
    raise AssertionError(f"the form never ends: {page.path}")


def _let_others_sign(at: BringingIn) -> None:
    """Every side that was asked opens its cabinet, reads and signs."""
    mine = at.person.actor
    for row in CoSignature.objects.filter(state=CoSignature.INVITED):
        at.person.is_now(_side(row.number, at.cast))
        at.page.open("/cabinet")
        at.page.go(f"main a[href='/to-sign/{row.ref}']")
        at.look(f"side-{row.party}")
        at.page.go("main form button.button")
        assert at.person.sign_if_asked()
    assert mine is not None
    at.person.is_now(mine)


def _side(number: str, cast: Cast) -> Actor:
    account = Account.objects.get(number=number)
    if account.kind == "individual":
        return actor_for(account, cast.now)
    head = Authority.objects.filter(principal=number, basis="head").select_related("account")[0].account
    return actor_for(head, cast.now, on_behalf_of=number)


def _at_the_counter(at: BringingIn) -> Case:
    page, who = at.page, at.filing.applicant
    page.open("/office/intake/")
    at.look("intake-list")
    page.go(f"main a[href='/office/intake/{at.filing.package.service}']")
    if "?" not in page.path and not page.driver.execute_script(
        "return !!document.querySelector('form.intake')"
    ):
        at.choose_the_way()
    page.type("number", who.party)
    page.type("name", who.party_name)
    for _ in range(TRIES):
        at.fill("f.")
        _hand_in_the_papers(at)
        at.look("intake")
        page.go("form.intake button[name=submit]")
        if page.path.startswith("/office/intake/receipt/"):
            at.look("receipt")
            return Case.objects.get(ref=page.path.rsplit("/", 1)[1])
    raise AssertionError(f"the counter cannot take it in: {errors_of(page)}")


def _hand_in_the_papers(at: BringingIn) -> None:
    """Tick what lies on the table, each original shown."""
    boxes = at.page.all("form.intake input[name^='given.'], form.intake input[name^='original.']")
    for box in boxes:
        if not box.is_selected():
            at.page.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", box)
            box.click()
