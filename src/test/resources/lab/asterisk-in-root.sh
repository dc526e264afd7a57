#!/bin/bash
# Runs one Asterisk of the lab; started as: ip netns exec NS unshare -m -u --propagation private THIS ROOT DIR
# ROOT is a Debian root with Asterisk in it, shared by all and never written; DIR has this PBX's etc, lib,
# log, spool and run. Every step is an exec, so the process keeps the id that the test knows, and with
# its last process the mounts are gone as well, even after kill -9.
set -eu
root=$1 dir=$2
mount --bind "$root" "$root"
for pair in etc:etc/asterisk lib:var/lib/asterisk log:var/log/asterisk spool:var/spool/asterisk run:run tmp:tmp; do
  mkdir -p "$dir/${pair%%:*}"
  mount --bind "$dir/${pair%%:*}" "$root/${pair#*:}"
done
# a disk of its own for AstDB, with what is there already, that can be filled without harm
if [ -e "$dir/small-disk" ]; then
  mount -t tmpfs -o "size=$(cat "$dir/small-disk")" small "$root/var/lib/asterisk"
  cp -a "$dir/lib/." "$root/var/lib/asterisk/"
fi
mkdir -p "$dir/run/asterisk"
mount --bind /dev "$root/dev"
# Asterisk looks up its own host's name at each call; there is no name server in the lab
mount --bind "$dir/hosts" "$root/etc/hosts"
hostname "$(basename "$dir")"
mount -t proc proc "$root/proc"
exec chroot "$root" /usr/sbin/asterisk -f -n -C /etc/asterisk/asterisk.conf
