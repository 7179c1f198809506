#!/usr/bin/env bash
# Fuzzes the command line for hours: bash scripts/fuzz.sh [INPUTS] [SEED]. What goes wrong is kept; the test says where.
set -euo pipefail
export FUZZ_INPUTS=${1:-1000000} FUZZ_SEED=${2:-$(date +%s)}
echo "fuzz: $FUZZ_INPUTS inputs of each kind, from seed $FUZZ_SEED"
exec nice -n 19 npx vitest run --project unit test/fuzz
