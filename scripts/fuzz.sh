#!/usr/bin/env bash
# Tries damaged recordings, series, scenarios and corpora, a million by default, in one process at the lowest priority:
# bash scripts/fuzz.sh [--inputs N] [--seconds N] [--seed N] [--from N]. The last line says how many were tried and what
# was found. Inputs with a fault are kept. Exit code 1 if there are any.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
rm -rf test/fuzz/dist
# Types are checked elsewhere: "npm run types".
npx tsc -p test/fuzz/tsconfig.json --noCheck
# The program reads its version there.
cp package.json test/fuzz/dist/
exec nice -n 19 node test/fuzz/dist/test/fuzz/campaign.js "$@"
