#!/usr/bin/env bash
# Installs what is missing to build Sabueso, or with `test` to test it as well: Debian packages, and for the checks of
# deploy/ Python packages in a folder of their own. Running it again changes nothing.
#
# usage: deploy/prerequisites.sh [build|test]
set -euo pipefail

group=${1:-build}
list=$(dirname "$0")/packages.txt
case $group in
build) groups="build" ;;
test) groups="build test" ;;
*)
    echo "usage: $0 [build|test]" >&2
    exit 2
    ;;
esac

# SwiftPM needs the tools version that Package.swift names.
least_swift=6.2
if ! command -v swift >/dev/null; then
    echo "Swift is not installed, and Debian's packages do not have it." >&2
    echo "Install Swift $least_swift or later from https://www.swift.org/install/linux/ and put it into PATH." >&2
    exit 1
fi
found_swift=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
if [ "$(printf '%s\n' "$least_swift" "${found_swift:-0}" | sort -V | head -n 1)" != "$least_swift" ]; then
    echo "Swift ${found_swift:-of an unknown version} is installed; $least_swift or later is needed:" >&2
    echo "https://www.swift.org/install/linux/" >&2
    exit 1
fi

wanted=$(for name in $groups; do sed -n "s/^$name //p" "$list"; done)
if ! command -v dpkg-query >/dev/null; then
    echo "This is not Debian or one of its children. Install what corresponds to these packages:" >&2
    for package in $wanted; do echo "  $package" >&2; done
    exit 1
fi

# The Python packages of requirements.txt in .build/deploy-tools, anew when the list has changed.
install_python_tools() {
    local tools requirements
    tools=$(dirname "$0")/../.build/deploy-tools
    requirements=$(dirname "$0")/requirements.txt
    cmp --silent "$requirements" "$tools/installed.txt" && return
    echo "Installing the Python packages of $requirements"
    # Debian's own python3: its venv module is the one that packages.txt brings.
    if ! { rm -rf "$tools" && /usr/bin/python3 -m venv "$tools" &&
        "$tools/bin/pip" install --quiet --disable-pip-version-check --no-deps --requirement "$requirements"; }; then
        echo "They could not be installed; is there a way to a Python package index (pip config list)?" >&2
        echo "deploy/check.sh without --require-tools leaves out the checks that need them." >&2
        exit 1
    fi
    cp "$requirements" "$tools/installed.txt"
}

missing=()
for package in $wanted; do
    state=$(dpkg-query --show --showformat '${db:Status-Abbrev}' "$package" 2>/dev/null || true)
    [ "${state%% *}" = ii ] || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then
    [ "$group" != test ] || install_python_tools
    exit 0
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "These packages are missing, and only root can install them (there is no sudo):" >&2
        printf '  %s\n' "${missing[@]}" >&2
        exit 1
    fi
    as_root=(sudo)
fi

echo "Installing ${missing[*]}"
# Debian's Prometheus and PostgreSQL packages start daemons when they are installed; the tests start their own, on ports of their own.
# A policy-rc.d that answers 101 forbids it (https://people.debian.org/~hmh/invokerc.d-policyrc.d-specification.txt).
# RUNLEVEL=1 would not: what starts units in Debian's packages, deb-systemd-invoke, asks the policy alone.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    trap '"${as_root[@]}" rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
    "${as_root[@]}" chmod 755 "$policy"
fi
log=$(mktemp)
if ! { "${as_root[@]}" apt-get update &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install --yes --no-install-recommends -o DPkg::Lock::Timeout=300 "${missing[@]}"; } >"$log" 2>&1; then
    echo "apt-get could not install them; its last words:" >&2
    tail -n 20 "$log" >&2
    echo "All of it is in $log." >&2
    exit 1
fi
rm -f "$log"

# The policy holds while the packages are installed; without this the daemons would start with the machine. Only those
# of packages that were not there before: a Prometheus or PostgreSQL that somebody runs here is not touched.
if [ -d /run/systemd/system ]; then
    mapfile -t units < <(dpkg-query --listfiles "${missing[@]}" |
        sed -nE 's#^.*/systemd/system/((prometheus|postgresql)[^/@]*\.service)$#\1#p' | sort -u)
    [ ${#units[@]} -eq 0 ] || "${as_root[@]}" systemctl disable --quiet "${units[@]}"
fi

[ "$group" != test ] || install_python_tools
