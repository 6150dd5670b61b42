#!/usr/bin/env bash
# `make bench` prints the rows of signatures, hashing, seals and signed filings, with their ratios and bars.
set -euo pipefail
cd "$(dirname "$0")/.."
table="$(make --no-print-directory bench SIZE="${SIZE:-small}")"
printf '%s\n' "$table"
for row in "GOST 34.10-2015-512 verification" "Streebog-512 of 10 MB" "CMS judged whole, RSA-2048" \
  "seal in a PDF judged" "PAdES seal" "PDF/A notice printed and sealed" "signed filing over HTTP"; do
  grep -qF "$row" <<<"$table" || { echo "no row: $row" >&2; exit 1; }
done
