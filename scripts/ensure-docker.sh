#!/usr/bin/env bash
# Makes sure that a Docker daemon answers and that `docker compose` is v2.
# Does nothing if both are true already. As root on Debian and Ubuntu it installs
# and starts them. Otherwise it says what to install and exits with 5.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source-path=SCRIPTDIR source=lib.sh
. ./lib.sh

readonly START_LIMIT=60
readonly LOCAL_SOCKET=/var/run/docker.sock

ready() { have docker && daemon_answers && compose_v2_works; }

report_ready() {
  say "Docker is ready: engine $(docker version --format '{{.Server.Version}}')," \
    "compose $(docker compose version --short)."
}

what_to_install() {
  case $(uname -s) in
    Darwin)
      echo 'Install and start Docker Desktop' \
        '(or OrbStack, or Colima with the docker CLI and its compose plugin).'
      ;;
    Linux)
      if can_reach_socket; then
        echo 'Install Docker Engine 20.10 or newer and its compose plugin (v2), start the daemon,' \
          'then run this again. As root on Debian or Ubuntu this script does it for you.'
      else
        echo "The daemon's socket $LOCAL_SOCKET exists, but this user may not open it." \
          "Join the docker group (usermod -aG docker \"\$USER\", then log in again), or run as root."
      fi
      ;;
    *)
      echo 'Install Docker Engine 20.10 or newer and its compose plugin (v2).' \
        'On Windows use WSL 2 with Docker Desktop.'
      ;;
  esac
}
can_reach_socket() { [ ! -S "$LOCAL_SOCKET" ] || [ -w "$LOCAL_SOCKET" ]; }

refuse_unless_installable() {
  local missing='no Docker daemon answers'
  if ! have docker; then
    missing='there is no docker command on the PATH'
  elif daemon_answers; then
    missing='the daemon answers, but the docker command has no compose v2'
  elif [ -n "${DOCKER_HOST:-}${DOCKER_CONTEXT:-}" ]; then
    die "$EXIT_ENVIRONMENT" 'DOCKER_HOST or DOCKER_CONTEXT names a daemon that does not answer.' \
      'Start that daemon, or unset the variable to use the local one.'
  fi
  if ! can_apt_install; then die "$EXIT_ENVIRONMENT" "$missing. $(what_to_install)"; fi
}

# --- installing ---------------------------------------------------------------

# Sets $packages and, if this release has no Compose v2, $borrow.
choose_packages() {
  packages=() borrow=''
  have dockerd || packages+=(docker.io iptables)
  if have docker && compose_v2_works; then return; fi
  if dpkg -s docker-ce >/dev/null 2>&1; then
    packages+=(docker-compose-plugin docker-buildx-plugin)
  elif [ -n "$(apt_candidate docker-compose-v2)" ]; then # Ubuntu
    packages+=(docker-compose-v2 docker-buildx)
  elif dpkg --compare-versions "$(apt_candidate docker-compose)" ge 2; then # Debian 13 on
    packages+=(docker-cli docker-compose docker-buildx)
  elif can_borrow_from_trixie; then # Debian 12
    packages+=(docker-cli docker-compose docker-buildx)
    borrow=trixie
  else
    die "$EXIT_ENVIRONMENT" "this release offers no Compose v2 package. $(what_to_install)"
  fi
}

can_borrow_from_trixie() {
  [ -n "$(debian_archive main)" ] && dpkg --compare-versions "$(dpkg-query -W -f '${Version}' libc6)" ge 2.34
}

# Installs from a private apt configuration: the host's sources plus one more
# Debian release. Its priority is so low that only the requested packages come
# from it. The host's own configuration and package lists do not change.
install_borrowing() { # install_borrowing RELEASE PACKAGE...
  local release=$1 conf archive wanted=() package status=0
  shift
  conf=$(mktemp -d)
  chmod 755 "$conf"
  archive=$(debian_archive main)
  mkdir -p "$conf/sources.d" "$conf/preferences.d" "$conf/lists/partial"
  cp /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list "$conf/sources.d/" 2>/dev/null || true
  cp /etc/apt/preferences.d/* "$conf/preferences.d/" 2>/dev/null || true
  printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: %s\n' \
    "$archive" "$release" "$(debian_keyring "$archive")" >"$conf/sources.d/slopegate-$release.sources"
  printf 'Package: *\nPin: release n=%s\nPin-Priority: 50\n' "$release" >"$conf/preferences.d/slopegate-$release"
  for package in "$@"; do
    if [ "$package" = iptables ]; then wanted+=("$package"); else wanted+=("$package/$release"); fi
  done
  local options=(-o "Dir::Etc::SourceParts=$conf/sources.d" -o "Dir::Etc::PreferencesParts=$conf/preferences.d"
    -o "Dir::State::Lists=$conf/lists")
  if ! { quiet_apt "${options[@]}" update && quiet_apt "${options[@]}" install "${wanted[@]}"; }; then status=1; fi
  rm -rf "$conf"
  return "$status"
}

install_packages() {
  with_apt_lock quiet_apt update || warn 'the package lists could not be refreshed'
  choose_packages
  if [ "${#packages[@]}" = 0 ]; then return; fi
  if [ -n "$borrow" ]; then
    say "Installing ${packages[*]} (from Debian $borrow, pinned low) ..."
    with_apt_lock install_borrowing "$borrow" "${packages[@]}" ||
      die "$EXIT_ENVIRONMENT" "installing them failed. $(what_to_install)"
  else
    say "Installing ${packages[*]} ..."
    with_apt_lock quiet_apt install "${packages[@]}" ||
      die "$EXIT_ENVIRONMENT" "installing them failed. $(what_to_install)"
  fi
  hash -r
}

# The docker on the PATH may be another build than the installed one, and may
# look for its plugins elsewhere. But every client reads its own config directory.
link_plugins() {
  local name source
  if compose_v2_works; then return; fi
  for name in docker-compose docker-buildx; do
    for source in /usr/libexec/docker/cli-plugins /usr/lib/docker/cli-plugins; do
      if [ -x "$source/$name" ]; then
        mkdir -p "${DOCKER_CONFIG:-$HOME/.docker}/cli-plugins"
        ln -sfn "$source/$name" "${DOCKER_CONFIG:-$HOME/.docker}/cli-plugins/$name"
        break
      fi
    done
  done
}

# --- starting -----------------------------------------------------------------

start_daemon() {
  if daemon_answers; then return; fi
  if [ -d /run/systemd/system ]; then
    say 'Starting docker with systemctl ...'
    systemctl start docker || true
    if wait_for_ping ''; then return; fi
    journalctl -u docker -n 20 --no-pager >&2 || true
    die "$EXIT_ENVIRONMENT" 'systemd could not start docker; the lines above say why.'
  fi
  start_detached
}

start_detached() {
  local log=/var/log/slopegate-dockerd.log pid
  if ! : >>"$log" 2>/dev/null; then log=$(mktemp -d)/dockerd.log; fi
  say "Starting dockerd (no init manages it here); it logs to $log ..."
  printf -- '--- started by ensure-docker.sh\n' >>"$log"
  # The daemon must not inherit the descriptor of the lock.
  setsid nohup dockerd >>"$log" 2>&1 </dev/null 9>&- &
  pid=$!
  if ! wait_for_ping "$pid"; then
    say "Last lines of $log:"
    tail -n 20 "$log" >&2
    die "$EXIT_ENVIRONMENT" "dockerd did not come up (limit: ${START_LIMIT} s). $(hint_for "$log")"
  fi
  say "dockerd is left running; stop it with: kill \$(cat /var/run/docker.pid)"
}

wait_for_ping() { # wait_for_ping PID: stops early when that process is gone
  local deadline=$((SECONDS + START_LIMIT))
  while [ "$SECONDS" -lt "$deadline" ]; do
    if daemon_answers; then return 0; fi
    if [ -n "$1" ] && ! kill -0 "$1" 2>/dev/null; then return 1; fi
    sleep 0.3
  done
  return 1
}

hint_for() { # hint_for LOG
  local recent
  recent=$(tail -n 40 "$1")
  case $recent in
    *'cgroup'*'mount'*)
      echo 'Hint: the control groups are not mounted under /sys/fs/cgroup. Mount them, then try again.'
      ;;
    *iptables* | *nf_tables*)
      echo 'Hint: the firewall tables could not be set up. If the kernel lacks nf_tables, switch with:' \
        'update-alternatives --set iptables /usr/sbin/iptables-legacy. A container needs --privileged.'
      ;;
    *overlay* | *'graph driver'* | *'storage-driver'*)
      echo 'Hint: the storage driver failed. /var/lib/docker must be on a file system such as ext4 or xfs,' \
        'and not on an overlay.'
      ;;
    *'permission denied'* | *'operation not permitted'*)
      echo 'Hint: a Docker daemon needs more privileges than this environment gives.' \
        'If this is a container, start it with --privileged.'
      ;;
    *) echo 'Hint: the log above names the cause.' ;;
  esac
}

# --- main ---------------------------------------------------------------------

if ready; then
  report_ready
  exit 0
fi
refuse_unless_installable

mkdir -p /run/lock
exec 9>/run/lock/slopegate-docker.lock
flock -w 900 9 || die 1 'another ensure-docker.sh has been at work for 15 minutes; giving up'
if ready; then # the other one did it
  report_ready
  exit 0
fi
SECONDS=0
if ! have dockerd || ! have docker || ! compose_v2_works; then install_packages; fi
link_plugins
start_daemon
link_plugins
if ! ready; then
  daemon=$(daemon_answers && echo answers || echo silent)
  compose=$(compose_v2_works && echo yes || echo no)
  die "$EXIT_ENVIRONMENT" "Docker is installed, but still not usable (daemon: $daemon, compose v2: $compose)." \
    "$(what_to_install)"
fi
report_ready
detail "took $SECONDS s"
