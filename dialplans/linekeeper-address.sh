#!/bin/sh
# The floating address on the PRIMARY's host. Install as /usr/local/sbin/linekeeper-address, mode 755, and fill in below.
#   linekeeper-address take      takes it, unless another host answers for it; status 0: this host has it
#   linekeeper-address release   lets go of it; status 0: this host does not have it
# At boot run "take" too, after the network is up (linekeeper-address.service in docs/OPERATIONS.md), and never configure the
# address statically: a primary that comes back while the standby has it must not have it as well.
# Needs iproute2 and, for IPv4, iputils-arping; for IPv6 the kernel's own duplicate address detection is used.
set -u
DEV=${LINEKEEPER_DEV:-eth0}
ADDRESSES=${LINEKEEPER_ADDRESSES:-192.0.2.100/24}
# at least the length of a second watch at a stuck neighbour table: two questions, a second apart
PATIENCE=2

has() { [ -n "$(ip -o addr show dev "$DEV" to "${1%/*}")" ]; }

take() {
  for a in $ADDRESSES; do
    has "$a" && continue
    case $a in
      *:*)
        ip -6 addr add "$a" dev "$DEV" || exit 1
        # tentative until the kernel has asked; dadfailed if somebody else has it
        n=0
        while ip -6 -o addr show dev "$DEV" to "${a%/*}" | grep -q tentative; do
          n=$((n + 1))
          if [ $n -gt 40 ] || ip -6 -o addr show dev "$DEV" to "${a%/*}" | grep -q dadfailed; then
            ip -6 addr del "$a" dev "$DEV"
            echo "another host has $a; not taken" >&2
            exit 1
          fi
          sleep 0.1
        done
        ;;
      *)
        if ! arping -D -q -c $PATIENCE -w $((PATIENCE + 1)) -I "$DEV" "${a%/*}"; then
          echo "another host answers for $a; not taken" >&2
          exit 1
        fi
        ip addr add "$a" dev "$DEV" || exit 1
        (arping -q -U -c 3 -I "$DEV" "${a%/*}" >/dev/null 2>&1 &)
        ;;
    esac
  done
  echo "this host has $ADDRESSES"
}

release() {
  # at once, and in one process together with the look at what is left: callers wait
  left=$(
    {
      for a in $ADDRESSES; do
        echo "addr del $a dev $DEV"
        echo "addr show dev $DEV to ${a%/*}"
      done
      echo "link show dev $DEV"
    } | ip -force -o -batch - 2>/dev/null
  )
  case $left in
    *" inet "* | *" inet6 "*)
      echo "$DEV still has one of $ADDRESSES" >&2
      exit 1
      ;;
    *": $DEV:"* | *": $DEV@"* | *"altname $DEV"*) echo "this host does not have $ADDRESSES" ;;
    *)
      # without the device nobody has the address on it, but who knows whether this is the right name
      echo "ip does not show $DEV" >&2
      exit 1
      ;;
  esac
}

case ${1:-} in
  take) take ;;
  release) release ;;
  *) echo "usage: linekeeper-address take|release" >&2; exit 2 ;;
esac
