#!/bin/sh
# Assembles the image's root file system out of Debian packages: the libraries that the program is linked to, certificate
# authorities, time zones, and curl for the health check. No shell and no package manager.
#
# usage: deploy/image/root.sh FOLDER
# Runs in a Debian of the release that the program was built on, as root, after `apt-get update`, with ca-certificates
# installed. Each package's entry is kept where scanners look for it, and its copyright where its licence wants it.
set -eu

root=$1
wanted="curl libcurl4 libsqlite3-0 libssl3 libstdc++6 tzdata zlib1g"
# What those depend on for their installation scripts, which nothing runs here.
unneeded="debconf"

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
    "$root"/usr/share/gcc "$root"/usr/share/gdb "$root"/usr/lib/*/gconv "$root"/usr/lib/*/perl* "$root"/usr/share/perl5
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
