#!/bin/sh
# Assembles the image's root file system out of Debian packages: the libraries that the program is linked to, certificate
# authorities, time zones, curl for the health check, and what makes the pictures in Slack. No shell, no package manager.
#
# usage: deploy/image/root.sh [--without-pictures] FOLDER
# Runs in a Debian of the release that the program was built on, as root, after `apt-get update`, with binutils and
# ca-certificates installed. Each package's entry is kept where scanners look for it, and its copyright where its licence
# wants it.
set -eu

pictures="fonts-dejavu-core librsvg2-bin"
if [ "$1" = --without-pictures ]; then
    pictures=
    shift
fi
root=$1
wanted="curl libcurl4 libpq5 libsqlite3-0 libssl3 libstdc++6 tzdata zlib1g $pictures"
# What of those packages the program loads, or is linked to.
libraries="libcrypto.so.3 libcurl.so.4 libpq.so.5 libsqlite3.so.0 libssl.so.3 libstdc++.so.6 libz.so.1"
# What those depend on for their installation scripts, which nothing runs here; and for pictures what rsvg-convert is not
# linked to: the library that has it all again, formats of pictures inside of pictures, names of keys, other alphabets.
unneeded="debconf fontconfig libdb5.3 libdeflate0 libgdk-pixbuf2.0-common libjbig0 liblerc4 librsvg2-2"
unneeded="$unneeded libsasl2-modules-db libthai-data libtiff6 libwebp7 libx11-data shared-mime-info"

# The list of all that is needed, as for a machine on which nothing is installed.
packages=$(mktemp -d)
touch "$packages/status"
mkdir -p "$packages/archives/partial"
# shellcheck disable=SC2086 # a list of names
apt-get --option Dir::State::status="$packages/status" --option Dir::Cache::archives="$packages/archives" \
    --option pkgCacheGen::Essential=none --option APT::Sandbox::User=root --quiet=2 --yes \
    --no-install-recommends --download-only install $wanted

mkdir -p "$root/var/lib/dpkg/status.d"
for package in "$packages"/archives/*.deb; do
    name=$(dpkg-deb --field "$package" Package)
    case " $unneeded " in *" $name "*) continue ;; esac
    dpkg-deb --extract "$package" "$root"
    dpkg-deb --field "$package" >"$root/var/lib/dpkg/status.d/$name"
done
rm -r "$packages"

# Pages to read, translations, and conversions between character sets: nothing of it is asked for.
find "$root/usr/share/doc" -mindepth 2 ! -name copyright ! -type d -delete
rm -rf "$root"/usr/share/man "$root"/usr/share/info "$root"/usr/share/locale "$root"/usr/share/lintian \
    "$root"/usr/share/bug "$root"/usr/share/doc-base "$root"/usr/share/bash-completion "$root"/usr/share/zsh \
    "$root"/usr/share/gcc "$root"/usr/share/gdb "$root"/usr/share/glib-2.0 "$root"/usr/share/perl5 \
    "$root"/usr/lib/*/gconv "$root"/usr/lib/*/perl* "$root"/usr/lib/*/glib-2.0 "$root"/usr/lib/*/gdk-pixbuf-2.0 \
    "$root"/usr/share/fonts/truetype/dejavu/DejaVuSansMono* "$root"/usr/share/fonts/truetype/dejavu/DejaVuSerif*
find "$root/usr/share/doc" -type d -empty -delete

# Libraries that nothing here is linked to: plugins, and the other halves of packages. They are told from the others by
# their names: what a program or a library names as needed is kept.
kept=$(mktemp)
asking="$root/usr/bin/*"
for name in $libraries; do asking="$asking $(find "$root" -name "$name")"; done
echo "$libraries" | tr ' ' '\n' >"$kept"
while [ -n "$asking" ]; do
    # shellcheck disable=SC2086 # a list of paths without spaces
    names=$(readelf --dynamic --wide $asking | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | sort -u)
    asking=
    for name in $names; do
        ! grep -Fqx "$name" "$kept" || continue
        echo "$name" >>"$kept"
        file=$(find "$root" -name "$name")
        [ -n "$file" ] || { echo "root.sh: $name is needed, and no package has brought it" >&2; exit 1; }
        asking="$asking $file"
    done
done
find "$root" -name '*.so*' -type f | while read -r file; do
    name=$(readelf --dynamic --wide "$file" 2>/dev/null | sed -n 's/.*(SONAME).*\[\(.*\)\]/\1/p')
    grep -Fqx "${name:-none}" "$kept" || rm "$file"
done
rm "$kept"
find "$root/lib" "$root/usr/lib" -xtype l -delete

# 31 MB of data on languages and character sets are here for one reader: libxml2, for SVG that is not in UTF-8. Ours is.
# In their place stands the same library without any: a header of ICU's common data, and a table of nothing.
find "$root" -name 'libicudata.so.*' -type f | while read -r library; do
    soname=$(readelf --dynamic --wide "$library" | sed -n 's/.*(SONAME).*\[\(.*\)\]/\1/p')
    symbol=icudt${soname##*.}_dat
    as -o "$library.o" - <<DATA
.section .rodata
.globl $symbol
.balign 16
.type $symbol, %object
$symbol:
.2byte 32           # the header's length
.byte 0xda, 0x27    # what says that it is ICU's
.2byte 20, 0        # length of what describes the data
.byte 0, 0, 2, 0    # this machine's order of bytes (little), ASCII, two bytes a character
.ascii "CmnD"
.byte 1, 0, 0, 0, 0, 0, 0, 0
.zero 8
.4byte 0            # so many items
.size $symbol, .-$symbol
DATA
    ld -shared -z noexecstack -soname "$soname" -o "$library" "$library.o"
    rm "$library.o"
done
find "$root/etc" "$root/usr" "$root/lib" -type d -empty -delete

# What an installation would have made. dd joins certificate authorities of your own to these (the chart's extraCA).
install -D --mode 0644 /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
install -D --mode 0755 /bin/dd "$root/usr/bin/dd"
cat >"$root/etc/passwd" <<'PASSWD'
root:x:0:0:root:/:/usr/sbin/nologin
sabueso:x:65532:65532:sabueso:/var/lib/sabueso:/usr/sbin/nologin
PASSWD
cat >"$root/etc/group" <<'GROUP'
root:x:0:
sabueso:x:65532:
GROUP
echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
# In the image's root, libraries are found where the loader looks without a cache.
install --directory --mode 1777 "$root/tmp"
install --directory --owner 65532 --group 65532 --mode 0700 "$root/var/lib/sabueso"
