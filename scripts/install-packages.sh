#!/bin/sh
# Installs Debian's packages; says why and fails where they cannot be had:
#
#   scripts/install-packages.sh zsh fish
set -eu

fail() {
  echo "$1" >&2
  exit 1
}

command -v apt-get >/dev/null || fail 'this system has no apt-get'
if [ "$(id -u)" = 0 ]; then
  as_root=
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
  as_root='sudo -n'
else
  fail 'only root can install packages, and sudo wants a password or is missing'
fi
$as_root apt-get update -qq || fail 'the package lists could not be fetched'
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null || fail "apt-get could not install $*"
