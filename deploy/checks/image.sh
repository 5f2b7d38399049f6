#!/bin/sh
# Makes the image's root file system as deploy/Dockerfile does, without a container engine, and tries in it what the image
# is for, as the image's user, who can write nothing there. Only root can, in a Debian of the image's release.
#
# usage: deploy/checks/image.sh [--program PATH]
# --program: the program runs in it, too. It need not be a static one: Swift's libraries go along.
set -eu

# 80 MB is what the image may be. Without pictures it is below that unpacked; the program and its configuration are 53 MB of
# it. With pictures it is half of that as it is pulled; the program is 21 MB of it.
unpacked_limit=27000000
pulled_limit=23000000
program=
[ "${1-}" != --program ] || program=${2:?--program needs the path of the program}

cd "$(dirname "$0")/../.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
chmod 755 "$scratch"
root=$scratch/root
failed=0

fail() {
    echo "$1"
    failed=1
}

# inside COMMAND...: in the image, with the image's environment.
inside() {
    chroot --userspec=65532:65532 "$root" "$@"
}

# Debian keeps no package for long that a security update has replaced.
apt-get --quiet=2 update
sh deploy/image/root.sh "$root"

sh deploy/image/root.sh --without-pictures "$scratch/plain"

size=$(find "$scratch/plain" -type f -printf '%s\n' | awk '{ sum += $1 } END { print sum }')
[ "$size" -le "$unpacked_limit" ] ||
    fail "without pictures it is $size bytes; at most $unpacked_limit leave room for the program in 80 MB"
size=$(tar --create --directory "$root" . | gzip | wc -c)
[ "$size" -le "$pulled_limit" ] || fail "compressed it is $size bytes, and was at most $pulled_limit"
for name in sh bash dash busybox perl python3 apt-get dpkg; do
    [ -z "$(find "$root" -name "$name" ! -type d)" ] || fail "there is a $name in it"
done
writable=$(find "$root" ! -type l \( -user 65532 -o -perm -o+w \) ! -path "$root/tmp" ! -path "$root/var/lib/sabueso")
[ -z "$writable" ] || fail "its user may write: $writable"

PATH=/usr/bin:/usr/sbin
export PATH
# What the program loads when its journal is in PostgreSQL.
[ -n "$(find "$scratch/plain" "$root" -name libpq.so.5 | sed -n 2p)" ] || fail "libpq.so.5 is not in both"
# The health check, and the two copies of the chart's extraCA.
inside /usr/bin/curl --version >/dev/null || fail "curl does not run"
inside /usr/bin/dd if=/etc/ssl/certs/ca-certificates.crt of=/tmp/bundle status=none || fail "dd does not run"
# A picture of Slack's messages, as RsvgConvert makes it. Without the font it has a seventh of these bytes.
inside /usr/bin/rsvg-convert --format png --zoom 3 <Tests/Fixtures/Golden/Scenarios/spot-eviction/picture.svg \
    >"$scratch/picture.png" 2>"$scratch/errors" || fail "rsvg-convert: $(cat "$scratch/errors")"
[ "$(head -c 4 "$scratch/picture.png" | tail -c 3)" = PNG ] || fail "rsvg-convert makes no PNG"
[ "$(wc -c <"$scratch/picture.png")" -gt 100000 ] || fail "the picture has no words: is the font in the image?"

if [ -n "$program" ]; then
    install -D "$program" "$root/usr/bin/sabueso"
    mkdir "$root/swift" "$root/etc/sabueso"
    cp -R Config/. "$root/etc/sabueso"
    ldd "$program" | sed -n 's|.* => \(.*/swift/linux/.*\) (.*|\1|p' | while read -r library; do cp "$library" "$root/swift"; done
    LD_LIBRARY_PATH=/swift
    export LD_LIBRARY_PATH
    inside /usr/bin/sabueso --version >/dev/null || fail "the program does not run"
    inside /usr/bin/sabueso check --offline --config /etc/sabueso/sabueso.yaml >"$scratch/output" 2>&1 ||
        fail "sabueso check --offline: $(cat "$scratch/output")"
fi
exit "$failed"
