#!/usr/bin/env bash
# Brings up each attack of test/stack/adversarial/ in a stack of its own, beside a stack that stands for production.
# The gate brings up all attacks of a kind in one stack. Needs a Docker daemon on this machine.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
SLOPEGATE_ADVERSARIAL=each exec npx vitest run --project docker test/stack/adversarial.docker.test.ts "$@"
