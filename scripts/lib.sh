# shellcheck shell=bash
# Functions of the scripts in this folder; sourced, never run.
# Works with bash 3.2, because users of macOS run it too before they are told what to install.

# Exit code 5: the environment lacks something; the message says what to install.
export EXIT_ENVIRONMENT=5

if [ -t 2 ] && [ -z "${NO_COLOR:-}" ] && [ "${TERM:-dumb}" != dumb ]; then
  _bold=$'\033[1m' _dim=$'\033[2m' _red=$'\033[31m' _yellow=$'\033[33m' _off=$'\033[0m'
else
  _bold='' _dim='' _red='' _yellow='' _off=''
fi

heading() { printf '%s%s%s\n' "$_bold" "$*" "$_off" >&2; }
say() { printf '%s\n' "$*" >&2; }
detail() { printf '%s  %s%s\n' "$_dim" "$*" "$_off" >&2; }
warn() { printf '%swarning:%s %s\n' "$_yellow" "$_off" "$*" >&2; }
die() { # die CODE MESSAGE...
  local code=$1
  shift
  printf '%serror:%s %s\n' "$_red" "$_off" "$*" >&2
  exit "$code"
}

have() { command -v "$1" >/dev/null 2>&1; }

# bounded SECONDS COMMAND...: coreutils' timeout where it exists (macOS has none).
bounded() {
  local seconds=$1
  shift
  if have timeout; then timeout "$seconds" "$@"; else "$@"; fi
}

# --- Docker -----------------------------------------------------------------

daemon_answers() { bounded 10 docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }
compose_v2_works() { docker compose version --short 2>/dev/null | grep -Eq '^v?([2-9]|[1-9][0-9]+)\.'; }

# --- apt --------------------------------------------------------------------

can_apt_install() { [ "$(id -u)" = 0 ] && have apt-get && have dpkg; }

# Only one of our scripts uses apt at a time, and each waits for other users of
# dpkg. apt-get update does not wait for its own lock, so it is tried again.
with_apt_lock() {
  (
    flock -w 600 8 || die 1 'another slopegate script has held the apt lock for 10 minutes'
    "$@" 8>&-
  ) 8>/run/lock/slopegate-apt.lock
}

# quiet_apt OPTIONS... COMMAND...: shows apt's own output only when it fails.
quiet_apt() {
  local log attempt status=0
  log=$(mktemp)
  for attempt in 1 2 3 4 5; do
    status=0
    DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 \
      -o APT::Install-Recommends=false "$@" >"$log" 2>&1 </dev/null || status=$?
    if [ "$status" = 0 ] || ! grep -q 'Could not get lock' "$log"; then break; fi
    sleep $((attempt * 2))
  done
  if [ "$status" != 0 ]; then
    warn "apt-get failed with exit code $status; its last lines:"
    tail -n 15 "$log" >&2
  fi
  rm -f "$log"
  return "$status"
}

apt_install() { with_apt_lock quiet_apt update && with_apt_lock quiet_apt install "$@"; }

apt_candidate() { apt-cache policy "$1" 2>/dev/null | awk '/Candidate:/ && $2 != "(none)" { print $2 }'; }

# The Debian archive that this host uses. apt itself is asked, because it
# understands .sources, .list and mirror+file:.
# Prints the address of the main archive (or of the security archive).
debian_archive() { # debian_archive main|security
  local label=Debian
  [ "$1" = security ] && label=Debian-Security
  # shellcheck disable=SC2016 # the $(…) are apt's fields
  apt-get indextargets --format '$(LABEL)|$(COMPONENT)|$(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
    awk -F'|' -v label="$label" '$1 == label && $2 == "main" { print $3; exit }'
}

# The key file that the host's own source names for that archive, otherwise the
# one of the keyring package.
debian_keyring() { # debian_keyring ARCHIVE_URI
  local uri=${1%/} found
  found=$(
    {
      cat /etc/apt/sources.list.d/*.sources 2>/dev/null |
        awk -v RS= -v uri="$uri" 'index($0, uri) && match($0, /Signed-By:[ \t]*\/[^ \t\n]+/) {
          value = substr($0, RSTART, RLENGTH); sub(/^Signed-By:[ \t]*/, "", value); print value }'
      cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null |
        awk -v uri="$uri" '/^deb/ && index($0, uri) && match($0, /signed-by=[^] \t,]+/) {
          print substr($0, RSTART + 10, RLENGTH - 10) }'
    } | head -n 1
  )
  if [ -z "$found" ] || [ ! -r "$found" ]; then found=/usr/share/keyrings/debian-archive-keyring.gpg; fi
  printf '%s\n' "$found"
}

# Sets $archive, $security and $keyring. The first two are empty on Ubuntu, where
# mmdebstrap's own default works.
read_debian_archives() {
  archive=$(debian_archive main)
  security=$(debian_archive security)
  keyring=$(debian_keyring "$archive")
}

# The settings that the host's apt needs to reach its archive. The image's apt
# needs them too.
host_apt_options() {
  apt-config dump Acquire |
    grep -E '^Acquire::(Check-Valid-Until|Check-Date|https?::(Proxy|Verify-Peer)) "[^"]' |
    grep -Ev 'Proxy ".*(@|//(localhost|127\.|\[::1))' || true
}

sources_for() { # sources_for SUITE all|main
  if [ -z "$archive" ]; then return; fi # mmdebstrap's own default
  echo "deb $archive $1 main"
  if [ "$2" = main ]; then return; fi
  case $1 in
    sid | forky) ;;
    *)
      echo "deb $archive $1-updates main"
      if [ -n "$security" ]; then echo "deb $security $1-security main"; fi
      ;;
  esac
}

# Makes a minimal Debian with mmdebstrap; needs read_debian_archives first.
debian_root() { # debian_root SUITE all|main TARGET OPTION...
  local suite=$1 extent=$2 target=$3 line options=() sources=()
  shift 3
  while IFS= read -r line; do options+=("--aptopt=$line"); done < <(host_apt_options)
  while IFS= read -r line; do sources+=("$line"); done < <(sources_for "$suite" "$extent")
  mmdebstrap --quiet --variant=minbase "--keyring=$keyring" --aptopt='Acquire::Languages "none"' \
    "${options[@]}" "$@" "$suite" "$target" "${sources[@]}"
}

# --- Node -------------------------------------------------------------------

need_node() {
  if ! have node || ! have npm; then
    die "$EXIT_ENVIRONMENT" 'Node.js 20.19 or newer and npm are needed: see https://nodejs.org/en/download'
  fi
  node -e 'const [major, minor] = process.versions.node.split(".").map(Number);
    process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)' ||
    die "$EXIT_ENVIRONMENT" "Node.js 20.19 or newer is needed; this is $(node --version)."
}

dependencies_are_current() {
  [ -f node_modules/.package-lock.json ] && ! [ package-lock.json -nt node_modules/.package-lock.json ]
}
install_dependencies() {
  if dependencies_are_current; then
    say 'node_modules is up to date.'
  else
    npm ci --no-audit --no-fund --loglevel=error </dev/null && touch node_modules/.package-lock.json
  fi
}
