#!/usr/bin/env bash
# Proves that a newcomer succeeds: makes a bare Debian 12 (apt, certificates, git,
# Node 20, npm 11; no Docker), clones the repository into it and runs a command
# there, in its own process, mount and network namespaces. So the Docker daemon
# that the command installs and starts is separate from this host's daemon.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$here/lib.sh"

usage() {
  cat >&2 <<'TEXT'
usage: scripts/clean-room.sh [--keep] [REPO [COMMAND...]]

  REPO      path or URL to clone (default: this repository, as committed)
  COMMAND   run by bash in the clone (default: npm run check)
  --keep    leave the room's directory behind, to look into

Ends with the exit code of COMMAND. Needs root on Debian or Ubuntu, and 5 GB on a
real file system (not overlay, not tmpfs) under TMPDIR, by default /var/tmp.
TEXT
  exit 2
}

keep=''
while [ $# -gt 0 ]; do
  case $1 in
    --keep) keep=yes ;;
    -h | --help | -*) usage ;;
    *) break ;;
  esac
  shift
done
repo=${1:-$(git -C "$here" rev-parse --show-toplevel)}
if [ $# -gt 0 ]; then shift; fi
command=${*:-npm run check}

can_apt_install || die "$EXIT_ENVIRONMENT" 'a clean room needs root on Debian or Ubuntu.'
base=${TMPDIR:-/var/tmp}
case $(stat -f -c %T "$base") in
  overlay* | tmpfs)
    die "$EXIT_ENVIRONMENT" "Docker cannot keep its layers on the file system of $base." \
      'Set TMPDIR to a directory on ext4 or xfs.'
    ;;
esac

room=$(mktemp -d "$base/slopegate-room.XXXXXX")
root=$room/root
netns=sgroom$$
inhabitant=''
subnet=10.213.$(($$ % 250)) # inside the host's own view only
forwarding=$(cat /proc/sys/net/ipv4/ip_forward)

# shellcheck disable=SC2317 # called by the trap
cleanup() {
  trap - EXIT INT TERM
  empty_room
  firewall -D 2>/dev/null || true
  ip link delete "${netns}h" 2>/dev/null || true
  ip netns delete "$netns" 2>/dev/null || true
  if [ "$forwarding" = 0 ] && ! [ -d /sys/class/net/docker0 ]; then echo 0 >/proc/sys/net/ipv4/ip_forward; fi
  remove_cgroups
  if [ -n "$keep" ]; then say "The room is kept at $root"; else rm -rf --one-file-system "$room"; fi
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# shellcheck disable=SC2317 # called by cleanup
empty_room() {
  if [ -n "$inhabitant" ]; then kill -KILL "$inhabitant" 2>/dev/null || true; fi
  for _ in $(seq 50); do
    # Without the 0, return would give the exit code of the command before the trap.
    if [ -z "$(ip netns pids "$netns" 2>/dev/null)" ]; then return 0; fi
    sleep 0.2
  done
}

# The containers of the room ended with it, but their empty control groups remain.
# shellcheck disable=SC2317 # called by cleanup
remove_cgroups() {
  local id group
  for id in "$root"/var/lib/docker/containers/*; do
    if ! [ -d "$id" ]; then continue; fi
    for group in /sys/fs/cgroup/docker/"${id##*/}" /sys/fs/cgroup/*/docker/"${id##*/}"; do
      if [ -d "$group" ]; then rmdir "$group" 2>/dev/null || true; fi
    done
  done
}

# --- the file system --------------------------------------------------------------

# From npm, so that the room has the original Node, whatever this host has.
unpack_node() {
  local arch name
  arch=$(node -p process.arch)
  (cd "$room" && npm pack --silent --loglevel=error "node-linux-$arch@20" npm@11 >/dev/null)
  mkdir -p "$root/usr/local/lib/node_modules/npm"
  tar -xzf "$room"/node-linux-*.tgz -C "$root/usr/local" --strip-components=1 package/bin
  tar -xzf "$room"/npm-*.tgz -C "$root/usr/local/lib/node_modules/npm" --strip-components=1
  for name in npm npx; do
    ln -s "../lib/node_modules/npm/bin/$name-cli.js" "$root/usr/local/bin/$name"
    chmod +x "$root/usr/local/lib/node_modules/npm/bin/$name-cli.js"
  done
}

copy_settings() {
  local file
  cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
  cp -r /usr/local/share/ca-certificates "$root/usr/local/share/" 2>/dev/null || true
  if [ -f "$HOME/.npmrc" ]; then install -m 600 "$HOME/.npmrc" "$root/root/.npmrc"; fi
  file=$(npm config get globalconfig --loglevel=error)
  if [ -f "$file" ]; then install -D -m 644 "$file" "$root/usr/local/etc/npmrc"; fi
  # The room's network cannot reach a resolver on this host's loopback.
  file=/etc/resolv.conf
  if grep -q '^nameserver 127\.' "$file" && [ -f /run/systemd/resolve/resolv.conf ]; then
    file=/run/systemd/resolve/resolv.conf
  fi
  rm -f "$root/etc/resolv.conf"
  cp "$file" "$root/etc/resolv.conf"
  cp /etc/hosts "$root/etc/hosts"
  echo clean-room >"$root/etc/hostname"
  echo '127.0.0.1 clean-room' >>"$root/etc/hosts"
}

make_root() {
  local packages=()
  have mmdebstrap || packages+=(mmdebstrap debian-archive-keyring)
  have ip || packages+=(iproute2)
  have iptables || packages+=(iptables)
  have git || packages+=(git)
  if [ "${#packages[@]}" -gt 0 ]; then apt_install "${packages[@]}"; fi
  read_debian_archives
  debian_root bookworm all "$root" --include=ca-certificates,git </dev/null
  unpack_node
  copy_settings
  if [ -d "$repo" ]; then
    git clone --quiet --bare --no-local "$repo" "$root/srv/repository.git"
    repo=/srv/repository.git
  fi
}

# --- the network --------------------------------------------------------------------

firewall() { # firewall -I|-D
  iptables -t nat "$1" POSTROUTING -s "$subnet.0/30" -j MASQUERADE
  iptables "$1" FORWARD -i "${netns}h" -j ACCEPT
  iptables "$1" FORWARD -o "${netns}h" -j ACCEPT
}

make_network() {
  ip netns add "$netns"
  # The MTU is 1500 even if this host's own is smaller. Docker's bridge in the
  # room has 1500, and a link with a smaller MTU would drop packets without
  # telling the sender.
  ip link add "${netns}h" type veth peer name eth0 netns "$netns"
  ip address add "$subnet.1/30" dev "${netns}h"
  ip link set "${netns}h" up
  ip -n "$netns" address add "$subnet.2/30" dev eth0
  ip -n "$netns" link set lo up
  ip -n "$netns" link set eth0 up
  ip -n "$netns" route add default via "$subnet.1"
  echo 1 >/proc/sys/net/ipv4/ip_forward
  firewall -I
}

# --- main -----------------------------------------------------------------------------

heading '[1/3] making a bare Debian 12'
begun=$SECONDS
make_root
detail "$(du -sh --one-file-system "$root" | cut -f1), took $((SECONDS - begun)) s"
heading '[2/3] giving it a network of its own'
make_network
heading "[3/3] in the room: $command"
begun=$SECONDS status=0
mkdir -p "$root/srv"
install -m 755 "$here/clean-room-enter.sh" "$root/srv/enter.sh"
# Everything in the room ends with unshare, also the room's Docker daemon.
# It runs in the background, so that this script can react to a signal at once.
nsenter --net="/run/netns/$netns" \
  unshare --mount --uts --ipc --pid --fork --kill-child=SIGKILL \
  "$root/srv/enter.sh" "$root" "$repo" "$command" </dev/null &
inhabitant=$!
wait "$inhabitant" || status=$?
heading "The room's command ended with $status after $((SECONDS - begun)) s."
exit "$status"
