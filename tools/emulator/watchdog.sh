#!/bin/sh
# Ends an emulator. Usage: watchdog.sh DIRECTORY, with process-group ids on standard input, one a line; "-ID" forgets one.
#
# Whoever starts the servers holds the other end of the pipe. When it closes it, or dies in whatever way (SIGKILL included),
# the groups are asked to stop, killed after five seconds, and DIRECTORY is removed. So stopping has a single path.

groups=

forget() {
  kept=
  for group in $groups; do
    [ "$group" = "$1" ] || kept="$kept $group"
  done
  groups=$kept
}

while read -r line; do
  case $line in
    -*) forget "${line#-}" ;;
    *) groups="$groups $line" ;;
  esac
done

alive() {
  for group in $groups; do
    kill -0 "-$group" 2>/dev/null && return 0
  done
  return 1
}

for group in $groups; do kill -TERM "-$group" 2>/dev/null; done

left=50
while [ "$left" -gt 0 ] && alive; do
  sleep 0.1
  left=$((left - 1))
done

for group in $groups; do kill -KILL "-$group" 2>/dev/null; done
rm -rf -- "$1"
exit 0
