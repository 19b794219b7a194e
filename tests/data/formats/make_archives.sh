#!/bin/sh
# Makes the archives beside this script with the programs that people use: zip, tar, gzip, bzip2, xz, zstd.
set -eu
export LC_ALL=C.UTF-8

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
rm -f "$here"/archive*.zip  # zip would add to them

mkdir -p notes/inner node_modules .ssh photos
printf 'The heron waits by the old mill pond.\n\n苍鹭在旧磨坊的池塘边等候。\n' > notes/heron.txt
printf '# Otters\n\nAn otter family crossed the river at dusk.\n\n水獭一家在黄昏时渡过了河。\n' > notes/inner/otters.md
cp "$here/../../../resources/samples/Home/Tenancy agreement - 18 Harbour Row.pdf" notes/租约.pdf
printf '\211PNG\r\n\032\n\0\0\0\rIHDR' > photos/kingfisher.png
printf 'An unread dependency.\n' > node_modules/index.txt
printf 'An unread secret.\n' > .ssh/notes.txt
find . -exec touch -t 202401020304 {} +

zip -q -X -r "$here/archive.zip" notes photos node_modules .ssh
zip -q -X -r -P secret "$here/archive-encrypted.zip" notes/heron.txt
zip -q -X -fz -r "$here/archive-zip64.zip" - < notes/heron.txt
tar --owner=0 --group=0 --numeric-owner --sort=name -cf notes.tar notes node_modules
pack() {
  "$@" -q -c notes.tar > "$here/archive.tar.$ending"
  "$@" -q -c notes/heron.txt > "$here/heron.txt.$ending"
}
ending=gz pack gzip -n
ending=bz2 pack bzip2
ending=xz pack xz
ending=zst pack zstd
cp notes.tar "$here/archive.tar"

# an archive in an archive in an archive
zip -q -X inner.zip notes/inner/otters.md
tar --owner=0 --group=0 --numeric-owner -czf middle.tar.gz inner.zip
zip -q -X "$here/archive-nested.zip" middle.tar.gz

# names in the character set of a Chinese, a Taiwanese and a Japanese Windows, which the archive does not tell
name_in() {
  rm -rf foreign && mkdir foreign
  cp notes/heron.txt "foreign/$(printf '%s' "$2" | iconv -f UTF-8 -t "$1").txt"
  touch -t 202401020304 foreign/*
  (cd foreign && LC_ALL=C zip -q -X "$here/archive-names-$3.zip" ./*)
}
name_in GB18030 会议纪要与报销单 gb18030
name_in BIG5 會議紀錄與報銷單 big5
name_in CP932 会議の議事録と経費 shift-jis
