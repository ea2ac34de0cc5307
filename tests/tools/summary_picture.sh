#!/bin/sh
# Takes docs/summary.png: the job summary of the demo's pull request, as a page like GitHub's.
#
#   SCRIBELINT=program sh tests/tools/summary_picture.sh [PICTURE]
#
# Needs the packages chromium, cmark-gfm, fonts-dejavu-core, fonts-noto-color-emoji and imagemagick
# (Debian's names); without them it says so and makes none. Run by hand when the summary changes.
set -eu

tools=$(cd "$(dirname "$0")" && pwd)
program=${SCRIBELINT:-$tools/../../build/scribelint}
picture=${1:-$tools/../../docs/summary.png}
width=980

for tool in chromium cmark-gfm convert; do
    command -v "$tool" >/dev/null || { echo "summary_picture: skipped, no $tool" && exit 0; }
done
program=$(cd "$(dirname "$program")" && pwd)/${program##*/}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM

# As GitHub merges it, and as the action looks at it.
sh "$tools/course.sh" "$folder/course"
cd "$folder/course"
git checkout -q main
git -c user.name=GitHub -c user.email=noreply@example.org merge -q --no-ff -m Merge scribe-lecture-04
"$program" check --merge HEAD --format markdown >"$folder/summary.md" || [ $? -eq 1 ]

# Of what GitHub does to a page, what is seen: its type, tables and code.
{
    cat <<END
<!doctype html><meta charset="utf-8"><style>
body { margin: 0; padding: 28px 36px; width: $((width - 72))px; background: #fff; color: #1f2328;
    font: 16px/1.5 "Noto Sans", "DejaVu Sans", "Noto Color Emoji", sans-serif; font-size: 14px; }
h2 { font-size: 1.5em; border-bottom: 1px solid #d1d9e0; padding-bottom: .3em; margin: 0 0 16px; }
h3 { font-size: 1.25em; margin: 24px 0 16px; }
table { border-collapse: collapse; margin-bottom: 16px; }
th, td { border: 1px solid #d1d9e0; padding: 6px 13px; }
tr:nth-child(2n) { background: #f6f8fa; }
code, pre { font-family: "DejaVu Sans Mono", monospace; font-size: 85%; background: #818b981f; border-radius: 6px; }
code { padding: .2em .4em; }
pre { padding: 16px; white-space: pre-wrap; }
details { margin-bottom: 16px; }
ul { padding-left: 2em; }
</style>
END
    cmark-gfm --unsafe -e table "$folder/summary.md"
} >"$folder/page.html"
HOME=$folder chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --force-device-scale-factor=1 \
    --window-size="$width,6000" --screenshot="$folder/page.png" "file://$folder/page.html" >"$folder/log" 2>&1 ||
    { cat "$folder/log" >&2 && exit 1; }
convert "$folder/page.png" -trim +repage -bordercolor white -border 24 +dither -colors 128 \
    -define png:compression-level=9 -strip "PNG8:$folder/picture.png"
mv "$folder/picture.png" "$picture"
