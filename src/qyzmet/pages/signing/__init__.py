"""One page for every signature: `/sign/<token>`, for citizens and officials, with JavaScript and without.

    row = ask(actor, "filing", subject, items, expected=..., params={"back": "/drafts/abc"}, now=now)
    return signing.page_of(row)            # sends the browser to its page

    @finisher("filing", back=address)      # what follows once every signature is judged good
    def file(request, row, signed): ...    # signed: item id → Signed; returns the next page

A finisher may raise ActRefused `signature-invalid`: the page says it as process 4 and stays open. Whatever
else it has to say, it says on a page of its own, and the request ends.

Inside: `purposes` the register of finishers, `telling` what is signed in words (`decided` for decisions),
`given` a signature as it was sent, `faults` the message of process 4, `views` the page.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from qyzmet.pages.signing.faults import Tried, line
from qyzmet.pages.signing.purposes import finisher

__all__ = ["OF_NOBODY", "Tried", "finisher", "line", "page_for_nobody", "page_of"]

OF_NOBODY = "signing-of-nobody"
"""Where a session keeps the token of the one request it made without anybody signed in."""


def page_of(row: Any) -> HttpResponse:
    """To the page of a request for signatures."""
    return redirect("sign", row.token)


def page_for_nobody(request: HttpRequest, row: Any) -> HttpResponse:
    """The same, for this browser alone, where nobody has signed in and the key is to say who it is."""
    request.session[OF_NOBODY] = row.token
    return page_of(row)
