#!/bin/bash
# In the guest: runs each command that the host leaves as a file, one after another. The kernel's command line names
# the folder.
cd "$(tr ' ' '\n' </proc/cmdline | sed -n 's/^jobs=//p' | sed 's|^|/host|')" || exit 1
echo ready >ready
while :; do
  for job in *.job; do
    [ -f "$job" ] || continue
    name=${job%.job}
    mv "$job" "$name.sh"
    bash "$name.sh" >"$name.out" 2>&1 </dev/null
    echo $? >"$name.rc"
  done
  sleep 0.3
done
