"""Signatures judged by NCANode (https://github.com/malikzh/NCANode, its REST interface of version 3).

Chosen by `QYZMET_SIGNATURES=ncanode` with `QYZMET_NCANODE=http://127.0.0.1:14579`; `verify` is what `judge`
then calls. NCANode answers for the arithmetic, the chain and revocation, by the state's certified library.
The rest stays ours, for what NCANode leaves out or says differently:

- it judges by today: `validity` is judged here, at the moment of the verdict;
- its `lastName` is the patronymic, and it reads numbers by their place: who signed is read here, from the
  certificate, and its answer must be about that very certificate (serial number);
- it overlooks a content given beside an attached signature, and a signer whose certificate is missing:
  both are checked here;
- it does not check time stamps: the moment of one counts only where our own check accepts it;
- it keeps no proof: a verdict made by it is settled, but has no lists or answers to be checked again with.

Where it is silent, or answers what makes no sense, the signature is `pending`: asked again, never refused.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from qyzmet.evidence.fetching import SourceSilent
from qyzmet.evidence.ncanode_calling import Refused, post
from qyzmet.evidence.trusting import trust
from qyzmet.signatures import Check, Rules, SignedMessage, Signer, Verdict, digest, read_cms
from qyzmet.signatures.certificates.certificate import Certificate
from qyzmet.signatures.certificates.chain import Chain
from qyzmet.signatures.checks import outcome
from qyzmet.signatures.cms.checking import attributes_broken, certificate_of, claimed_at, content_check
from qyzmet.signatures.cms.detaching import without_content
from qyzmet.signatures.cms.reading import SignerInfo
from qyzmet.signatures.judging import Signed, holder_checks, signer_of, validity_check
from qyzmet.signatures.timestamps import Stamp, judge_stamp
from qyzmet.signatures.verdict import Evidence

__all__ = ["verify"]

