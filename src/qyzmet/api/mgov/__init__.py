"""eGov Mobile: a request to sign, read by a phone from a QR code («mgovSign»).

API №1 `GET /api/mgov/<token>` says who asks for what until when, and gives the token for API №2
`/api/mgov/<token>/documents`: `GET` the documents, `PUT` them back with a detached CMS in place of the
content (CMS_SIGN_ONLY). The signature is judged before it is taken, is taken once, and the page goes on with
it.
"""

from __future__ import annotations

from qyzmet.api.mgov.drawing import Drawn, Link, qr_of

__all__ = ["Drawn", "Link", "qr_of"]
