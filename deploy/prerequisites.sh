#!/usr/bin/env bash
# Installs what is missing of the packages in deploy/packages.txt. Harmless to run again; it then changes nothing.
#
# usage: deploy/prerequisites.sh GROUP...     for instance: deploy/prerequisites.sh build test
set -euo pipefail

list=$(dirname "$0")/packages.txt
policy=/usr/sbin/policy-rc.d

say() { echo "prerequisites: $*" >&2; }

die() {
    say "$@"
    exit 1
}

# packages GROUP: the names of a group's packages, one a line.
packages() { awk -v group="$1" '$1 == group { print $2 }' "$list"; }

# missing PACKAGE...: those that are not installed.
missing() {
    local package
    for package in "$@"; do
        if [[ $(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null) != installed ]]; then
            echo "$package"
        fi
    done
}

as_root() {
    if ((EUID == 0)); then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        die "this needs root, and there is no sudo. As root: apt-get install ${absent[*]}"
    fi
}

# Debian's Prometheus and Alertmanager start themselves as services when they are installed where systemd runs. They
# are wanted here for their programs alone, and would hold the ports 9090 and 9093 of the machine. systemd's helper in
# the packages asks policy-rc.d whether it may start something; 101 means no. (RUNLEVEL=1, often named for this, is
# heard by SysV init only.) A policy that the machine has already is kept.
forbid_starting() {
    [[ -d /run/systemd/system && ! -e $policy ]] || return 0
    trap allow_starting EXIT
    policy_is_ours=yes
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
    as_root chmod 0755 "$policy"
}

allow_starting() {
    if [[ ${policy_is_ours-no} == yes ]]; then as_root rm -f "$policy"; fi
}

# disable PACKAGE...: keeps the services of packages that were installed just now from starting at the next boot.
disable() {
    [[ -d /run/systemd/system ]] || return 0
    local units
    units=$(dpkg-query --listfiles "$@" | sed -n 's|^.*/systemd/system/\([^/@]*\.service\)$|\1|p' | sort -u)
    if [[ -n $units ]]; then
        # shellcheck disable=SC2086 # one word for each unit
        as_root systemctl disable --quiet $units
    fi
}

if (($# == 0)); then
    say "usage: $0 GROUP..., of $(awk '/^[^#]/ { print $1 }' "$list" | uniq | paste -sd ' ')"
    exit 2
fi
wanted=()
for group in "$@"; do
    mapfile -t of_group < <(packages "$group")
    if ((${#of_group[@]} == 0)); then
        say "there is no group $group; the groups are $(awk '/^[^#]/ { print $1 }' "$list" | uniq | paste -sd ' ')"
        exit 2
    fi
    wanted+=("${of_group[@]}")
    if [[ $group == build ]] && ! command -v swift >/dev/null; then
        die "Swift is not installed, or not in PATH. Get 6.2 or later from https://www.swift.org/install/linux/"
    fi
done

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    say "this is no Debian or Ubuntu. Install what your system calls these packages:"
    say "    ${wanted[*]}"
    die "and then leave this step out: make PREREQUISITES=true …"
fi

mapfile -t absent < <(missing "${wanted[@]}")
if ((${#absent[@]} == 0)); then exit 0; fi

say "installing ${absent[*]}"
apt=(env DEBIAN_FRONTEND=noninteractive apt-get --quiet --yes -o DPkg::Lock::Timeout=300)
as_root "${apt[@]}" update
forbid_starting
as_root "${apt[@]}" install --no-install-recommends "${absent[@]}"
disable "${absent[@]}"
