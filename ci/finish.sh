#!/usr/bin/env bash
# Ends the job with the exit code of slopegate, after everything else was done. SLOPEGATE_OUT: as in ci/compare.sh.
set -euo pipefail

file=${SLOPEGATE_OUT:-slopegate-out}/exit-code
if [ ! -f "$file" ]; then
  echo "There is no $file: slopegate did not run." >&2
  exit 5
fi
exit "$(cat "$file")"
