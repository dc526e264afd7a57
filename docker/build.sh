#!/bin/bash
# Builds the two images for real and starts what is in them once: docker/Dockerfile as linekeeper, and
# docker/asterisk/Dockerfile as linekeeper-asterisk.
#
# With a container engine (docker, or podman that can pull the bases) it is an ordinary build.
# Where none runs or no image can be pulled, on Debian as root: installs podman and mmdebstrap, makes
# stand-ins for the base images out of Debian packages and this machine's own JDK 25, imports them under the
# bases' names into a store of its own, and builds with podman --isolation=chroot. The Dockerfiles are the
# same; only what FROM finds differs. Nothing is pulled or pushed then.
#
# Usage: docker/build.sh [--stand-ins]     needs target/linekeeper.jar: run `mvn package` first
set -euo pipefail
cd "$(dirname "$0")/.."
cache=${LINEKEEPER_LAB_CACHE:-/var/cache/linekeeper-lab}
runtime=eclipse-temurin:25-jre
debian=debian:sid-slim

say() { printf '==> %s\n' "$*"; }
fail() { printf 'docker/build.sh: %s\n' "$*" >&2; exit 1; }

[ -f target/linekeeper.jar ] || fail "target/linekeeper.jar is missing: run 'mvn package' first"

with_docker() {
  say "a Docker engine runs: ordinary build"
  docker build -t linekeeper -f docker/Dockerfile .
  docker build -t linekeeper-asterisk -f docker/asterisk/Dockerfile .
  docker run --rm --entrypoint java linekeeper -version
  docker run --rm --entrypoint asterisk linekeeper-asterisk -V
}

# A store of our own: the stand-ins must not pass for the real bases in anybody's later builds.
pod() { podman --root "$cache/images" --runroot /run/linekeeper-images --storage-driver overlay "$@"; }

install_tools() {
  [ "$(id -u)" = 0 ] || fail "no container engine runs here; without one this script must be root, on Debian"
  local missing=()
  for tool in podman mmdebstrap; do command -v $tool >/dev/null || missing+=($tool); done
  [ ${#missing[@]} = 0 ] || {
    say "installing ${missing[*]}"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
  }
}

# A JDK 25: JAVA_HOME if it is one, else the first under /usr/lib/jvm.
jdk25() {
  local home
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    [ -x "$home/bin/jlink" ] && grep -q '^JAVA_VERSION="25' "$home/release" 2>/dev/null && { echo "$home"; return; }
  done
  fail "no JDK 25 on this machine to make the stand-in for $runtime from"
}

stand_in_debian() {
  pod image exists "localhost/$debian" && return
  say "stand-in for $debian: Debian sid's packages, by mmdebstrap"
  mmdebstrap --variant=minbase --aptopt='Acquire::Check-Valid-Until "false"' sid "$cache/base-sid.tar" >&2
  pod import "$cache/base-sid.tar" "$debian"
  rm "$cache/base-sid.tar"
}

stand_in_runtime() {
  pod image exists "localhost/$runtime" && return
  local jdk
  jdk=$(jdk25)
  say "stand-in for $runtime: Debian 12's packages and $jdk as /opt/java/openjdk"
  rm -rf "$cache/base-runtime" "$cache/base-runtime.tar"
  mmdebstrap --variant=minbase --include=ca-certificates,tzdata bookworm "$cache/base-runtime" >&2
  mkdir -p "$cache/base-runtime/opt/java"
  "$jdk/bin/jlink" --module-path "$jdk/jmods" --add-modules ALL-MODULE-PATH --no-header-files --no-man-pages \
    --strip-debug --output "$cache/base-runtime/opt/java/openjdk" 2>/dev/null \
    || cp -a "$jdk" "$cache/base-runtime/opt/java/openjdk"
  tar -C "$cache/base-runtime" -cf "$cache/base-runtime.tar" .
  # the same environment as the real image sets
  pod import --change ENV=JAVA_HOME=/opt/java/openjdk \
    --change ENV=PATH=/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    "$cache/base-runtime.tar" "$runtime"
  rm -rf "$cache/base-runtime" "$cache/base-runtime.tar"
}

build() { # image, Dockerfile
  say "building $1 from $2"
  pod build --isolation=chroot --ulimit nofile=1024:1024 --network=host --pull-never --format docker \
    --ignorefile "$2.dockerignore" -t "$1" -f "$2" .
}

# There is no engine to run a container, so what is in the image is started in its root directory, with its own
# process ids, the image's user, docker/config as /etc/linekeeper, and no network but the addresses of compose.yml,
# all of them its own. The last argument is a bash script.
inside() { # image, user, script
  local root status=0
  root=$(pod image mount "$1")
  timeout 300 unshare --mount --net --pid --fork --kill-child bash -c '
    mount -t overlay overlay -o "lowerdir=$1,upperdir=$4/upper,workdir=$4/work" "$4/root"
    mount -t proc proc "$4/root/proc"; mount --bind /dev "$4/root/dev"
    ip link set lo up
    for host in 11 12 20 31 32 33; do ip address add 198.18.0.$host/32 dev lo; done
    mkdir -p "$4/root/etc/linekeeper" && mount --bind -o ro docker/config "$4/root/etc/linekeeper"
    exec chroot --userspec="$2" "$4/root" /bin/bash -c "$3"' \
    inside "$root" "$2" "$3" "$(scratch)" || status=$?
  pod image unmount "$1" >/dev/null
  return $status
}

# Somewhere to write: images are mounted to be read.
scratch() {
  local directory=$cache/scratch
  rm -rf --one-file-system "$directory"
  mkdir -p "$directory"/{upper,work,root}
  echo "$directory"
}

with_stand_ins() {
  install_tools
  mkdir -p "$cache"
  stand_in_debian
  stand_in_runtime
  build linekeeper docker/Dockerfile
  build linekeeper-asterisk docker/asterisk/Dockerfile
  say "user of linekeeper: $(pod image inspect --format '{{.Config.User}}' linekeeper)"
  say "health check: $(pod image inspect --format '{{.HealthCheck.Test}}' linekeeper)"
  say "linekeeper answers, as its own user:"
  inside linekeeper 997:997 'export HOME=/var/lib/linekeeper JAVA_HOME=/opt/java/openjdk
    cd $HOME && touch journal-can-be-written && /opt/java/openjdk/bin/java -jar /opt/linekeeper/linekeeper.jar --version
    status=$?; if healthy 2>/dev/null; then echo "healthy with nothing running"; exit 1; fi; exit $status'
  say "linekeeper has what a floating address needs:"
  inside linekeeper 997:997 'command -v ip nft arping ndptool'
  # compose.yml has three; alone the first start would wait for the others, so this one is told that there are none
  say "linekeeper makes keys, starts alone with the files of compose.yml but for watchers, without PBXs, and is healthy:"
  inside linekeeper 997:997 'export HOME=/var/lib/linekeeper PATH=/opt/java/openjdk/bin:$PATH AMI_SECRET=x WATCHER=watcher-1
    linekeeper() { java -jar /opt/linekeeper/linekeeper.jar "$@"; }
    keys() { linekeeper keys --out /keys watcher-1=198.18.0.31 watcher-2=198.18.0.32 witness=198.18.0.33; }
    cd $HOME
    keys && keys | grep "Nothing was missing" || exit 1
    cp -r /etc/linekeeper /tmp/config
    sed -i "/^watchers:/,/^\$/d" /tmp/config/linekeeper.yml
    DEMO_CARRIER_BIND=0.0.0.0 linekeeper demo-carrier >/tmp/carrier 2>&1 &
    linekeeper --config /tmp/config >/tmp/output 2>&1 &
    for i in {1..300}; do healthy 2>/dev/null && exit 0; sleep 0.5; done
    echo "not healthy"; cat /tmp/output /tmp/carrier; exit 1'
  say "linekeeper-asterisk starts, as its own user, with gate, canary and manager user:"
  inside linekeeper-asterisk asterisk:asterisk 'export HOME=/ PBX_NAME=trial "AMI_SECRET=a/b&c;d+==" CARRIER=198.18.0.20 PEER=198.18.0.12
    export WATCHERS="198.18.0.31 198.18.0.32 198.18.0.33"
    start-pbx >/tmp/output 2>&1 &
    for i in {1..100}; do asterisk -rx "core waitfullybooted" >/dev/null 2>&1 && break; sleep 0.2; done
    asterisk -V
    asterisk -rx "dialplan show from-carrier" | grep -q lk-canary || { echo "no canary"; cat /tmp/output; exit 1; }
    asterisk -rx "dialplan show linekeeper-gate" | grep -q "Hangup(42)" || { echo "no gate"; exit 1; }
    asterisk -rx "manager show user linekeeper" | grep -q "call,reporting,originate" || { echo "no manager user"; exit 1; }
    login() { # whose address: a connection to an address of this machine comes from there too
      exec 3<>/dev/tcp/$1/5038
      printf "Action: Login\r\nUsername: linekeeper\r\nSecret: %s\r\n\r\n" "$AMI_SECRET" >&3
      timeout 2 cat <&3 | grep -q "Authentication accepted"
    }
    for watcher in $WATCHERS; do login $watcher || { echo "no login with the secret as given from $watcher"; exit 1; }; done
    ! login $CARRIER || { echo "a login from elsewhere"; exit 1; }
    asterisk -rx "pjsip show endpoint carrier" | grep -q from-carrier || { echo "no trunk"; exit 1; }'
}

if [ "${1:-}" != --stand-ins ] && command -v docker >/dev/null && docker info >/dev/null 2>&1; then
  with_docker
else
  with_stand_ins
fi
say "built linekeeper and linekeeper-asterisk"
