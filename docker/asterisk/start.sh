#!/bin/bash
# Starts one PBX of the pair. PBX_NAME: in its Server header. AMI_SECRET: Linekeeper's. WATCHER, CARRIER: IPv4
# addresses that AMI and the trunk accept.
set -eu
cd /etc/asterisk
for name in PBX_NAME AMI_SECRET WATCHER CARRIER; do
  [ -n "${!name:-}" ] || { echo "start-pbx: $name is not set; see docker/compose.yml" >&2; exit 2; }
done
sed -i "s/@PBX_NAME@/$PBX_NAME/; s/@CARRIER@/$CARRIER/" pjsip.conf
sed -i "s/^secret = .*/secret = $AMI_SECRET/; s/^permit = .*/permit = $WATCHER\/255.255.255.255/" manager-linekeeper.conf
exec asterisk -f -n -C /etc/asterisk/asterisk.conf
