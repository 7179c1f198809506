#!/usr/bin/env bash
# Makes sure that debian:SUITE-slim exists locally for every SUITE named
# (default: bookworm trixie). Pulls it if a registry can be reached. Otherwise
# makes the image from the Debian archive that the host's apt uses.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source-path=SCRIPTDIR source=lib.sh
. ./lib.sh

readonly KNOWN='bullseye bookworm trixie forky sid'
readonly PULL_MUST_BEGIN_WITHIN=20
readonly PULL_MUST_END_WITHIN=600

image_of() { echo "debian:$1-slim"; }
exists() { docker image inspect "$(image_of "$1")" >/dev/null 2>&1; }
is_known() { case " $KNOWN " in *" $1 "*) ;; *) return 1 ;; esac; }

# --- pulling --------------------------------------------------------------------

# If a pull never begins, the registry cannot be reached. A pull that has begun
# may be slow.
pull() { # pull SUITE
  local log=$work/pull-$1.log pid begun=$SECONDS
  : >"$log"
  docker pull "$(image_of "$1")" >"$log" 2>&1 </dev/null &
  pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    if grep -Eq 'Pulling fs layer|Download|Pull complete' "$log"; then
      if [ $((SECONDS - begun)) -ge "$PULL_MUST_END_WITHIN" ]; then kill "$pid"; fi
    elif [ $((SECONDS - begun)) -ge "$PULL_MUST_BEGIN_WITHIN" ]; then
      kill "$pid"
    fi
    sleep 0.2
  done
  wait "$pid"
}

# --- making ---------------------------------------------------------------------

prepare_making() {
  if ! have mmdebstrap || [ -z "$(debian_archive main)" ]; then
    with_apt_lock quiet_apt update || warn 'the package lists could not be refreshed'
  fi
  if ! have mmdebstrap; then
    say 'Installing mmdebstrap ...'
    with_apt_lock quiet_apt install mmdebstrap debian-archive-keyring ||
      die "$EXIT_ENVIRONMENT" 'mmdebstrap could not be installed. Install it,' \
        'or give this machine access to a registry that has the debian images.'
  fi
  read_debian_archives
}

bootstrap() { # bootstrap SUITE all|main
  # The official slim images do not have these files either. So a Dockerfile that
  # needs them fails with both kinds of base image.
  local options=(--dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*'
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright')
  case $archive in https:*) options+=(--include=ca-certificates) ;; esac
  debian_root "$1" "$2" "$work/$1.tar" "${options[@]}" >"$work/make-$1.log" 2>&1 </dev/null
}

make() { # make SUITE
  local begun=$SECONDS
  if ! bootstrap "$1" all && ! bootstrap "$1" main; then
    warn "mmdebstrap could not make $1; its last lines:"
    tail -n 10 "$work/make-$1.log" >&2
    return 1
  fi
  docker import --change 'LABEL io.slopegate.base=mmdebstrap' --change 'CMD ["bash"]' \
    "$work/$1.tar" "$(image_of "$1")" >/dev/null
  rm -f "$work/$1.tar"
  say "$(image_of "$1") made from the Debian archive in $((SECONDS - begun)) s"
}

# --- main -----------------------------------------------------------------------

if [ $# = 0 ]; then set -- bookworm trixie; fi
for suite in "$@"; do
  is_known "$suite" || die 2 "unknown suite '$suite'; one of: $KNOWN"
done
daemon_answers || die "$EXIT_ENVIRONMENT" 'no Docker daemon answers; run scripts/ensure-docker.sh first.'

list_missing() {
  missing=()
  for suite in "$@"; do
    if ! exists "$suite"; then missing+=("$suite"); fi
  done
}

list_missing "$@"
if [ "${#missing[@]}" -gt 0 ] && have flock; then
  exec 9>"${TMPDIR:-/tmp}/slopegate-base-images.$(id -u).lock"
  flock -w 900 9 || die 1 'another ensure-base-images.sh has been at work for 15 minutes; giving up'
  list_missing "$@"
fi
if [ "${#missing[@]}" = 0 ]; then
  say "Base images are there: $*"
  exit 0
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

say "Pulling base images: ${missing[*]} ..."
pulls=()
for suite in "${missing[@]}"; do
  pull "$suite" 9>&- &
  pulls+=("$!")
done
to_make=()
for i in "${!missing[@]}"; do
  if wait "${pulls[$i]}"; then
    say "$(image_of "${missing[$i]}") pulled"
  else
    to_make+=("${missing[$i]}")
  fi
done
if [ "${#to_make[@]}" = 0 ]; then exit 0; fi

detail "could not be pulled: ${to_make[*]} (after $SECONDS s)"
if ! can_apt_install; then
  tail -n 2 "$work/pull-${to_make[0]}.log" >&2
  die "$EXIT_ENVIRONMENT" "debian:SUITE-slim is needed for: ${to_make[*]}." \
    "Give this machine access to a registry that has these images, or load them with 'docker load'." \
    'As root on Debian or Ubuntu this script makes them itself.'
fi

prepare_making
say "Making them from the Debian archive with mmdebstrap ..."
makes=() failed=()
for suite in "${to_make[@]}"; do
  # Each has its own temporary directory, so they can run in parallel: one per core.
  while [ "$(jobs -pr | wc -l)" -ge "$(nproc)" ]; do sleep 0.2; done
  make "$suite" 9>&- &
  makes+=("$!")
done
for i in "${!to_make[@]}"; do
  wait "${makes[$i]}" || failed+=("${to_make[$i]}")
done
if [ "${#failed[@]}" -gt 0 ]; then
  die "$EXIT_ENVIRONMENT" "no base image for: ${failed[*]}. The lines above say why."
fi
