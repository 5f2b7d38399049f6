#!/usr/bin/env bash
# Makes a release of the commit that is checked out: program, image context, chart, list of what is in it, checksums.
# The same commit and the same program give the same bytes: files are sorted, owned by nobody, and as old as the commit.
set -euo pipefail

usage() {
    cat <<'USAGE'
usage: deploy/release.sh [--binary PATH] [--resolved PATH] [--output FOLDER]

  --binary PATH     a program that is built already, taken as it is; without it Swift builds one, which takes minutes
  --resolved PATH   the Package.resolved that it was built with; without it Swift makes the one that
                    deploy/release/packages.txt lists the versions of
  --output FOLDER   where it goes (.build/release-VERSION); it must not be there yet

What comes out:
  sabueso-VERSION-linux-ARCH.tar.gz     program, configuration, unit for systemd, licence
  sabueso-VERSION-image-context.tar.gz  docker build --file deploy/Dockerfile . builds the image from it
  sabueso-VERSION.tgz                   the Helm chart
  sabueso-VERSION-install.tar.gz        install.sh with the charts' values, rules and dashboards that it needs, and the runbooks
  sabueso-VERSION.cdx.json              what it is made of: CycloneDX 1.6
  Package.resolved                      the exact versions of the Swift packages
  SHA256SUMS                            sha256sum --check SHA256SUMS

Times are those of the commit, or of SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch/). What is
not committed is not in the release. Whether the Swift compiler gives the same bytes twice is not promised.
USAGE
}

fail() {
    printf 'release.sh: %s\n' "$1" >&2
    exit "${2:-1}"
}

# Relative to where it was called from.
absolute() {
    case $1 in
    /*) printf '%s' "$1" ;;
    *) printf '%s/%s' "$PWD" "$1" ;;
    esac
}

binary=
resolved=
output=
while [ $# -gt 0 ]; do
    case $1 in
    --help | -h)
        usage
        exit 0
        ;;
    --binary | --resolved | --output) [ -n "${2-}" ] || fail "$1 needs a value; see --help" 2 ;;
    *) fail "there is no option '$1'; see --help" 2 ;;
    esac
    case $1 in
    --binary) binary=$(absolute "$2") ;;
    --resolved) resolved=$(absolute "$2") ;;
    --output) output=$(absolute "$2") ;;
    esac
    shift 2
done

cd "$(dirname "$0")/.."
commit=$(git rev-parse --verify HEAD) || fail "this is no repository of git: a release is made of a commit"
epoch=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
case $epoch in '' | *[!0-9]*) fail "SOURCE_DATE_EPOCH: '$epoch' is no number of seconds" 2 ;; esac
version=$(git show "$commit:Sources/sabueso/Version.swift" | sed -n 's/.*text = "\([^"]*\)".*/\1/p')
chart_version=$(git show "$commit:deploy/helm/sabueso/Chart.yaml" | sed -n 's/^version: *//p')
[ -n "$version" ] || fail "Sources/sabueso/Version.swift tells no version"
[ "$version" = "$chart_version" ] || fail "the program is $version and its chart is $chart_version; make them the same"
: "${output:=$PWD/.build/release-$version}"
[ ! -e "$output" ] || fail "$output is there already; remove it or name another --output"
[ -z "$binary" ] || [ -f "$binary" ] || fail "--binary: there is no file $binary" 2
for tool in tar gzip sha256sum python3; do
    command -v "$tool" >/dev/null || fail "$tool is not installed"
done
case $(tar --version) in *"GNU tar"*) ;; *) fail "tar is not GNU tar, which alone can sort: install it as tar" ;; esac
[ -z "$(git status --porcelain)" ] || echo "note: what is not committed is not in the release" >&2

[ -n "$binary" ] || [ -z "$(git status --porcelain)" ] ||
    fail "the program would have what is not committed; commit it, or give --binary"
if [ -z "$resolved" ]; then
    command -v swift >/dev/null || fail "swift is not installed; without it give --binary and --resolved"
    PYTHONDONTWRITEBYTECODE=1 deploy/release/resolve.py || fail "the versions of the Swift packages cannot be had"
    resolved=$PWD/Package.resolved
fi
[ -f "$resolved" ] || fail "--resolved: there is no file $resolved"

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
umask 022

if [ -z "$binary" ]; then
    cmp --silent "$resolved" Package.resolved || fail "--resolved goes with --binary: Swift builds with $PWD/Package.resolved"
    deploy/image/program.sh "$stage/built/sabueso" --force-resolved-versions
    binary=$stage/built/sabueso
fi
if [ -n "$(ldd "$binary" 2>/dev/null | sed -n /libswiftCore/p)" ]; then
    echo "note: $binary needs Swift's own libraries where it runs: it was not built with --static-swift-stdlib" >&2
fi
# committed FOLDER PATH...: what the commit has there.
committed() {
    local folder=$1
    shift
    mkdir -p "$folder"
    git archive --format=tar "$commit" -- "$@" | tar --extract --directory "$folder"
}

# packed ARCHIVE FOLDER NAME: packs FOLDER/NAME.
packed() {
    tar --create --format=gnu --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$epoch" \
        --mode='u+rwX,go+rX,go-w' --directory "$2" "$3" | gzip --no-name --best >"$output/$1"
}

machine=$(uname -m)
mkdir -p "$output"

program=$stage/program/sabueso-$version
committed "$program" Config LICENSE README.md CHANGELOG.md deploy/systemd deploy/UPGRADING.md
install -D --mode 0755 "$binary" "$program/bin/sabueso"
packed "sabueso-$version-linux-$machine.tar.gz" "$stage/program" "sabueso-$version"

# What deploy/Dockerfile.dockerignore lets through.
image=$stage/image/sabueso-$version
committed "$image" Package.swift Sources Tests Config Runbooks LICENSE deploy/image deploy/Dockerfile deploy/Dockerfile.dockerignore \
    ':(exclude)Tests/Fixtures'
install -D --mode 0644 "$resolved" "$image/Package.resolved"
packed "sabueso-$version-image-context.tar.gz" "$stage/image" "sabueso-$version"

# `helm package` would put the time of today into it; a chart is nothing but this folder, packed.
committed "$stage/chart" deploy/helm/sabueso
rm -rf "$stage/chart/deploy/helm/sabueso/examples"
packed "sabueso-$version.tgz" "$stage/chart/deploy/helm" sabueso

install=$stage/install/sabueso-$version-install
committed "$install" LICENSE Runbooks CHANGELOG.md deploy/install.sh deploy/README.md deploy/UPGRADING.md deploy/helm deploy/tempo deploy/loki \
    deploy/collector deploy/grafana deploy/jenkins deploy/prometheus deploy/alertmanager deploy/kubernetes deploy/install
packed "sabueso-$version-install.tar.gz" "$stage/install" "sabueso-$version-install"

install --mode 0644 "$resolved" "$output/Package.resolved"
PYTHONDONTWRITEBYTECODE=1 python3 deploy/release/sbom.py --resolved "$resolved" --version "$version" --epoch "$epoch" \
    --binary "$binary" --revision "$commit" >"$output/sabueso-$version.cdx.json"
(cd "$output" && LC_ALL=C && sha256sum -- *) >"$stage/SHA256SUMS"
install --mode 0644 "$stage/SHA256SUMS" "$output/SHA256SUMS"

echo "$output:"
sed 's/^/  /' "$output/SHA256SUMS"
