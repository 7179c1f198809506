#!/usr/bin/env bash
# Makes a Debian guest with cgroup v2 and systemd, on a host that has neither, and tries slopegate in it.
# The guests are ordinary processes: no mount, no cgroup and no network interface of this host is changed.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=../lib.sh
. "$here/../lib.sh"

usage() {
  cat >&2 <<'TEXT'
usage: scripts/cgroup2/machine.sh COMMAND [KIND] [ARGUMENT...]

  build              makes the disk images, about 4 minutes
  start KIND         boots a guest and waits until its Docker answers
  do KIND COMMAND    runs a command in it, as root
  check KIND         tries slopegate in it: doctor, the observer's tests against Docker, a rollback, the self-test,
                     an A/A run
  stop KIND          powers it off

KIND is uml or qemu:
  uml    user-mode-linux, kernel 6.1, 1 CPU. It computes at full speed, but a system call takes 90 µs and a new
         process 0.2 s. No pressure figures, no huge pages, no network beyond itself. It sees this host's files under
         /host. For runs under load.
  qemu   an emulated machine, Debian's own kernel, 2 CPUs, 7 to 10 times slower than this host. It has pressure
         figures, huge pages and a network, so apt works. For checks that need no load.

Settings, by environment: VM_DIR (default /var/tmp/slopegate-cgroup2), VM_MEMORY (3G), VM_DISK (12G).
Needs root on Debian or Ubuntu; for `check` a built checkout (npm ci && npm run build) and Docker on this host.
TEXT
  exit 2
}

VM_DIR=${VM_DIR:-/var/tmp/slopegate-cgroup2}
VM_MEMORY=${VM_MEMORY:-3G}
VM_DISK=${VM_DISK:-12G}
repo=$(cd "$here/../.." && pwd)
readonly SSH_PORT=2222 BOOT_SECONDS=600

# What the guest needs to be a usual Docker host, and to run slopegate and its tests.
readonly PACKAGES=(
  systemd systemd-sysv systemd-resolved dbus dbus-user-session udev kmod iproute2 procps ca-certificates
  openssh-server initramfs-tools zstd linux-image-cloud-amd64 docker.io docker-cli docker-compose
  docker-buildx iptables nodejs uidmap slirp4netns rootlesskit podman
)
build() {
  can_apt_install || die "$EXIT_ENVIRONMENT" 'the machine can be made as root on Debian or Ubuntu only.'
  say 'Installing mmdebstrap, e2fsprogs, openssh-client and qemu-system-x86 ...'
  apt_install mmdebstrap e2fsprogs openssh-client qemu-system-x86
  mkdir -p "$VM_DIR/jobs"
  [ -f "$VM_DIR/key" ] || ssh-keygen -q -t ed25519 -N '' -C slopegate-cgroup2 -f "$VM_DIR/key"
  if [ ! -f "$VM_DIR/root.tar" ]; then
    say 'Making the root file system (Debian 13) ...'
    mmdebstrap --format=tar --variant=minbase --mode=root --include="${PACKAGES[*]}" \
      --aptopt='Acquire::Languages "none"' trixie "$VM_DIR/root.part" "$(debian_archive main)" \
      >"$VM_DIR/mmdebstrap.log" 2>&1
    mv "$VM_DIR/root.part" "$VM_DIR/root.tar"
  fi
  local root=$VM_DIR/root kind
  rm -rf "$root" && mkdir "$root" && tar -xf "$VM_DIR/root.tar" -C "$root"
  configure "$root"
  cp -L "$root"/boot/vmlinuz-* "$VM_DIR/vmlinuz"
  cp -L "$root"/boot/initrd.img-* "$VM_DIR/initrd"
  if [ ! -d "$VM_DIR/uml" ]; then
    (cd "$VM_DIR" && apt-get -q download user-mode-linux && dpkg -x user-mode-linux_*.deb uml) >/dev/null 2>&1
  fi
  cp -a "$VM_DIR"/uml/usr/lib/uml/modules/* "$root/lib/modules/"
  for kind in uml qemu; do
    say "Making the disk image of $kind ..."
    rm -f "$VM_DIR/$kind.ext4"
    truncate -s "$VM_DISK" "$VM_DIR/$kind.ext4"
    mke2fs -q -t ext4 -L vm -d "$root" "$VM_DIR/$kind.ext4"
  done
  rm -rf "$root"
}

configure() {
  local root=$1
  echo cgroup2 >"$root/etc/hostname"
  printf '127.0.0.1 localhost\n127.0.1.1 cgroup2\n::1 localhost\n' >"$root/etc/hosts"
  echo 'LABEL=vm / ext4 defaults,noatime 0 1' >"$root/etc/fstab"
  install -d -m 700 "$root/root/.ssh"
  install -m 600 "$VM_DIR/key.pub" "$root/root/.ssh/authorized_keys"
  printf '[Match]\nName=en* eth*\n[Network]\nDHCP=yes\n' >"$root/etc/systemd/network/10-guest.network"
  ln -sf /run/systemd/resolve/resolv.conf "$root/etc/resolv.conf"
  chroot "$root" systemctl -q enable systemd-networkd systemd-resolved ssh docker
  chroot "$root" systemctl -q mask systemd-networkd-wait-online apt-daily.timer apt-daily-upgrade.timer
  # An ordinary user of Docker, as on a developer's machine, and one who may not use it.
  chroot "$root" useradd -m -s /bin/bash -G docker dev
  chroot "$root" useradd -m -s /bin/bash stranger
  install -m 755 "$here/job-lane.sh" "$root/usr/local/bin/job-lane"
  install -m 644 "$here"/*.service "$root/etc/systemd/system/"
  chroot "$root" systemctl -q enable uml-setup job-lane
  install -d "$root/var/log/journal"
}

# The checkout as it is now, under /opt/slopegate.
put_checkout() {
  say 'Copying the checkout ...'
  if [ "$1" = uml ]; then
    guest uml "rm -rf /opt/slopegate && cp -r /host$repo /opt/slopegate"
  else
    tar -C "$repo" -cf - . |
      guest qemu 'rm -rf /opt/slopegate && mkdir -p /opt/slopegate && tar -xf - -C /opt/slopegate'
  fi
}

start() {
  case $1 in
    qemu)
      nice -n 19 qemu-system-x86_64 -name slopegate-cgroup2 -machine q35 -accel tcg,thread=multi -cpu max -smp 2 \
        -m "$VM_MEMORY" -display none -monitor none -serial file:"$VM_DIR/qemu.console" -daemonize \
        -kernel "$VM_DIR/vmlinuz" -initrd "$VM_DIR/initrd" -append 'root=/dev/vda rw console=ttyS0 mitigations=off' \
        -drive file="$VM_DIR/qemu.ext4",if=virtio,format=raw,cache=unsafe \
        -netdev user,id=net,hostfwd=tcp:127.0.0.1:"$SSH_PORT"-:22 -device virtio-net-pci,netdev=net \
        -device virtio-rng-pci
      ;;
    uml)
      rm -f "$VM_DIR/jobs/"*
      # The guest inherits no open file. Otherwise a caller that waits for this script would wait for the guest.
      (
        cd "$VM_DIR"
        TMPDIR=/dev/shm exec setsid uml/usr/bin/linux.uml umid=slopegate mem="$VM_MEMORY" ubd0="$VM_DIR/uml.ext4" \
          root=/dev/ubda rw jobs="$VM_DIR/jobs" \
          con=null con0=null,fd:1 con1=null systemd.unified_cgroup_hierarchy=1 quiet
      ) </dev/null >"$VM_DIR/uml.console" 2>&1 &
      ;;
  esac
  local begun=$SECONDS
  if [ "$1" = uml ]; then
    until [ -f "$VM_DIR/jobs/ready" ]; do
      sleep 1
      [ $((SECONDS - begun)) -lt "$BOOT_SECONDS" ] || die 1 "uml did not boot: see $VM_DIR/uml.console"
    done
  fi
  until guest "$1" 'docker version' >/dev/null 2>&1; do
    sleep 2
    [ $((SECONDS - begun)) -lt "$BOOT_SECONDS" ] || die 1 "Docker in $1 does not answer: see $VM_DIR/$1.console"
  done
  say "$1 is up after $((SECONDS - begun)) s."
}

# guest KIND COMMAND...: uml has no network to this host, so its commands are files that it finds under /host.
guest() {
  local kind=$1 job
  shift
  if [ "$kind" = qemu ]; then
    ssh -q -i "$VM_DIR/key" -p "$SSH_PORT" -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null \
      -o ConnectTimeout=20 -o ServerAliveInterval=20 root@127.0.0.1 "$@"
    return
  fi
  job=$VM_DIR/jobs/$(date +%s%N)
  printf '%s\n' "$*" >"$job.part"
  mv "$job.part" "$job.job"
  until [ -s "$job.rc" ]; do sleep 0.3; done
  cat "$job.out"
  return "$(cat "$job.rc")"
}

# The guest has no network to build images with: this host does it.
images() {
  local -a names=(debian:bookworm-slim debian:trixie-slim slopegate/{waf:bookworm,waf:trixie,origin:1,selftest:1})
  say 'Building the images on this host, and copying them ...'
  "$repo/scripts/ensure-base-images.sh"
  SUITE=bookworm docker compose -f "$repo/docker-compose.yml" build -q
  SUITE=trixie docker compose -f "$repo/docker-compose.yml" build -q
  docker compose -f "$repo/scenarios/selftest/compose.yml" build -q
  docker save -o "$VM_DIR/images.tar" "${names[@]}"
  if [ "$1" = uml ]; then
    guest uml "docker load -q -i /host$VM_DIR/images.tar"
  else
    guest qemu docker load -q <"$VM_DIR/images.tar"
  fi
}

# tried TITLE EXPECTED-EXIT-CODE KIND COMMAND
failed=0
tried() {
  local title=$1 expected=$2 code=0 begun=$SECONDS
  heading "$title"
  guest "$3" "$4" || code=$?
  if [ "$code" = "$expected" ]; then
    detail "as expected (exit code $code), $((SECONDS - begun)) s"
  else
    warn "$title: exit code $code, expected $expected, $((SECONDS - begun)) s"
    failed=$((failed + 1))
  fi
}

check() {
  local in='cd /opt/slopegate &&' run='node bin/slopegate.js run' doctor='node /opt/slopegate/bin/slopegate.js doctor'
  [ -f "$repo/dist/cli/main.js" ] || die "$EXIT_ENVIRONMENT" 'build slopegate first: npm ci && npm run build'
  put_checkout "$1"
  images "$1"
  tried 'doctor, as root' 0 "$1" "$doctor"
  tried 'doctor, as a user in the group docker' 0 "$1" "su dev -c 'cd /tmp; $doctor'"
  tried 'doctor, as a user who may not use Docker' 5 "$1" "su stranger -c 'cd /tmp; $doctor'"
  tried "the observer's tests against Docker" 0 "$1" \
    "$in node node_modules/vitest/vitest.mjs run --project docker-alone test/observe"
  tried 'rollback: FAIL' 1 "$1" "$in $run scripts/cgroup2/rollback.yaml --quiet"
  tried 'the self-test leaks: FAIL' 1 "$1" "$in $run scripts/cgroup2/selftest.yaml --quiet"
  tried 'A/A: PASS, or INCONCLUSIVE on so slow a machine' 0 "$1" \
    "$in { $run scripts/cgroup2/same.yaml --quiet || [ \$? = 3 ]; }"
  [ "$failed" = 0 ] || die 1 "$failed of 7 checks did not end as expected"
}

[ $# -ge 1 ] || usage
command=$1
kind=${2:-}
case $command in
  build) build ;;
  start | do | check | stop)
    case $kind in uml | qemu) ;; *) usage ;; esac
    shift 2
    case $command in
      start) start "$kind" ;;
      do) guest "$kind" "$@" ;;
      check) check "$kind" ;;
      stop) guest "$kind" 'systemctl poweroff --no-block' || true ;;
    esac
    ;;
  *) usage ;;
esac
