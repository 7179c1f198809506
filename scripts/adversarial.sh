#!/usr/bin/env bash
# Runs each attack of test/stack/adversarial/ in its own stack, beside a stack that plays production.
# `npm run check` runs all attacks of a kind in one stack. Needs a Docker daemon on this machine.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
SLOPEGATE_ADVERSARIAL=each exec npx vitest run --project 'docker-*' test/stack/adversarial.docker.test.ts "$@"
