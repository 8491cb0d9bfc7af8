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

command -v apt-get >/dev/null ||
  fail "$missing: this system has no apt-get (what /usr/bin/python3 or python3 imports will do, wherever it comes from)"
if [ "$(id -u)" = 0 ]; then
  as_root=
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
  as_root='sudo -n'
else
  fail "$missing: only root can install packages, and sudo wants a password or is missing"
fi

$as_root apt-get update -qq || fail "$missing: the package lists could not be fetched"
for module in $missing; do
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "python3-$module" >/dev/null ||
    fail "$module: apt-get could not install python3-$module"
  found=$(version "$module") || fail "$module: python3-$module is there, but $python cannot import it (the lines above say why)"
  echo "$module $found is installed now"
done
