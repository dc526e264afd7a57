#!/bin/sh
# Goes through every state of the models beside it and says how many there are; then sees that each known way to be wrong
# is found out. Fails if anything is otherwise. Needs the Debian packages spin and gcc, 5 GB and some ten minutes.
set -eu
models=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# Arguments: the model, and what it is to be different in.
run() {
  model=$1
  shift
  spin -a "$@" "$models/$model.pml" > spin.log
  gcc -O2 -w -DSAFETY -DCOLLAPSE -DNOREDUCE -DMEMLIM=14000 -o pan pan.c
  ./pan -m40000000 > result
  if grep -qE "out of memory|search depth too small" result; then
    echo "$model $*: not all of it was searched" >&2
    exit 1
  fi
  errors=$(sed -n 's/.*errors: \([0-9]*\).*/\1/p' result)
  states=$(sed -n 's/^ *\([0-9.e+]*\) states, stored.*/\1/p' result)
  echo "$model $*: $states states, errors: $errors"
}

right() {
  run "$@"
  [ "$errors" = 0 ]
}

wrong() {
  run "$@"
  [ "$errors" != 0 ]
}

right lease
right lease -DLATE=2
right lease -DLAG=3
right keep
right keep -DLAG=3
right right
right right -DHOLDS=3 -DTERMS=5
for flaw in 1 2 3 4 5 6 7 8 9 10; do
  wrong lease -DFLAW=$flaw
done
for flaw in 1 2 3 4 5 6 7 8 9 10; do
  wrong keep -DFLAW=$flaw
done
wrong lease -DTENURE=1
wrong right -DWAITS=1
echo "All as it should be."
