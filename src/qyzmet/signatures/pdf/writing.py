"""pyHanko's writer of incremental updates, kept from changing what the file says about itself.

It would set the day of change to the machine's own clock and the producer to itself, in the document's
metadata too: the sealed document stays the one that was printed, and legal time comes from elsewhere.
"""

from __future__ import annotations

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter


class QuietWriter(IncrementalPdfFileWriter):
    """Adds the seal and nothing else."""

    def _update_meta(self) -> None:
        """Leave title, dates and producer as they are."""
