#!/usr/bin/env bash
# Gives the models that slopegate writes to the newest Docker Compose of Debian, for every file of
# test/isolate/corpus. `npm run check` does the same with the installed Compose. Debian only; nothing is installed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source-path=SCRIPTDIR source=lib.sh
. scripts/lib.sh
readonly RELEASE=${1:-sid}

conf=$(mktemp -d)
chmod 755 "$conf"
trap 'rm -rf "$conf"' EXIT
mkdir -p "$conf/lists/partial" "$conf/cli-plugins" "$conf/package"
archive=$(debian_archive main)
printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: %s\n' \
  "$archive" "$RELEASE" "$(debian_keyring "$archive")" >"$conf/$RELEASE.sources"
options=(-o "Dir::Etc::SourceList=/dev/null" -o "Dir::Etc::SourceParts=$conf" -o "Dir::State::Lists=$conf/lists"
  -o "APT::Sandbox::User=root")
apt-get "${options[@]}" -qq update
(cd "$conf/package" && apt-get "${options[@]}" -qq download docker-compose && dpkg -x ./*.deb .)
cp "$conf/package/usr/libexec/docker/cli-plugins/docker-compose" "$conf/cli-plugins/"
export DOCKER_CONFIG=$conf
docker compose version
npx vitest run --project 'docker-*' test/isolate/corpus.docker.test.ts
