#!/bin/bash
# Starts one PBX of the pair. PBX_NAME: in its Server header. AMI_SECRET: Linekeeper's. WATCHERS: the IPv4 addresses
# that AMI accepts, with spaces between. CARRIER: the one that the trunk accepts. PEER: the other PBX's. The two call one
# another with the same secret.
set -eu
cd /etc/asterisk
for name in PBX_NAME AMI_SECRET WATCHERS CARRIER PEER; do
  [ -n "${!name:-}" ] || { echo "start-pbx: $name is not set; see docker/compose.yml" >&2; exit 2; }
done

# Not by sed, to which / and & mean something: a secret may hold any character.
fill() { # file, how the line begins, what is to follow: a line for each
  local line
  while IFS= read -r line; do
    if [[ $line == "$2"* ]]; then printf "$2%s\n" "${@:3}"; else printf '%s\n' "$line"; fi
  done <"$1" >"$1.filled"
  mv "$1.filled" "$1"
}
sed -i "s/@PBX_NAME@/$PBX_NAME/; s/@CARRIER@/$CARRIER/" pjsip.conf
# to Asterisk a bare ; begins a comment
fill manager-linekeeper.conf 'secret = ' "${AMI_SECRET//;/\\;}"
read -ra watchers <<<"$WATCHERS"
fill manager-linekeeper.conf 'permit = ' "${watchers[@]/%//255.255.255.255}"
fill pjsip-linekeeper-peer.conf 'password = ' "${AMI_SECRET//;/\\;}"
fill pjsip-linekeeper-peer.conf 'contact = ' "sip:$PEER:5060"
exec asterisk -f -n -C /etc/asterisk/asterisk.conf
