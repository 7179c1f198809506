#!/usr/bin/env bash
# The demonstration: two versions of a WAF, one of which is known to grow, end in
# the verdict FAIL. That is what it is meant to show, so the demo itself ends with 0.
# Arguments are handed to `slopegate run`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source-path=SCRIPTDIR source=lib.sh
. scripts/lib.sh

readonly SCENARIO=scenarios/modsecurity-xml/rollback.yaml
trap 'exit 130' INT
trap 'exit 143' TERM

need_node
heading '[1/4] dependencies'
install_dependencies
heading '[2/4] Docker'
scripts/ensure-docker.sh
scripts/ensure-base-images.sh
heading '[3/4] build'
npm run --silent build </dev/null
heading "[4/4] slopegate run $SCENARIO${*:+ $*}"

begun=$(mktemp)
trap 'rm -f "$begun"' EXIT
# While the run is in the foreground, Ctrl-C is its own business: it cleans up
# and ends with 130, which is passed on below.
trap ':' INT
status=0
node bin/slopegate.js run "$SCENARIO" "$@" || status=$?
trap 'exit 130' INT

case $status in
  0)
    say 'The run ended in PASS (exit code 0): the known leak was not found, so the demo did not show what it is meant to show and ends with 1.'
    exit 1
    ;;
  1)
    say ''
    heading 'The demo showed what it is meant to show: the candidate grows faster than the baseline by more than the margin, and the verdict is FAIL.'
    say "In a pipeline, 'slopegate run' itself ends such a run with exit code 1; the demo ends with 0, because FAIL was expected."
    if [ -d reports ]; then
      find reports -name '*.html' -newer "$begun" | while IFS= read -r report; do say "HTML report: $PWD/$report"; done
    fi
    exit 0
    ;;
  2) say 'The run was not started (exit code 2): its arguments or its scenario are not right; the message above says what.' ;;
  3) say 'The run was inconclusive (exit code 3): the difference could not be told from noise; the report says what would help.' ;;
  4) say 'The run is invalid (exit code 4): what was measured must not be judged; the report says why.' ;;
  5) say 'The environment did not let the run happen (exit code 5); the message above says what is missing.' ;;
  130) say 'The demo was interrupted (exit code 130).' ;;
  *) say "The run ended with the unexpected exit code $status." ;;
esac
exit "$status"
