#!/usr/bin/env bash
# Installs Sabueso and what it looks at: Prometheus with Alertmanager and Grafana, Tempo, Loki, the collectors, rules,
# dashboards, Sabueso itself, and the patch for Jenkins. Running it again changes what has changed and nothing else.
#
# Every command is made as text, printed by --dry-run and executed otherwise: what is shown is what runs.
set -euo pipefail

usage() {
    cat <<'USAGE'
usage: deploy/install.sh [options]

Installs the stack step by step and says what each is doing. When a step fails it stops, tells what was attempted and
what came back, and prints the command that goes on from there.

  --only STEP[,STEP]     only these steps
  --skip STEP[,STEP]     all but these steps
  --values FILE          values for Sabueso's chart; needed for the step sabueso: image, receivers, secrets
  --values STEP=FILE     values for that step's chart, behind those of this folder; both may be given again
  --storage KIND         where Tempo and Loki keep what they have: local (a volume, the default), azure, s3 or gcs.
                         A bucket needs its names: --values tempo=FILE --values loki=FILE
  --grafana-url URL      Grafana as people's browsers reach it; links in chat and in Jenkins begin with it
  --public-url URL       Sabueso as people's browsers reach it, for links to runbooks and incidents
  --repository-url URL   where people read this repository, for links of alerts and the dashboard to runbooks:
                         https://git.example.com/sabueso/src/branch/main
  --namespace NAME       where all of it goes (monitoring)
  --jenkins-namespace NAME, --jenkins-release NAME
                         the Helm release of Jenkins that is there (both jenkins-master)
  --spot-agents          also give Jenkins agents on spot nodes, with the label spot, beside those that it has
  --context NAME         the context of the kubeconfig; without it the current one
  --timeout DURATION     how long Helm waits until a step's pods are ready (10m)
  --adopt                also change releases of these names that this script did not install
  --dry-run              look whether everything needed is there, print every command, change nothing
  --uninstall            take the steps back, last one first; volumes and Jenkins stay
  --delete-volumes       with --uninstall: delete what was kept on volumes as well
  --test                 change nothing: ask from Sabueso's pod whether everything answers, run the chart's own test, and
                         `sabueso check --online`, which looks at the whole chain and says what to do
  --help                 this text

What is there already, by its address inside of the cluster; the step that would install it is left out:
  --tempo-url URL        Tempo, such as http://tempo.observability-stack:3200; it takes OTLP on port 4317
  --loki-url URL         Loki, such as http://loki.observability-stack:3100
  --prometheus-url URL, --alertmanager-url URL, --grafana-service URL
                         one of these leaves the step prometheus out, so name all three
  --prometheus-label NAME=VALUE
                         a label by which that Prometheus chooses rules and monitors, such as release=monitoring

Steps, in their order:
  namespace     the namespace
  prometheus    kube-prometheus-stack: Prometheus, its operator, Alertmanager, Grafana
  tempo         traces
  loki          logs
  gateway       the collector that everybody sends to
  node          the collector on each node, for what containers print
  events        the collector that keeps the cluster's events
  rules         recording rules and alerts
  grafana       data sources and the dashboard, for Grafana's sidecar
  sabueso       Sabueso
  alertmanager  Alertmanager tells Sabueso
  jenkins       the plugin for the Jenkins that is there, whose controller restarts; no part of --uninstall

It needs helm 3.14 or later and kubectl, and a Kubernetes of 1.27 or later.
USAGE
}

STEPS="namespace prometheus tempo loki gateway node events rules grafana sabueso alertmanager jenkins"

here=$(dirname "$0")
script=$0
namespace=monitoring
jenkins_namespace=jenkins-master
jenkins_release=jenkins-master
context=
timeout=10m
storage=local
grafana_url=
public_url=
repository_url=
tempo_url=
loki_url=
prometheus_url=
alertmanager_url=
grafana_service=
prometheus_label=
spot_agents=no
only=
skip=
mode=install
dry_run=no
adopt=no
delete_volumes=no
# Pairs: values_steps[i] has the file values_files[i].
values_steps=()
values_files=()
# What was given but for --only and --skip, for the command that goes on; and of it what says where things are.
given=()
places=()

fail() {
    printf 'install.sh: %s\n' "$1" >&2
    exit "${2:-1}"
}

is_step() {
    case " $STEPS " in *" $1 "*) [ -n "$1" ] ;; *) return 1 ;; esac
}

# check_steps OPTION LIST
check_steps() {
    local rest=$2${2:+,} step
    while [ -n "$rest" ]; do
        step=${rest%%,*}
        rest=${rest#*,}
        is_step "$step" || fail "$1: there is no step '$step'; the steps are: $STEPS" 2
    done
}

add_values() {
    local step=${1%%=*} file=${1#*=}
    # A file name may have a = in it.
    if [ "$step" = "$1" ] || ! is_step "$step"; then
        step=sabueso
        file=$1
    fi
    case $step in
    namespace | rules | grafana | alertmanager)
        fail "--values $step=…: this step has no chart; Grafana's chart is part of the step prometheus" 2
        ;;
    esac
    if [ ! -f "$file" ] || [ ! -r "$file" ]; then fail "--values: there is no readable file '$file'" 2; fi
    values_steps+=("$step")
    values_files+=("$file")
}

# matches TEXT PATTERN: an extended regular expression for the whole, which may not have a line break.
matches() {
    case $1 in *$'\n'*) return 1 ;; esac
    printf '%s\n' "$1" | grep -Eqx -- "$2"
}

# address URL: without a slash at its end. It goes into YAML and into a pattern of sed.
address() {
    matches "$1" 'https?://[A-Za-z0-9.:/_~-]+' || fail "$option: '$1' is no address such as https://grafana.example.org" 2
    printf '%s' "${1%/}"
}

name() {
    matches "$2" '[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?' ||
        fail "$1: '$2' is no name of Kubernetes: small letters, digits and - inside, at most 63" 2
}

set_mode() {
    [ "$mode" = install ] || [ "$mode" = "$1" ] || fail "--test and --uninstall: give one of them" 2
    mode=$1
}

while [ $# -gt 0 ]; do
    option=$1
    case $option in
    --tempo-url | --loki-url | --prometheus-url | --alertmanager-url | --grafana-service | --prometheus-label | --public-url | \
        --repository-url | --only | --skip | --values | --storage | --grafana-url | --namespace | --jenkins-namespace | --jenkins-release | \
        --context | --timeout)
        [ -n "${2-}" ] || fail "$option needs a value; see --help" 2
        value=$2
        shift
        ;;
    esac
    case $option in
    --only) only=$value ;;
    --skip) skip=$value ;;
    --values) add_values "$value" ;;
    --storage) storage=$value ;;
    --grafana-url) grafana_url=$(address "$value") ;;
    --public-url) public_url=$(address "$value") ;;
    --repository-url) repository_url=$(address "$value") ;;
    --tempo-url) tempo_url=$(address "$value") ;;
    --loki-url) loki_url=$(address "$value") ;;
    --prometheus-url) prometheus_url=$(address "$value") ;;
    --alertmanager-url) alertmanager_url=$(address "$value") ;;
    --grafana-service) grafana_service=$(address "$value") ;;
    --prometheus-label) prometheus_label=$value ;;
    --spot-agents) spot_agents=yes ;;
    --namespace) namespace=$value ;;
    --jenkins-namespace) jenkins_namespace=$value ;;
    --jenkins-release) jenkins_release=$value ;;
    --context) context=$value ;;
    --timeout) timeout=$value ;;
    --adopt) adopt=yes ;;
    --dry-run) dry_run=yes ;;
    --uninstall) set_mode uninstall ;;
    --delete-volumes) delete_volumes=yes ;;
    --test) set_mode answers ;;
    --help | -h)
        usage
        exit 0
        ;;
    *) fail "there is no option '$option'; see --help" 2 ;;
    esac
    case $option in
    --only | --skip) ;;
    --adopt | --spot-agents | --dry-run | --uninstall | --delete-volumes | --test) given+=("$option") ;;
    *) given+=("$option" "$value") ;;
    esac
    case $option in
    --namespace | --context | --tempo-url | --loki-url | --prometheus-url | --alertmanager-url | --grafana-service)
        places+=("$option" "$value")
        ;;
    esac
    shift
done

check_steps --only "$only"
check_steps --skip "$skip"
name --namespace "$namespace"
name --jenkins-namespace "$jenkins_namespace"
name --jenkins-release "$jenkins_release"
case $storage in local | azure | s3 | gcs) ;; *) fail "--storage: local, azure, s3 or gcs, not '$storage'" 2 ;; esac
matches "$timeout" '([0-9]+[hms])+' || fail "--timeout: '$timeout' is no duration; such as 10m or 1h30m" 2
[ -z "$prometheus_label" ] || matches "$prometheus_label" '[A-Za-z0-9][A-Za-z0-9./_-]*=[A-Za-z0-9._-]+' ||
    fail "--prometheus-label: '$prometheus_label' is no label such as release=monitoring" 2
# Data sources and the dashboard go to Grafana's namespace, which stands in its address.
[ -z "$grafana_service" ] || matches "$grafana_service" 'https?://[a-z0-9-]+\.[a-z0-9-]+([.:/].*)?' ||
    fail "--grafana-service: '$grafana_service' does not tell Grafana's namespace; such as http://grafana.observability" 2
[ "$delete_volumes" = no ] || [ "$mode" = uninstall ] || fail "--delete-volumes goes with --uninstall" 2

# What is there already is not installed.
[ -z "$tempo_url" ] || skip+=,tempo
[ -z "$loki_url" ] || skip+=,loki
[ -z "$prometheus_url$alertmanager_url$grafana_service" ] || skip+=,prometheus

# The steps of this run, in their order.
plan=()
for step in $STEPS; do
    case ",$skip," in *",$step,"*) continue ;; esac
    case ",${only:-$step}," in *",$step,"*) plan+=("$step") ;; esac
done
[ ${#plan[@]} -gt 0 ] || fail "no step is left of --only and --skip" 2

# shellcheck source=deploy/install/steps.sh
. "$here/install/steps.sh"
# shellcheck source=deploy/install/needs.sh
. "$here/install/needs.sh"
# shellcheck source=deploy/install/jenkins.sh
. "$here/install/jenkins.sh"
# shellcheck source=deploy/install/existing.sh
. "$here/install/existing.sh"
# shellcheck source=deploy/install/answers.sh
. "$here/install/answers.sh"

# go_on STEP...: the command that does what is left.
go_on() {
    local rest
    rest=$(IFS=,; printf '%s' "$*")
    quoted "$script" ${given[@]+"${given[@]}"} --only "$rest" | sed 's/^ //'
}

where_to_look() {
    case $1 in
    jenkins) echo "kubectl get pods --namespace $jenkins_namespace; kubectl logs --namespace $jenkins_namespace --container jenkins statefulset/$jenkins_release" ;;
    namespace) echo "kubectl get namespace $namespace" ;;
    *) echo "kubectl get pods,persistentvolumeclaims --namespace $namespace; kubectl get events --namespace $namespace --sort-by .lastTimestamp" ;;
    esac
}

# execute COMMANDS_FUNCTION STEP...: one step after the other.
execute() {
    local make=$1 count=0 step command status output
    shift
    local total=$#
    while [ $# -gt 0 ]; do
        step=$1
        count=$((count + 1))
        printf '[%d/%d] %s: %s\n' "$count" "$total" "$step" "$(about "$step")"
        while IFS= read -r command; do
            [ -n "$command" ] || continue
            if [ "$dry_run" = yes ]; then
                printf '    %s\n' "$command"
                continue
            fi
            status=0
            # Nothing of ours on its input: kubectl and helm would read the list of commands.
            output=$(eval "$command" 2>&1 </dev/null) || status=$?
            if [ "$status" -ne 0 ]; then
                {
                    printf 'install.sh: step %d of %d, %s, failed.\n' "$count" "$total" "$step"
                    printf '  attempted: %s\n' "$command"
                    printf '  came back: exit status %d\n' "$status"
                    printf '%s\n' "$output" | tail -n 20 | without_secrets | sed 's/^/    /'
                    printf '  look at:   %s\n' "$(where_to_look "$step")"
                    printf '  go on:     %s\n' "$(go_on "$@")"
                } >&2
                exit 1
            fi
        done <<COMMANDS
$($make "$step")
COMMANDS
        shift
    done
}

# Before anything happens.
tell_restarts() {
    local step release restarted=""
    for step in "${plan[@]}"; do
        release=$(release_of "$step")
        if [ -n "$release" ] && known "$releases_there" "$release"; then restarted+=" $release"; fi
    done
    [ -z "$restarted" ] || echo "Restarts, as far as something changed: the pods of$restarted."
    if planned jenkins; then
        echo "Restarts in the last step: the controller of Jenkins, release $jenkins_release in the namespace $jenkins_namespace."
        echo "  Running Pipelines wait for it, and go on; other running builds end. To choose the time: --skip jenkins now, --only jenkins then."
    fi
}

# How to get into a Grafana that this script has installed. Its chart makes the password, in a Secret.
tell_grafana() {
    echo "Grafana: $kubectl_command port-forward --namespace $namespace service/$GRAFANA 3000:80, then http://localhost:3000, user admin, password:"
    echo "  $kubectl_command get secret $GRAFANA --namespace $namespace --output 'jsonpath={.data.admin-password}' | base64 --decode"
}

install() {
    check_install
    local incomplete=no
    report_problems || incomplete=yes
    [ "$incomplete" = no ] || [ "$dry_run" = yes ] || exit 1
    tell_restarts
    execute commands_of "${plan[@]}"
    [ "$incomplete" = no ] || exit 1
    [ "$dry_run" = no ] || return 0
    echo "Done."
    ! planned jenkins || echo "Jenkins has restarted with the plugin: builds that begin now have traces."
    if [ -z "$grafana_service" ] && any prometheus grafana; then tell_grafana; fi
    echo "Does everything answer? $(quoted "$script" ${places[@]+"${places[@]}"} --test | sed 's/^ //')"
}

uninstall() {
    local reversed=() step
    for step in "${plan[@]}"; do
        case $step in
        namespace | jenkins) ;;
        *) reversed=("$step" ${reversed[@]+"${reversed[@]}"}) ;;
        esac
    done
    [ ${#reversed[@]} -gt 0 ] ||
        fail "nothing of this is taken back: the namespace stays for what else is in it, Jenkins is yours" 2
    check_uninstall
    local incomplete=no
    report_problems || incomplete=yes
    [ "$incomplete" = no ] || [ "$dry_run" = yes ] || exit 1
    execute undoing "${reversed[@]}"
    [ "$incomplete" = no ] || exit 1
    [ "$delete_volumes" = yes ] ||
        echo "Volumes stay: kubectl get persistentvolumeclaims --namespace $namespace; --delete-volumes deletes them."
    echo "The namespace $namespace and the operator's CustomResourceDefinitions stay: others may use them."
    echo "Jenkins keeps its patch: helm history $jenkins_release --namespace $jenkins_namespace, then helm rollback."
}

case $mode in
install) install ;;
uninstall) uninstall ;;
answers) run_tests ;;
esac
