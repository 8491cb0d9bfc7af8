#!/bin/sh
# Installs programs that fmw is tested with, from Debian's packages:
#
#   scripts/install-debian.sh nvim=neovim zsh fish
#
# A word is a program, with its package behind = where that is called otherwise. Does nothing for what is there already; says why and fails where
# one cannot be had: its tests are then skipped.
set -eu

missing=
for word; do
  if command -v "${word%%=*}" >/dev/null; then echo "${word%%=*} is installed"; else missing="$missing ${word#*=}"; fi
done
[ -n "$missing" ] || exit 0

fail() {
  echo "Not installed:$missing: $1. The tests with them are skipped." >&2
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
# shellcheck disable=SC2086
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null || fail 'apt-get could not'
echo "installed:$missing"
