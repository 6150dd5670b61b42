"""A file is kept once under the hash of its bytes, checked when read, and gone when erased."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from django.conf import settings

from qyzmet.cases import blobs
from qyzmet.cases.models import Blob
from tests.cases.town import moment

pytestmark = pytest.mark.django_db

NOW = moment("2019-06-03 10:00")
SCAN = b"%PDF-1.7 a scan " * 1000


def path_of(digest: str) -> Path:
    return Path(settings.QYZMET_DATA) / "blobs" / digest[:2] / digest[2:4] / digest


def test_a_file_comes_back_by_the_hash_of_its_bytes() -> None:
    digest = blobs.put((SCAN[:5000], SCAN[5000:]), "application/pdf", now=NOW)
    assert digest == hashlib.sha256(SCAN).hexdigest()
    assert blobs.read(digest) == SCAN
    assert Blob.objects.get(digest=digest).size == len(SCAN)


def test_the_same_bytes_are_kept_once() -> None:
    first = blobs.put(SCAN, "application/pdf", now=NOW)
    written = path_of(first).stat()
    assert blobs.put(SCAN, "application/pdf", now=NOW) == first
    assert path_of(first).stat().st_ino == written.st_ino
    assert Blob.objects.filter(digest=first).count() == 1


def test_bytes_that_went_bad_are_refused_and_mended_by_the_next_good_copy() -> None:
    digest = blobs.put(SCAN, "application/pdf", now=NOW)
    path_of(digest).write_bytes(SCAN[:-1] + b"!")
    with pytest.raises(blobs.BlobDamaged, match=digest):
        blobs.read(digest)
    blobs.put(SCAN, "application/pdf", now=NOW)
    assert blobs.read(digest) == SCAN


def test_an_erased_file_says_so_and_its_bytes_are_gone() -> None:
    digest = blobs.put(b"personal", "text/plain", now=NOW)
    blobs.erase(digest, now=NOW)
    with pytest.raises(blobs.BlobErased):
        blobs.read(digest)
    assert not path_of(digest).exists()


def test_an_unknown_digest_and_one_that_is_a_path_are_missing() -> None:
    for name in ("0" * 64, "../../etc/passwd"):
        with pytest.raises(blobs.BlobMissing):
            blobs.opened(name)


def test_a_write_that_fails_half_way_leaves_nothing() -> None:
    def torn():
        yield b"half"
        raise ConnectionError("the sender hung up")

    with pytest.raises(ConnectionError):
        blobs.put(torn(), "application/pdf", now=NOW)
    assert list((Path(settings.QYZMET_DATA) / "blobs" / "drafts").iterdir()) == []
