#!/usr/bin/env bash
# The demo compares two versions of a WAF. One of them is known to grow, so the
# verdict must be FAIL. If it is, the demo itself ends with exit code 0.
# Arguments are passed to `slopegate run`.
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
# While the run is in the foreground, it handles Ctrl-C itself: it cleans up
# and ends with 130, which is passed on below.
trap ':' INT
status=0
node bin/slopegate.js run "$SCENARIO" "$@" || status=$?
trap 'exit 130' INT

case $status in
  0)
    say 'The run ended in PASS (exit code 0), so the known leak was not found.' \
      'This is not what the demo should show, so it ends with exit code 1.'
    exit 1
    ;;
  1)
    say ''
    heading 'The demo worked: the candidate grows faster than the baseline by more than the margin,' \
      'so the verdict is FAIL.'
    say "In a pipeline, 'slopegate run' ends such a run with exit code 1." \
      'The demo ends with 0, because FAIL was expected.'
    if [ -d reports ]; then
      find reports -name '*.html' -newer "$begun" | while IFS= read -r report; do say "HTML report: $PWD/$report"; done
    fi
    exit 0
    ;;
  2)
    say 'The run was not started (exit code 2), because its arguments or its scenario are wrong.' \
      'The message above says what is wrong.'
    ;;
  3)
    say 'The run was inconclusive (exit code 3): the noise is too large for an answer.' \
      'The report says what would help.'
    ;;
  4) say 'The run is invalid (exit code 4): the versions were not compared fairly. The report says why.' ;;
  5) say 'The run was not possible on this machine (exit code 5). The message above says what is missing.' ;;
  130) say 'The demo was interrupted (exit code 130).' ;;
  *) say "The run ended with the unexpected exit code $status." ;;
esac
exit "$status"
