#!/bin/bash
# Is Linekeeper doing its job? Asks its health page; 0 if it says UP. LINEKEEPER_HEALTH_PORT, if the page is
# not on 8080.
set -u
port=${LINEKEEPER_HEALTH_PORT:-8080}
exec 3<>"/dev/tcp/127.0.0.1/$port" || exit 1
printf 'GET /actuator/health/liveness HTTP/1.0\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
answer=$(timeout 2 cat <&3)
[[ $answer == *'"status":"UP"'* ]]
