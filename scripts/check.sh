#!/usr/bin/env bash
# Everything that must hold before a change is accepted, on a clean checkout:
# dependencies, format, lint, types, build, unit tests, tests against real Docker, and
# that those left nothing behind. The last line is always `N passed, N failed`:
# the tests of all runs, plus one failure for every other step that failed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec </dev/null 2>&1 # one stream, in order
if ! [ -t 1 ]; then export NO_COLOR=1; fi # or CI=true would colour the log
# shellcheck source-path=SCRIPTDIR source=lib.sh
. scripts/lib.sh

readonly STEPS=12
number=0 passed=0 failed=0 skipped=0
failures=()
skips=()
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
trap 'say "interrupted"; stop_images; exit 130' INT
trap 'say "terminated"; stop_images; exit 143' TERM
images=
stop_images() { if [ -n "$images" ]; then kill "$images" 2>/dev/null || true; fi; }

# step TITLE COMMAND...: runs it, says how long it took and how it ended.
step() {
  local title=$1 begun=$SECONDS status=0
  shift
  number=$((number + 1))
  heading "[$number/$STEPS] $title"
  "$@" || status=$?
  if [ "$status" = 0 ]; then
    detail "ok, $((SECONDS - begun)) s"
  else
    detail "FAILED with exit code $status, $((SECONDS - begun)) s"
    failures+=("$title")
  fi
  return "$status"
}

# Base images come from the network. They are made while steps that use one core go on.
begin_images() {
  scripts/ensure-base-images.sh >"$results/images" 2>&1 &
  images=$!
}
end_images() {
  local status=0
  wait "$images" || status=$?
  cat "$results/images"
  return "$status"
}

gate() { step "$@" || failed=$((failed + 1)); }

# tests TITLE NAME NPM-SCRIPT: one vitest run; its tests are counted one by one.
tests() {
  local report=$results/$2.json status=0 p f s line
  step "$1" npm run --silent "$3" -- --reporter=default --reporter=json "--outputFile.json=$report" || status=$?
  {
    read -r p f s
    while IFS= read -r line; do skips+=("$line"); done
  } < <(node scripts/count-tests.js "$report")
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  if [ "$status" != 0 ] && [ "$f" = 0 ]; then
    failed=$((failed + 1)) # failed outside of any test
  elif [ "$status" = 0 ] && [ "$p" = 0 ] && [ "$f" = 0 ]; then
    say 'No test was executed: that is a failure.'
    failures+=("$1 (no test was executed)")
    failed=$((failed + 1))
  fi
}

browser() {
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    if have "$name"; then
      say "Browser for the report test: $name"
      return
    fi
  done
  if ! can_apt_install; then
    say 'No Chromium or Chrome is installed: the browser test of the HTML report will be skipped.'
  else
    say 'Installing chromium for the browser test of the HTML report ...'
    if ! apt_install chromium || ! have chromium; then
      say 'chromium could not be installed: the browser test of the HTML report will be skipped.'
    fi
  fi
}

labelled() {
  docker ps -aq --no-trunc --filter label=io.slopegate
  docker network ls -q --no-trunc --filter label=io.slopegate
  docker volume ls -q --filter label=io.slopegate
}

# Only what appeared during this check: a run in another shell may have its own.
nothing_left() {
  local left
  left=$(labelled | sort | comm -13 "$results/before" -) || return 1
  if [ -z "$left" ]; then return 0; fi
  say 'Containers, networks or volumes with the label io.slopegate are still there:'
  say "$left"
  return 1
}

summary() {
  local item
  heading "Summary after $SECONDS s"
  if [ "$skipped" -gt 0 ]; then say "Tests that were skipped: $skipped"; fi
  for item in ${skips[@]+"${skips[@]}"}; do detail "$item"; done
  for item in ${failures[@]+"${failures[@]}"}; do say "Failed: $item"; done
  printf '%s passed, %s failed\n' "$passed" "$failed"
}

need_node
gate 'dependencies' install_dependencies
if [ "$failed" != 0 ]; then # nothing below can say anything without them
  summary
  exit 1
fi
gate 'Docker' scripts/ensure-docker.sh
{ labelled 2>/dev/null || true; } | sort >"$results/before"
gate 'browser' browser
begin_images
gate 'format' npm run --silent format:check
gate 'lint' npm run --silent lint
gate 'types' npm run --silent types
gate 'build' npm run --silent build
gate 'a minute of damaged inputs' npm run --silent fuzz -- --seconds 60
gate 'base images' end_images
tests 'unit tests' unit test
tests 'tests against real Docker' docker test:docker
gate 'nothing left behind' nothing_left

summary
[ "$failed" = 0 ] && [ "${#failures[@]}" = 0 ] && [ "$passed" -gt 0 ]
