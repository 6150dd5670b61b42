#!/usr/bin/env bash
# Every page of every role in kk, ru and en at 390 and 1440 px, axe on all of them: out/sheet/index.html.
set -euo pipefail
cd "$(dirname "$0")/.."
exec make --no-print-directory sheet
