"""`python -m qyzmet` is the `qyzmet` command."""

import sys

from qyzmet.cli import main

sys.exit(main())
