#!/usr/bin/env bash
# Runs slopegate in a CI job, with all its output in one folder. The verdict's exit code is written down and not
# returned: the steps after this one (summary, comment, artifacts) also run after a FAIL. `ci/finish.sh` returns it.
#
# Environment:
#   SLOPEGATE_SCENARIO  scenario file to run; or
#   SLOPEGATE_RUN       folder of a recorded run to judge again
#   SLOPEGATE_COMMAND   how slopegate is started (default: slopegate)
#   SLOPEGATE_OUT       folder for the output (default: slopegate-out)
#   SLOPEGATE_FAIL_ON   fail, invalid or inconclusive (default: inconclusive)
#   SLOPEGATE_ARGS      more arguments for slopegate, separated by spaces
#   SLOPEGATE_ANNOTATE  the CI system that shows messages beside files: github
set -euo pipefail

out=${SLOPEGATE_OUT:-slopegate-out}
read -ra program <<<"${SLOPEGATE_COMMAND:-slopegate}"
read -ra more <<<"${SLOPEGATE_ARGS:-}"
common=(--json --fail-on "${SLOPEGATE_FAIL_ON:-inconclusive}")
if [ -n "${SLOPEGATE_ANNOTATE:-}" ]; then common+=(--annotate "$SLOPEGATE_ANNOTATE"); fi

mkdir -p "$out"
if [ -n "${SLOPEGATE_RUN:-}" ]; then
  recorded=$(cd "$SLOPEGATE_RUN" && pwd -P) || exit 2
  case "$recorded/" in "$(cd "$out" && pwd -P)"/*)
    echo "SLOPEGATE_RUN is inside of $out, where older results are removed first. Copy the run to another folder." >&2
    exit 2
    ;;
  esac
fi
# Nothing of an earlier job may be taken for this one.
rm -rf "$out/run" "$out/runs" "$out/result.json" "$out/exit-code"
mkdir -p "$out/run"
if [ -n "${SLOPEGATE_RUN:-}" ]; then
  # Only the recording itself is copied. Reports are written again.
  cp "$recorded/manifest.json" "$recorded/journal.ndjson" "$out/run/" || exit 2
  if [ -n "${SLOPEGATE_SCENARIO:-}" ]; then common+=(--scenario "$SLOPEGATE_SCENARIO"); fi
  arguments=(analyze "$out/run")
elif [ -n "${SLOPEGATE_SCENARIO:-}" ]; then
  arguments=(run "$SLOPEGATE_SCENARIO" --out "$out/runs")
else
  echo 'Set SLOPEGATE_SCENARIO or SLOPEGATE_RUN.' >&2
  exit 2
fi

code=0
"${program[@]}" "${arguments[@]}" "${common[@]}" "${more[@]}" >"$out/result.json" || code=$?
echo "$code" >"$out/exit-code"
# A new run has a folder with its own name. Its files are copied to the place where `analyze` writes them.
for folder in "$out"/runs/*/; do
  if [ -d "$folder" ]; then cp -R "$folder". "$out/run/"; fi
done
rm -rf "$out/runs"
if [ -n "${GITHUB_OUTPUT:-}" ]; then
  {
    echo "exit-code=$code"
    echo "folder=$out"
  } >>"$GITHUB_OUTPUT"
fi
