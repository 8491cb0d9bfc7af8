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

# shellcheck disable=SC2086
"$(dirname "$0")/install-packages.sh" $missing || {
  echo "Not installed:$missing. The tests with them are skipped." >&2
  exit 1
}
echo "installed:$missing"
