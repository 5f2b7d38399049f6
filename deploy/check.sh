#!/bin/sh
# Checks everything that is installed somewhere: rules, Alertmanager's configuration, the unit, and all shell scripts.
#
# usage: deploy/check.sh [--require-tools]
# A tool that is not installed is named and skipped; with --require-tools that is a failure. Debian has them in the
# packages prometheus, prometheus-alertmanager, shellcheck and systemd.
set -eu

require_tools=no
case "${1-}" in
"") ;;
--require-tools) require_tools=yes ;;
*)
    echo "usage: $0 [--require-tools]" >&2
    exit 2
    ;;
esac

cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0

# check NAME COMMAND...: runs it, and shows what it said only when it failed.
check() {
    name=$1
    shift
    if ! command -v "$1" >/dev/null 2>&1; then
        if [ "$require_tools" = yes ]; then
            echo "FAILED   $name: $1 is not installed"
            failed=1
        else
            echo "skipped  $name: $1 is not installed"
        fi
        return
    fi
    if "$@" >"$scratch/output" 2>&1; then
        echo "ok       $name"
    else
        echo "FAILED   $name: $*"
        sed 's/^/         /' "$scratch/output"
        failed=1
    fi
}

# systemd-analyze warns about units without failing, and wants the program to be there.
# shellcheck disable=SC2317 # it is called by its name, through check
verify_unit() {
    sed 's|^ExecStart=[^ ]*|ExecStart=/bin/true|' deploy/systemd/sabueso.service >"$scratch/sabueso.service"
    warnings=$(systemd-analyze verify --man=no "$scratch/sabueso.service" 2>&1) || {
        echo "$warnings"
        return 1
    }
    # Other units of this machine are none of our business.
    ! echo "$warnings" | grep -F sabueso.service
}

# Shell scripts by their first line, wherever they are in the repository.
shell_scripts() {
    find .ci deploy -type f -exec awk 'FNR == 1 && /^#!.*[\/ ](ba|da)?sh( |$)/ { print FILENAME }' {} +
}

check "Prometheus rules" promtool check rules deploy/prometheus/rules.yaml
check "Prometheus rules fire when they should" promtool test rules deploy/prometheus/rules_test.yaml
check "Alertmanager configuration" amtool check-config deploy/alertmanager/alertmanager.yaml
check "Alertmanager tells Sabueso and whoever was told before" amtool config routes test \
    --config.file=deploy/alertmanager/alertmanager.yaml --verify.receivers=sabueso,on-call \
    alertname=JenkinsJobTraceFailure service_name=jenkins-master
if command -v systemd-analyze >/dev/null 2>&1; then
    check "systemd unit" verify_unit
else
    check "systemd unit" systemd-analyze
fi
# shellcheck disable=SC2046 # the names of our scripts have no spaces
check "shell scripts" shellcheck $(shell_scripts)

exit "$failed"
