#!/bin/sh
# Checks what watches Jenkins: rules, Alertmanager's routes, dashboards, data sources, collectors, charts' values.
#
# usage: deploy/checks/stack.sh [--require-tools]
# As in deploy/check.sh, which calls it, a tool that is not installed is named and skipped; with --require-tools that is
# a failure. It needs promtool, amtool and Python with PyYAML.
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

cd "$(dirname "$0")/../.."
PATH="$PWD/.build/deploy-tools/bin:$PATH"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# No __pycache__ beside the sources.
export PYTHONDONTWRITEBYTECODE=1
failed=0

missing() {
    if [ "$require_tools" = yes ]; then
        echo "FAILED   $1: $2 is not installed"
        failed=1
    else
        echo "skipped  $1: $2 is not installed"
    fi
}

# check NAME COMMAND...: runs it, and shows what it said only when it failed.
check() {
    name=$1
    shift
    if ! command -v "$1" >/dev/null 2>&1; then
        missing "$name" "$1"
    elif "$@" >"$scratch/output" 2>&1; then
        echo "ok       $name"
    else
        echo "FAILED   $name: $*"
        sed 's/^/         /' "$scratch/output"
        failed=1
    fi
}

# python_check NAME ARGUMENTS...: one that needs PyYAML.
python_check() {
    name=$1
    shift
    if python3 -c "import yaml" 2>/dev/null; then
        check "$name" python3 "$@"
    else
        missing "$name" "PyYAML"
    fi
}

# routes RECEIVERS ALERT: who is told of it, in the order of the routes.
routes() {
    check "$2 goes to $1" amtool config routes test --config.file=deploy/alertmanager/alertmanager.yaml \
        --verify.receivers="$1" alertname="$2" service_name=jenkins-master
}

routes on-call SabuesoDown
routes on-call Watchdog
routes sabueso,on-call SpotAgentLost
routes sabueso,on-call JenkinsBuildsSlow

check "the rule for traces_total" promtool check rules deploy/prometheus/traces_total.yaml
check "traces_total is what its name says" promtool test rules deploy/prometheus/traces_total_test.yaml
python_check "alerts have runbooks, labels and tests" deploy/checks/run.py alerts
if command -v promtool >/dev/null 2>&1; then
    python_check "queries of rules, dashboards, data sources and runbooks" deploy/checks/run.py queries
    python_check "every panel shows something when there is something" deploy/checks/run.py shown
else
    missing "queries of rules, dashboards, data sources and runbooks" promtool
    missing "every panel shows something when there is something" promtool
fi
python_check "metrics that are asked for exist" deploy/checks/run.py metrics
python_check "the dashboard is what its script writes" deploy/grafana/dashboard.py --check
python_check "dashboards and data sources" deploy/checks/run.py boards
python_check "collectors" deploy/checks/run.py collectors
python_check "names agree between Tempo, Loki, collectors, Grafana and Jenkins" deploy/checks/run.py agreement
if command -v promtool >/dev/null 2>&1; then
    python_check "these checks can fail" -m unittest discover --start-directory deploy/checks --pattern checks_test.py
else
    missing "these checks can fail" promtool
fi

exit "$failed"
