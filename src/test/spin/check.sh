#!/bin/sh
# Goes through every state of the models beside it: prints how many there are, and fails at an error. Needs the Debian
# packages spin and gcc. Arguments are definitions, to see that a wrong model is found out, as in: check.sh -DTENURE=2
set -eu
models=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for model in "$models"/*.pml; do
  echo "== $(basename "$model" .pml)"
  spin -a "$@" "$model"
  gcc -O2 -DSAFETY -DCOLLAPSE -DNOREDUCE -DMEMLIM=12000 -o pan pan.c
  ./pan -m2000000 > result
  grep -E "errors: |states, stored|states, matched|Depth reached|out of memory|max search depth" result
  grep -q "errors: 0" result && ! grep -qE "out of memory|search depth too small" result
done
