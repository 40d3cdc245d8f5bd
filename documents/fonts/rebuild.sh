#!/usr/bin/env bash
# Makes the fonts of this directory again from Debian's packages, by name, through apt's ordinary
# client. Needs no root: apt-get, dpkg-deb, python3 and hb-subset (package libharfbuzz-bin).
# The same packages give the same bytes.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

apt-get download fonts-noto-cjk fonts-babelstone-han unicode-data libharfbuzz-bin
for package in fonts-noto-cjk fonts-babelstone-han unicode-data libharfbuzz-bin; do
    dpkg-deb -x "$package"_*.deb root
done
subset=$(command -v hb-subset || echo "$work/root/usr/bin/hb-subset")
noto=$work/root/usr/share/fonts/opentype/noto
babelstone=$work/root/usr/share/fonts/truetype/babelstone/BabelStoneHan.ttf

# Which characters go into which font.
python3 - "$work" <<'PYTHON'
import bz2
import pathlib
import sys

work = pathlib.Path(sys.argv[1])
unihan = work / "root/usr/share/unicode"


def decodable(codec):
    """Every character of a Chinese code page."""
    found = set()
    for high in range(0x81, 0xFF):
        for low in range(0x40, 0xFF):
            try:
                found.update(map(ord, bytes((high, low)).decode(codec)))
            except UnicodeDecodeError:
                pass
    return found


def has(file, key, values=None):
    found = set()
    for line in bz2.open(unihan / file, "rt"):
        if line.startswith("U+"):
            point, name, value = line.rstrip("\n").split("\t")
            if name == key and (values is None or any(value.startswith(it) for it in values)):
                found.add(int(point[2:], 16))
    return found


signs = set()
for first, last in [
    (0x20, 0x7E), (0xA0, 0x17F), (0x1CD, 0x1DC), (0x251, 0x251), (0x261, 0x261), (0x2C6, 0x2DD),
    (0x391, 0x3C9), (0x401, 0x451), (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x20A0, 0x20C0),
    (0x2100, 0x218F), (0x2190, 0x2312), (0x2460, 0x27BF), (0x2E80, 0x2FDF), (0x2FF0, 0x2FFF),
    (0x3000, 0x312F), (0x31A0, 0x33FF), (0xF900, 0xFAFF), (0xFE10, 0xFE6B), (0xFF01, 0xFFEE),
]:
    signs.update(range(first, last + 1))

standard = has("Unihan_OtherMappings.txt.bz2", "kTGH")  # 通用规范汉字表
# Characters of the identity-card system, of names and of places, wherever they sit, and every
# other mainland character from extension C on but Zhuang and bronze script.
names = has("Unihan_IRGSources.txt.bz2", "kIRG_GSource", ["GIDC", "GXM", "GDM"])
outside = has("Unihan_IRGSources.txt.bz2", "kIRG_GSource", ["GZ-", "GZA-", "GZJW-"])
mainland = has("Unihan_IRGSources.txt.bz2", "kIRG_GSource", ["G"]) - outside
names |= {it for it in mainland if it >= 0x2A700}
common = signs | standard | decodable("gb2312")
wide = common | decodable("gbk") | set(range(0x3400, 0xA000)) | set(range(0x20000, 0x323B0)) | names

for file, points in [("common", common), ("wide", wide), ("names", names)]:
    text = "\n".join(f"U+{it:04X}" for it in sorted(points) if not 0xE000 <= it <= 0xF8FF)
    (work / f"{file}.txt").write_text(text)
PYTHON

cut() { # file, face, characters, result
    "$subset" "$1" --face-index="$2" --unicodes-file="$3" --output-file="$4" --no-hinting \
        --name-IDs='*' \
        --layout-features=kern,palt,vert,vrt2,locl,ccmp,halt,vhal,vkrn,vpal,fwid,hwid
}
# Face 2 of Noto's collections is the one with the forms of the mainland (SC).
cut "$noto/NotoSerifCJK-Regular.ttc" 2 wide.txt "$here/NotoSerifCJKsc-Regular.otf"
cut "$noto/NotoSansCJK-Bold.ttc" 2 common.txt "$here/NotoSansCJKsc-Bold.otf"
cut "$babelstone" 0 names.txt "$here/BabelStoneHan-names.ttf"
ls -l "$here"
