#!/bin/bash
# For a standby whose trunk registers with the provider (README.md, "If Linekeeper dies"):
#   linekeeper-alone.sh REGISTRATION OTHER-HOST [OTHER-PORT]
# Does something only once nobody keeps this PBX's gate closed any more, which means that Linekeeper is dead or sees
# no PBX serve. Then it registers this PBX if nothing listens at the other one (its AMI port unless told otherwise), and
# unregisters it again when the other one is back. Linekeeper, when it is back, puts right whatever it finds.
set -u
PATH=/usr/sbin:/usr/bin:/sbin:/bin:$PATH   # cron knows no sbin
registration=$1 other=$2 port=${3:-5038}

until=$(asterisk -rx 'dialplan show globals' | sed -n 's/^ *LK_CLOSED_UNTIL=\([0-9]*\).*/\1/p')
# 0 or unset: it serves, or has restarted and registers by itself
if [ "${until:-0}" -eq 0 ] || [ "$until" -ge "$(date +%s)" ]; then
  exit 0
fi

listens() {
  timeout 2 bash -c "exec 3<>/dev/tcp/$other/$port" 2>/dev/null
}
registered() {
  asterisk -rx 'pjsip show registrations' | grep "^ *$registration/" | grep -qw Registered
}

# one lost packet is no reason, so it is asked three times
if listens || listens || listens; then
  if registered; then asterisk -rx "pjsip send unregister $registration"; fi
elif ! registered; then
  asterisk -rx "pjsip send register $registration"
fi
