#!/bin/sh
# Takes docs/screenshot.png: the text report on the demo's pull request, in a real terminal.
#
#   SCRIBELINT=program sh tests/tools/screenshot.sh [PICTURE]
#
# Needs the packages xvfb, xterm, fonts-dejavu-core and imagemagick (Debian's names). Run by hand
# when the look of the report changes.
set -eu

tools=$(cd "$(dirname "$0")" && pwd)
program=${SCRIBELINT:-$tools/../../build/scribelint}
picture=${1:-$tools/../../docs/screenshot.png}
picture=$(cd "$(dirname "$picture")" && pwd)/${picture##*/}
columns=106
folder=$(mktemp -d)
server='' terminal=''

stop() {
    [ -z "$terminal" ] || kill "$terminal" 2>/dev/null || :
    [ -z "$server" ] || kill "$server" 2>/dev/null || :
    rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT TERM

# wait_for FILE: until it is there and not empty, ten seconds at most.
wait_for() {
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        [ ! -s "$1" ] || return 0
        sleep 0.5
    done
    echo "screenshot: nothing came into ${1##*/}" >&2
    exit 1
}

sh "$tools/course.sh" "$folder/course"
mkdir "$folder/bin"
ln -s "$(cd "$(dirname "$program")" && pwd)/scribelint" "$folder/bin/scribelint"
cat >"$folder/session" <<'SESSION'
cd course
printf '\033[?25l$ scribelint check --base main --max 6\n\n'
scribelint check --base main --max 6
echo done >../shown
sleep 60
SESSION
lines=$(cd "$folder/course" && "$program" check --base main --max 6 | wc -l)

Xvfb -displayfd 3 -screen 0 1600x2400x24 -nolisten tcp 3>"$folder/display" 2>/dev/null &
server=$!
wait_for "$folder/display"
DISPLAY=:$(cat "$folder/display")
PATH=$folder/bin:$PATH
LC_ALL=C.UTF-8
export DISPLAY PATH LC_ALL
unset NO_COLOR

cd "$folder"
xterm -geometry "${columns}x$((lines + 3))+0+0" -fa 'DejaVu Sans Mono' -fs 11 -b 16 -bw 0 +sb \
    -bg '#1c1f26' -fg '#d6d9e0' -xrm '*colorBDMode: false' \
    -xrm '*color1: #f2777a' -xrm '*color2: #8fc98b' -xrm '*color3: #f0c674' \
    -xrm '*color6: #7cc5cf' -xrm '*color9: #ff8f8f' -xrm '*color10: #8fc98b' \
    -xrm '*color11: #f5d48b' -xrm '*color14: #8fdbe6' \
    -e sh "$folder/session" &
terminal=$!
wait_for "$folder/shown"
sleep 1
import -window root "$folder/screen.png"
cd "$tools"
convert "$folder/screen.png" -fuzz 0% -trim +repage -colors 48 -define png:compression-level=9 \
    -strip "PNG8:$folder/picture.png"
mv "$folder/picture.png" "$picture"
