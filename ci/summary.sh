#!/usr/bin/env bash
# Prints what a person reads first, as Markdown: the report of a run, or the error that ended it.
# On GitHub it is appended to the summary of the job instead. SLOPEGATE_OUT: as in ci/compare.sh.
set -euo pipefail

out=${SLOPEGATE_OUT:-slopegate-out}
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then exec >>"$GITHUB_STEP_SUMMARY"; fi
if [ -f "$out/run/report.md" ]; then
  cat "$out/run/report.md"
else
  node "$(dirname "$0")/error-summary.mjs" "$out/result.json"
fi
