#!/bin/sh
# Installs Python modules that fmw is compared with, for the system's Python from Debian's packages:
#
#   scripts/install-python.sh torch onnx
#
# torch is PyTorch, for test/parity and docs/shape-errors.md: 150 MB to fetch, 650 MB on disk; onnx is for docs/shape-errors.md, and small.
# Does nothing for what is there already; says why and fails where one cannot be had.
set -eu

python=/usr/bin/python3
version() { "$python" -E -s -c "import $1; print($1.__version__)"; }
fail() {
  echo "Not installed: $1. Without it the tests that compare with it are skipped." >&2
  exit 1
}

missing=
for module; do
  if found=$(version "$module" 2>/dev/null); then
    echo "$module $found is installed"
  else
    missing="$missing $module"
  fi
done
[ -n "$missing" ] || exit 0

for module in $missing; do
  "$(dirname "$0")/install-packages.sh" "python3-$module" ||
    fail "$module (what /usr/bin/python3 or python3 imports will do, wherever it comes from)"
  found=$(version "$module") || fail "$module: python3-$module is there, but $python cannot import it (the lines above say why)"
  echo "$module $found is installed now"
done
