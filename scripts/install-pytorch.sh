#!/bin/sh
# Installs PyTorch, which test/parity compares fmw with, for the system's Python from Debian's packages: 150 MB to fetch, 650 MB
# on disk. Does nothing where it is there already; where it cannot, says why and fails.
set -eu

python=/usr/bin/python3
version() { "$python" -E -s -c 'import torch; print(torch.__version__)'; }
fail() {
  echo "PyTorch is not installed: $1. Without it the tests in test/parity are skipped." >&2
  exit 1
}

if found=$(version 2>/dev/null); then
  echo "PyTorch $found is installed"
  exit 0
fi
command -v apt-get >/dev/null || fail 'this system has no apt-get (any torch that /usr/bin/python3 or python3 imports will do)'
if [ "$(id -u)" = 0 ]; then
  as_root=
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
  as_root='sudo -n'
else
  fail 'only root can install packages, and sudo wants a password or is missing'
fi

$as_root apt-get update -qq || fail 'the package lists could not be fetched'
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-torch >/dev/null ||
  fail 'apt-get could not install python3-torch'
found=$(version) || fail 'python3-torch is there, but /usr/bin/python3 cannot import it (the lines above say why)'
echo "PyTorch $found is installed now"
