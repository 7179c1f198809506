#!/bin/bash
# Runs as process 1 of the namespaces that clean-room.sh made: turns ROOT into
# the root directory, clones REPO there and runs COMMAND in the clone.
set -euo pipefail
root=$1 repo=$2 command=$3

hostname clean-room
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount -t sysfs sysfs "$root/sys"
mount --rbind /sys/fs/cgroup "$root/sys/fs/cgroup"
mount --rbind /dev "$root/dev"
mount -t tmpfs tmpfs "$root/dev/shm"
mount -t tmpfs tmpfs "$root/run"
mount -t tmpfs tmpfs "$root/tmp"

# A real change of root and not a chroot, because runc must be able to pivot again.
cd "$root"
mkdir -p srv/outside
pivot_root . srv/outside
cd /
umount -l /srv/outside
rmdir /srv/outside

settings=(HOME=/root LANG=C.UTF-8 "TERM=${TERM:-dumb}"
  PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin)
for name in CI http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY; do
  if [ -n "${!name:-}" ]; then settings+=("$name=${!name}"); fi
done

# Without exec: this process must stay, to reap the daemons that the command leaves.
status=0
# shellcheck disable=SC2016 # expanded inside
env -i "${settings[@]}" bash -euc '
  mkdir -p /run/lock
  git clone --quiet "$1" /root/slopegate
  cd /root/slopegate
  eval "$2"
' clean-room "$repo" "$command" || status=$?
exit "$status"
