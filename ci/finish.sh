#!/usr/bin/env bash
# Ends the job with the exit code of slopegate, after everything else was done. SLOPEGATE_OUT: as in ci/compare.sh.
set -euo pipefail

file=${SLOPEGATE_OUT:-slopegate-out}/exit-code
if [ ! -f "$file" ]; then
  echo "There is no $file: slopegate did not run." >&2
  exit 5
fi
code=$(cat "$file")
# Exit code 0 without a result is not a verdict: `--help` ends with it, too.
if [ "$code" = 0 ] && ! grep -q '"schema": "slopegate.result/' "$(dirname "$file")/result.json"; then
  echo "slopegate ended with exit code 0, and there is no result." >&2
  exit 5
fi
exit "$code"
