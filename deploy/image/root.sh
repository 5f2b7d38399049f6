#!/bin/sh
# Assembles the image's root file system out of Debian packages: the libraries that the program is linked to, certificate
# authorities, time zones, curl for the health check, and what makes the pictures in Slack. No shell, no package manager.
#
# usage: deploy/image/root.sh [--without-pictures] FOLDER
# Runs in a Debian of the release that the program was built on, as root, after `apt-get update`, with ca-certificates
# installed. Each package's entry is kept where scanners look for it, and its copyright where its licence wants it.
set -eu

pictures="fonts-dejavu-core librsvg2-bin"
if [ "$1" = --without-pictures ]; then
    pictures=
    shift
fi
root=$1
wanted="curl libcurl4 libsqlite3-0 libssl3 libstdc++6 tzdata zlib1g $pictures"
# What those depend on for their installation scripts, which nothing runs here; and for pictures what rsvg-convert is not
# linked to: the library that has it all again, formats of pictures inside of pictures, names of keys, other alphabets.
unneeded="debconf fontconfig libdeflate0 libgdk-pixbuf2.0-common libjbig0 liblerc4 librsvg2-2 libthai-data"
unneeded="$unneeded libtiff6 libwebp7 libx11-data shared-mime-info"

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
    "$root"/usr/lib/*/gconv "$root"/usr/lib/*/perl* "$root"/usr/lib/*/libicui18n.* "$root"/usr/lib/*/libicuio.* \
    "$root"/usr/lib/*/libicutest.* "$root"/usr/lib/*/libicutu.*
find "$root/usr/share/doc" -type d -empty -delete

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
