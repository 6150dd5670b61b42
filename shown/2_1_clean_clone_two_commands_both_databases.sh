#!/usr/bin/env bash
# A clean clone, a bare environment, the README's two commands, and both databases green with as many tests on each.
set -euo pipefail
top="$(cd "$(dirname "$0")/.." && pwd)"
work="$(mktemp -d)"
trap 'kill "${server:-}" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"' EXIT
git clone -q "$top" "$work/qyzmet"
cd "$work/qyzmet"
bare() { env -i HOME="$work" PATH="${BARE_PATH:-/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin}" LANG=C.UTF-8 QYZMET_PORT=8399 QYZMET_DATA="$work/data" "$@"; }

bare make install
bare make run >"$work/run.log" 2>&1 &
server=$!
for _ in $(seq 90); do
  curl -fs -o /dev/null http://127.0.0.1:8399/health/ready && break
  sleep 1
done
curl -fs http://127.0.0.1:8399/ >/dev/null && echo "make run: answers"
grep -c 'sign in at' "$work/run.log" >/dev/null && echo "make run: printed the ways in"
kill "$server"; wait "$server" 2>/dev/null || true
bash .ci/run
