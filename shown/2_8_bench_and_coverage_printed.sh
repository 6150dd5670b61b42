#!/usr/bin/env bash
# The table of measurements beside their peers, and the clauses by act and status.
set -euo pipefail
cd "$(dirname "$0")/.."
make --no-print-directory bench SIZE="${SIZE:-small}"
.venv/bin/qyzmet coverage || true
