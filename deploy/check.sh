#!/bin/sh
# Checks everything that is installed somewhere: the image, the chart and the manifests, Compose, rules, Alertmanager's
# configuration, the unit, and all YAML and shell.
#
# usage: deploy/check.sh [--require-tools]
#        deploy/check.sh --program PATH
# A tool that is not installed is named and skipped; with --require-tools that is a failure. `deploy/prerequisites.sh test`
# installs them: Debian's packages prometheus, prometheus-alertmanager, shellcheck and systemd, and the Python packages of
# requirements.txt. --program checks what needs the program instead: whether it reads the configurations made here, and
# runs in the image.
set -eu

require_tools=no
program=
case "${1-}" in
"") ;;
--require-tools) require_tools=yes ;;
--program)
    require_tools=yes
    program=${2:?--program needs the path of the program}
    ;;
*)
    echo "usage: $0 [--require-tools | --program PATH]" >&2
    exit 2
    ;;
esac

cd "$(dirname "$0")/.."
tools=.build/deploy-tools/bin
PATH="$PWD/$tools:$PATH"
# No __pycache__ beside the sources.
export PYTHONDONTWRITEBYTECODE=1
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

# More is wrong in a unit than systemd's own rating of 2.0 lets through (10 is a service that may do everything).
# shellcheck disable=SC2317 # it is called by its name, through check
rate_unit() {
    systemd-analyze security --offline=true --threshold=20 deploy/systemd/sabueso.service
}

if [ -n "$program" ]; then
    # Only root can make the image's files, and only a Debian of its release has the packages.
    if [ "$(id -u)" -eq 0 ] && grep -q '^VERSION_CODENAME=bookworm$' /etc/os-release; then
        check "The program, its health check and its pictures work in the image" deploy/checks/image.sh --program "$program"
    else
        echo "skipped  The program works in the image: only root on Debian bookworm can make the image's files"
    fi
    check "The chart's configurations are read by the program" "$tools/python3" deploy/checks/chart.py --program "$program"
    check "The laptop's stack is read by the program" "$tools/python3" deploy/checks/compose.py --program "$program"
    exit "$failed"
fi

check "Helm chart and manifests" "$tools/python3" deploy/checks/chart.py
check "Compose" "$tools/python3" deploy/checks/compose.py
check "Dockerfile" hadolint --no-color --config deploy/hadolint.yaml deploy/Dockerfile
check "YAML" yamllint --strict --config-file deploy/yamllint.yaml Config deploy
check "Prometheus rules" promtool check rules deploy/prometheus/rules.yaml
check "Prometheus rules fire when they should" promtool test rules deploy/prometheus/rules_test.yaml
check "Prometheus rules know night from silence" promtool test rules deploy/prometheus/rules_days_test.yaml
check "Prometheus rules of the chart" promtool check rules deploy/helm/sabueso/files/alerts.yaml
check "Prometheus configuration of Compose" promtool check config --syntax-only deploy/compose/prometheus.yaml
check "Alertmanager configuration" amtool check-config deploy/alertmanager/alertmanager.yaml deploy/compose/alertmanager.yaml
check "Alertmanager tells Sabueso and whoever was told before" amtool config routes test \
    --config.file=deploy/alertmanager/alertmanager.yaml --verify.receivers=sabueso,on-call \
    alertname=JenkinsJobTraceFailure service_name=jenkins-master
if command -v systemd-analyze >/dev/null 2>&1; then
    check "systemd unit" verify_unit
    check "systemd unit's rights" rate_unit
else
    check "systemd unit" systemd-analyze
fi
# shellcheck disable=SC2046 # the names of our scripts have no spaces
check "shell scripts" shellcheck $(shell_scripts)

check "the script that installs, against tools that only write down" python3 deploy/checks/install_test.py
check "a release is the same twice" python3 deploy/checks/release_test.py

# What watches Jenkins has checks of its own.
if [ "$require_tools" = yes ]; then
    deploy/checks/stack.sh --require-tools || failed=1
else
    deploy/checks/stack.sh || failed=1
fi

exit "$failed"
