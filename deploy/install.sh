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
  --namespace NAME       where all of it goes (monitoring)
  --jenkins-namespace NAME, --jenkins-release NAME
                         the Helm release of Jenkins that is there (jenkins-master, jenkins)
  --context NAME         the context of the kubeconfig; without it the current one
  --timeout DURATION     how long Helm waits until a step's pods are ready (10m)
  --adopt                also change releases of these names that this script did not install
  --dry-run              look whether everything needed is there, print every command, change nothing
  --uninstall            take the steps back, last one first; volumes and Jenkins stay
  --delete-volumes       with --uninstall: delete what was kept on volumes as well
  --test                 change nothing: ask from Sabueso's pod whether everything answers, run the chart's own test, and
                         `sabueso check --online` where the program that runs there has that option
  --help                 this text

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
  jenkins       plugin and agents of the Jenkins that is there; no part of --uninstall

It needs helm 3.14 or later and kubectl, and a Kubernetes of 1.27 or later.
USAGE
}

STEPS="namespace prometheus tempo loki gateway node events rules grafana sabueso alertmanager jenkins"

# Charts and the versions that the values of this folder were tried with.
PROMETHEUS_CHART="kube-prometheus-stack https://prometheus-community.github.io/helm-charts 88.5.3"
TEMPO_CHART="tempo https://grafana-community.github.io/helm-charts 2.2.4"
LOKI_CHART="loki https://grafana-community.github.io/helm-charts 18.11.0"
COLLECTOR_CHART="opentelemetry-collector https://open-telemetry.github.io/opentelemetry-helm-charts 0.170.0"
JENKINS_CHART="jenkins https://charts.jenkins.io"
# --reset-then-reuse-values came with it.
LEAST_HELM=3.14
# Sabueso's chart.
LEAST_KUBERNETES=1.27
# A mark on our releases: those without it are somebody else's.
MARK="installed-by=sabueso"
# What stands in the values for the address of Grafana.
EXAMPLE_GRAFANA=https://grafana.example.com

here=$(dirname "$0")
script=$0
namespace=monitoring
jenkins_namespace=jenkins-master
jenkins_release=jenkins
context=
timeout=10m
storage=local
grafana_url=
only=
skip=
mode=install
dry_run=no
adopt=no
delete_volumes=no
# Pairs: values_steps[i] has the file values_files[i].
values_steps=()
values_files=()
# What was given but for --only and --skip, for the command that goes on.
given=()

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

name() {
    matches "$2" '[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?' ||
        fail "$1: '$2' is no name of Kubernetes: small letters, digits and - inside, at most 63" 2
}

while [ $# -gt 0 ]; do
    option=$1
    case $option in
    --only | --skip | --values | --storage | --grafana-url | --namespace | --jenkins-namespace | --jenkins-release | \
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
    --grafana-url) grafana_url=$value ;;
    --namespace) namespace=$value ;;
    --jenkins-namespace) jenkins_namespace=$value ;;
    --jenkins-release) jenkins_release=$value ;;
    --context) context=$value ;;
    --timeout) timeout=$value ;;
    --adopt) adopt=yes ;;
    --dry-run) dry_run=yes ;;
    --uninstall) mode=uninstall ;;
    --delete-volumes) delete_volumes=yes ;;
    --test) mode=answers ;;
    --help | -h)
        usage
        exit 0
        ;;
    *) fail "there is no option '$option'; see --help" 2 ;;
    esac
    case $option in
    --only | --skip) ;;
    --adopt | --dry-run | --uninstall | --delete-volumes | --test) given+=("$option") ;;
    *) given+=("$option" "$value") ;;
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
# It goes into YAML and into a pattern of sed.
[ -z "$grafana_url" ] || matches "$grafana_url" 'https?://[A-Za-z0-9.:/_~-]+' ||
    fail "--grafana-url: '$grafana_url' is no address such as https://grafana.example.org" 2
grafana_url=${grafana_url%/}
[ "$delete_volumes" = no ] || [ "$mode" = uninstall ] || fail "--delete-volumes goes with --uninstall" 2

# The steps of this run, in their order.
plan=()
for step in $STEPS; do
    case ",$skip," in *",$step,"*) continue ;; esac
    case ",${only:-$step}," in *",$step,"*) plan+=("$step") ;; esac
done
[ ${#plan[@]} -gt 0 ] || fail "no step is left of --only and --skip" 2

planned() {
    local step
    for step in "${plan[@]}"; do [ "$step" != "$1" ] || return 0; done
    return 1
}

has_values() {
    local step
    for step in ${values_steps[@]+"${values_steps[@]}"}; do [ "$step" != "$1" ] || return 0; done
    return 1
}

# quoted WORD...: as the shell reads it back, with a space in front of each.
quoted() {
    local word
    for word in "$@"; do
        if matches "$word" '[A-Za-z0-9_./:=@%+,-]+'; then printf ' %s' "$word"; else printf ' %q' "$word"; fi
    done
}

helm_command="helm"
kubectl_command="kubectl"
if [ -n "$context" ]; then
    helm_command+=$(quoted --kube-context "$context")
    kubectl_command+=$(quoted --context "$context")
fi

asking_helm() { helm ${context:+--kube-context "$context"} "$@"; }
asking_kubectl() { kubectl ${context:+--context "$context"} "$@"; }

# Helm reads --values as a line of CSV.
csv() {
    case $1 in
    *[,\"]*) printf '"%s"' "${1//\"/\"\"}" ;;
    *) printf '%s' "$1" ;;
    esac
}

# values_of STEP: the files given for it, as options.
values_of() {
    local index=0
    while [ "$index" -lt ${#values_steps[@]} ]; do
        [ "${values_steps[$index]}" != "$1" ] || quoted --values "$(csv "${values_files[$index]}")"
        index=$((index + 1))
    done
}

# adapted FILE: a command that prints it with the namespace and the address of Grafana of this run.
adapted() {
    local changes=()
    [ "$namespace" = monitoring ] || changes+=(-e "s|\\.monitoring\\.svc|.$namespace.svc|g")
    [ -z "$grafana_url" ] || changes+=(-e "s|$EXAMPLE_GRAFANA|$grafana_url|g")
    if [ ${#changes[@]} -eq 0 ]; then
        printf 'cat%s' "$(quoted "$1")"
    else
        printf 'sed%s' "$(quoted "${changes[@]}" "$1")"
    fi
}

# upgrade RELEASE CHART REPOSITORY VERSION: the beginning of the command that installs it.
upgrade() {
    printf '%s upgrade --install %s %s --repo %s --version %s --namespace %s --labels %s --wait --timeout %s' \
        "$helm_command" "$1" "$2" "$3" "$4" "$namespace" "$MARK" "$timeout"
}

# stored STEP: values of Tempo and Loki, with those of the storage.
stored() {
    quoted --values "$here/$1/values.yaml"
    [ "$storage" = local ] || quoted --values "$here/$1/values-$storage.yaml"
    values_of "$1"
}

apply="$kubectl_command apply --server-side --force-conflicts --namespace $namespace --filename -"

# config_map NAME LABEL FILE
config_map() {
    printf '%s create configmap %s --from-file%s --dry-run=client --output yaml' "$kubectl_command" "$1" "$(quoted "$3")"
    printf ' | %s label --local --filename - --output yaml %s' "$kubectl_command" "$2"
    printf ' | %s\n' "$apply"
}

# release_of STEP: its Helm release, if it is one of ours.
release_of() {
    case $1 in
    prometheus) echo kube-prometheus-stack ;;
    gateway | node | events) echo "otel-$1" ;;
    tempo | loki | sabueso) echo "$1" ;;
    esac
}

# commands_of STEP: its commands, one a line.
commands_of() {
    case $1 in
    namespace)
        printf '%s create namespace %s --dry-run=client --output yaml | %s\n' \
            "$kubectl_command" "$namespace" "$kubectl_command apply --server-side --filename -"
        ;;
    prometheus)
        # Grafana's chart is inside: its values go below its name.
        printf "{ echo grafana:; %s | sed 's/^/  /'; } | " "$(adapted "$here/grafana/values.yaml")"
        # shellcheck disable=SC2046,SC2086 # three words
        upgrade $(release_of prometheus) $PROMETHEUS_CHART
        printf '%s%s\n' "$(quoted --values "$here/prometheus/values.yaml" --values -)" "$(values_of prometheus)"
        ;;
    tempo | loki)
        local chart=$TEMPO_CHART
        [ "$1" = tempo ] || chart=$LOKI_CHART
        # shellcheck disable=SC2086 # three words
        upgrade "$1" $chart
        printf '%s\n' "$(stored "$1")"
        ;;
    gateway | node | events)
        # shellcheck disable=SC2086 # three words
        upgrade "otel-$1" $COLLECTOR_CHART
        printf '%s%s\n' "$(quoted --values "$here/collector/$1-values.yaml")" "$(values_of "$1")"
        ;;
    rules)
        printf "{ printf '%s'; " 'apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {name: sabueso-stack}\nspec:\n'
        printf "sed 's/^/  /'%s; } | %s\n" "$(quoted "$here/prometheus/rules.yaml")" "$apply"
        ;;
    grafana)
        config_map sabueso-datasources grafana_datasource=1 "$here/grafana/datasources.yaml"
        config_map sabueso-dashboards grafana_dashboard=1 "$here/grafana/dashboards/jenkins-tracing.json"
        ;;
    sabueso)
        printf '%s | %s upgrade --install sabueso%s --namespace %s --labels %s --wait --timeout %s --values -%s\n' \
            "$(adapted "$here/helm/sabueso/examples/stack.yaml")" "$helm_command" "$(quoted "$here/helm/sabueso")" \
            "$namespace" "$MARK" "$timeout" "$(values_of sabueso)"
        ;;
    alertmanager)
        printf '%s%s\n' "${apply% -}" "$(quoted "$here/alertmanager/alertmanagerconfig.yaml")"
        ;;
    jenkins)
        # The chart that is installed stays: this is not the place to upgrade Jenkins.
        printf '%s | %s upgrade %s %s --version %s --namespace %s --reset-then-reuse-values --wait --timeout %s --values -%s\n' \
            "$(adapted "$here/jenkins/values.yaml")" "$helm_command" "$jenkins_release" "${JENKINS_CHART/ / --repo }" \
            "${jenkins_version:-VERSION_OF_THE_INSTALLED_CHART}" "$jenkins_namespace" "$timeout" "$(values_of jenkins)"
        ;;
    esac
}

# undoing STEP: the commands that take it back.
undoing() {
    local release
    release=$(release_of "$1")
    if [ -n "$release" ]; then
        printf '%s uninstall %s --namespace %s --ignore-not-found --wait --timeout %s\n' \
            "$helm_command" "$release" "$namespace" "$timeout"
        if [ "$delete_volumes" = yes ]; then
            # Claims of Prometheus and Alertmanager carry the names that their operator gives.
            printf '%s delete persistentvolumeclaim --namespace %s --ignore-not-found --selector %q\n' "$kubectl_command" \
                "$namespace" "app.kubernetes.io/instance in ($release,$release-prometheus,$release-alertmanager)"
        fi
        return
    fi
    local delete="$kubectl_command delete --namespace $namespace --ignore-not-found"
    case $1 in
    rules) echo "$delete prometheusrules.monitoring.coreos.com sabueso-stack" ;;
    grafana) echo "$delete configmap sabueso-datasources sabueso-dashboards" ;;
    alertmanager) echo "$delete alertmanagerconfigs.monitoring.coreos.com sabueso" ;;
    esac
}

about() {
    case $1 in
    namespace) echo "the namespace $namespace" ;;
    prometheus) echo "Prometheus, Alertmanager and Grafana (chart ${PROMETHEUS_CHART%% *} ${PROMETHEUS_CHART##* })" ;;
    tempo) echo "traces (chart tempo ${TEMPO_CHART##* })" ;;
    loki) echo "logs (chart loki ${LOKI_CHART##* })" ;;
    gateway | node | events) echo "collector otel-$1 (chart ${COLLECTOR_CHART%% *} ${COLLECTOR_CHART##* })" ;;
    rules) echo "recording rules and alerts" ;;
    grafana) echo "data sources and dashboard" ;;
    sabueso) echo "Sabueso" ;;
    alertmanager) echo "Alertmanager tells Sabueso" ;;
    jenkins) echo "plugin and agents of Jenkins (release $jenkins_release in $jenkins_namespace)" ;;
    esac
}

# Tools quote what they stumble over, and that may be somebody's values.
without_secrets() {
    sed -E -e 's#(https?://)[^/@[:space:]]*@#\1<redacted>@#g' \
        -e 's#https://(hooks\.|[^/[:space:]]*\.(webhook\.office|logic\.azure|powerplatform|api\.powerplatform)\.)[^[:space:]"]*#<redacted address>#g' \
        -e 's#([Bb]earer|[Bb]asic) +[A-Za-z0-9._~+/=-]{8,}#\1 <redacted>#g' \
        -e 's#([A-Za-z_-]*([Tt]oken|[Pp]assword|[Ss]ecret|[Cc]redentials?|[Aa]uthorization|[Aa]pi_?[Kk]ey|webhook_url|workflow_url|TOKEN|PASSWORD|SECRET|WEBHOOK_URL)"?[[:space:]]*[:=][[:space:]]*)("[^"]*"|[^[:space:],}]+)#\1<redacted>#g'
}

# ---- What has to be there -------------------------------------------------------------------------------------------

problems=()
notes=()
problem() { problems+=("$1"); }

# at_least FOUND LEAST: of two numbers with a dot between them.
at_least() {
    local found=${1#v} least=$2
    found=${found%%[+-]*}
    case $found in [0-9]*.[0-9]*) ;; *) return 1 ;; esac
    local major=${found%%.*} rest=${found#*.}
    local minor=${rest%%[!0-9]*}
    [ "$major" -gt "${least%%.*}" ] || { [ "$major" -eq "${least%%.*}" ] && [ "$minor" -ge "${least#*.}" ]; }
}

# allowed VERB RESOURCE [NAMESPACE]
allowed() {
    asking_kubectl auth can-i "$1" "$2" ${3:+--namespace "$3"} >/dev/null 2>&1 ||
        problem "You may not $1 $2${3:+ in the namespace $3}. Ask for it; kubectl auth can-i $1 $2${3:+ --namespace $3} shows when you have it."
}

crd() {
    asking_kubectl get customresourcedefinition "$1.monitoring.coreos.com" --output name >/dev/null 2>&1 ||
        problem "The cluster does not know $1.monitoring.coreos.com, which the Prometheus Operator brings. Install the step prometheus, or an operator of your own."
}

# known LIST NAME: whether the name is one of the list's lines.
known() { printf '%s\n' "$1" | grep -Fqx -- "$2"; }

check_tools() {
    local version
    command -v kubectl >/dev/null 2>&1 || problem "kubectl is not installed: https://kubernetes.io/docs/tasks/tools/"
    if ! command -v helm >/dev/null 2>&1; then
        problem "helm is not installed: https://helm.sh/docs/intro/install/"
        return
    fi
    version=$(helm version --short 2>/dev/null) || version=
    at_least "$version" "$LEAST_HELM" ||
        problem "helm is ${version:-of an unknown version}; $LEAST_HELM or later is needed: https://helm.sh/docs/intro/install/"
}

# Fails when there is no use in asking further.
check_cluster() {
    local answer version
    if ! answer=$(asking_kubectl get --raw /version 2>&1); then
        problem "The cluster does not answer: $(printf '%s' "$answer" | tail -n 1 | without_secrets). Look at kubectl config current-context and kubectl cluster-info."
        return 1
    fi
    version=$(printf '%s\n' "$answer" | sed -n 's/.*"gitVersion": *"\([^"]*\)".*/\1/p')
    at_least "$version" "$LEAST_KUBERNETES" ||
        problem "The cluster is Kubernetes ${version:-of an unknown version}; $LEAST_KUBERNETES or later is needed."
}

# What the values that are rendered for Sabueso ask for: its image, and Secrets that must be there.
check_sabueso() {
    local rendered image secret
    if ! has_values sabueso; then
        problem "The step sabueso needs values: the image, config.receivers and secrets. Begin with deploy/helm/sabueso/examples/minimal.yaml and give --values FILE; or --skip sabueso,alertmanager."
        return
    fi
    if ! rendered=$(eval "$(adapted "$here/helm/sabueso/examples/stack.yaml") | $helm_command template sabueso$(quoted "$here/helm/sabueso") --namespace $namespace --show-only templates/deployment.yaml --values -$(values_of sabueso)" 2>&1); then
        problem "Sabueso's chart refuses its values: $(printf '%s\n' "$rendered" | tail -n 5 | without_secrets)"
        return
    fi
    image=$(printf '%s\n' "$rendered" | sed -n 's/^ *image: *"\{0,1\}\([^" ]*\).*/\1/p' | head -n 1)
    case $image in
    registry.example.com/* | example.azurecr.io/*)
        problem "image.repository is the example $image. Build the image with deploy/Dockerfile, push it to your registry, and name it in the values."
        ;;
    esac
    # shellcheck disable=SC2086 # names of Kubernetes have no spaces
    for secret in $(printf '%s\n' "$rendered" | secrets_of | sort -u); do
        asking_kubectl get secret "$secret" --namespace "$namespace" --output name >/dev/null 2>&1 ||
            problem "There is no Secret $secret in the namespace $namespace, which Sabueso's values name. Make it: kubectl create secret generic $secret --namespace $namespace --from-file KEY=FILE"
    done
}

# The Secrets that a Deployment wants: secretKeyRef, secretRef, secretName. The chart's own one is called sabueso.
secrets_of() {
    sed -n -e 's/.*secretKeyRef: *{.*name: *\([^,} ]*\).*/\1/p' -e 's/.*secretRef: *{.*name: *\([^,} ]*\).*/\1/p' \
        -e 's/.*secretName: *"\{0,1\}\([^" ]*\).*/\1/p' | grep -Fvx sabueso || true
}

# The items of a list in YAML as Helm prints it: plugins without their version, or the names of mappings.
items_of() {
    awk -v key="$1:" '
        $1 == key && NF == 1 { match($0, /^ */); depth = RLENGTH; inside = 1; next }
        inside {
            match($0, /^ */); at = RLENGTH
            if (substr($0, at + 1, 2) == "- " && at >= depth) {
                item = substr($0, at + 3); sub(/^name: */, "", item); sub(/[: ].*/, "", item); gsub(/["'\'']/, "", item)
                print item
            } else if (at <= depth) inside = 0
        }'
}

# Helm replaces lists whole: what is in the release and not in our patch would be gone.
check_jenkins() {
    local values metadata list item lost="" ours
    if ! metadata=$(asking_helm get metadata "$jenkins_release" --namespace "$jenkins_namespace" --output yaml 2>/dev/null); then
        problem "There is no Helm release $jenkins_release in the namespace $jenkins_namespace. Name yours with --jenkins-namespace and --jenkins-release, or --skip jenkins and see deploy/jenkins/README.md."
        return
    fi
    jenkins_version=$(printf '%s\n' "$metadata" | sed -n 's/^version: *"\{0,1\}\([0-9A-Za-z.+-]*\).*/\1/p')
    [ -n "$jenkins_version" ] || problem "helm get metadata $jenkins_release does not tell the version of its chart."
    if ! values=$(asking_helm get values "$jenkins_release" --namespace "$jenkins_namespace" --output yaml 2>/dev/null); then
        problem "The values of the release $jenkins_release cannot be read: helm get values $jenkins_release --namespace $jenkins_namespace"
        return
    fi
    ours=$(cat "$here/jenkins/values.yaml"; index=0
        while [ "$index" -lt ${#values_steps[@]} ]; do
            [ "${values_steps[$index]}" != jenkins ] || cat "${values_files[$index]}"
            index=$((index + 1))
        done)
    for list in additionalPlugins containerEnv envVars; do
        for item in $(printf '%s\n' "$values" | items_of "$list"); do
            known "$(printf '%s\n' "$ours" | items_of "$list")" "$item" || lost+=" $list: $item;"
        done
    done
    [ -z "$lost" ] ||
        problem "Helm replaces lists whole, and the release $jenkins_release has what the patch has not:${lost%;}. Write the whole lists, yours and those of deploy/jenkins/values.yaml, into a file and give --values jenkins=FILE."
}

check_releases() {
    local step release there ours
    there=$(asking_helm list --namespace "$namespace" --deployed --failed --pending --short 2>/dev/null) || {
        problem "Helm cannot list the releases of the namespace $namespace: helm list --namespace $namespace shows why."
        return
    }
    ours=$(asking_helm list --namespace "$namespace" --deployed --failed --pending --short --selector "$MARK" 2>/dev/null) || ours=
    for step in "${plan[@]}"; do
        release=$(release_of "$step")
        if [ -n "$release" ] && known "$there" "$release" && ! known "$ours" "$release"; then
            problem "A release $release is in the namespace $namespace that this script did not install. --skip $step leaves it alone; --adopt takes it over, and its values are then those of this folder and of --values $step=FILE."
        fi
    done
}

check_permissions() {
    if planned namespace; then
        asking_kubectl get namespace "$namespace" --output name >/dev/null 2>&1 || allowed create namespaces
    fi
    local step
    for step in "${plan[@]}"; do
        if [ -n "$(release_of "$step")" ]; then
            # Helm keeps its releases in Secrets.
            allowed create secrets "$namespace"
            allowed create clusterroles.rbac.authorization.k8s.io
            break
        fi
    done
    if planned prometheus; then allowed create customresourcedefinitions.apiextensions.k8s.io; fi
    if planned tempo || planned loki || planned gateway; then allowed create statefulsets.apps "$namespace"; fi
    if planned node; then allowed create daemonsets.apps "$namespace"; fi
    if planned events || planned sabueso; then allowed create deployments.apps "$namespace"; fi
    if planned grafana; then allowed create configmaps "$namespace"; fi
    if planned rules; then allowed create prometheusrules.monitoring.coreos.com "$namespace"; fi
    if planned alertmanager; then allowed create alertmanagerconfigs.monitoring.coreos.com "$namespace"; fi
    if planned jenkins; then allowed patch statefulsets.apps "$jenkins_namespace"; fi
}

check_install() {
    local step
    if [ "$storage" != local ]; then
        for step in tempo loki; do
            if planned "$step" && ! has_values "$step"; then
                problem "--storage $storage needs the names of the account or the bucket: copy deploy/$step/values-$storage.yaml, put them in, and give --values $step=FILE."
            fi
        done
    fi
    if [ -z "$grafana_url" ] && { planned prometheus || planned sabueso || planned jenkins; }; then
        notes+=("Links lead to $EXAMPLE_GRAFANA until --grafana-url says where Grafana is, or values of yours do.")
    fi
    check_tools
    [ ${#problems[@]} -eq 0 ] || return 0
    check_cluster || return 0
    if ! planned namespace; then
        asking_kubectl get namespace "$namespace" --output name >/dev/null 2>&1 ||
            problem "There is no namespace $namespace; the step namespace makes it."
    fi
    check_permissions
    if ! planned prometheus; then
        if planned tempo || planned loki || planned sabueso; then crd servicemonitors; fi
        if planned gateway || planned node || planned events; then crd podmonitors; fi
        if planned rules; then crd prometheusrules; fi
        if planned alertmanager; then crd alertmanagerconfigs; fi
    fi
    [ "$adopt" = yes ] || check_releases
    if planned tempo || planned loki || planned gateway || planned sabueso; then
        case $(asking_kubectl get storageclass --output yaml 2>/dev/null || true) in
        *'is-default-class: "true"'*) ;;
        *) notes+=("The cluster has no default StorageClass: unless values of yours name one, volumes wait for ever.") ;;
        esac
    fi
    if planned sabueso; then check_sabueso; fi
    if planned jenkins; then check_jenkins; fi
}

check_uninstall() {
    check_tools
    [ ${#problems[@]} -eq 0 ] || return 0
    check_cluster || return 0
    [ "$adopt" = yes ] || check_releases
}

report_problems() {
    local text
    for text in ${notes[@]+"${notes[@]}"}; do printf 'note: %s\n' "$text"; done
    [ ${#problems[@]} -gt 0 ] || return 0
    printf 'install.sh: %d of the things needed are missing; nothing was changed.\n' ${#problems[@]} >&2
    for text in "${problems[@]}"; do printf '  - %s\n' "$text" >&2; done
    return 1
}

# ---- Doing it -------------------------------------------------------------------------------------------------------

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

install() {
    check_install
    local incomplete=no
    report_problems || incomplete=yes
    [ "$incomplete" = no ] || [ "$dry_run" = yes ] || exit 1
    execute commands_of "${plan[@]}"
    [ "$incomplete" = no ] || exit 1
    [ "$dry_run" = no ] || return 0
    echo "Done."
    ! planned jenkins || echo "Jenkins restarts with the plugin; its builds then have traces."
    echo "Does everything answer? $(quoted "$script" --test --namespace "$namespace" ${context:+--context "$context"} | sed 's/^ //')"
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

# ---- Does it answer? ------------------------------------------------------------------------------------------------

unanswered=0

# ask WHAT ADDRESS WHAT_TO_DO [CURL_OPTION]
ask() {
    local output
    if output=$(asking_kubectl exec --namespace "$namespace" deployment/sabueso -- \
        /usr/bin/curl --silent --show-error --max-time 10 --output /dev/null ${4:+"$4"} "$2" 2>&1 </dev/null); then
        printf 'ok       %s (%s)\n' "$1" "$2"
    else
        printf 'FAILED   %s (%s): %s\n         %s\n' "$1" "$2" \
            "$(printf '%s' "$output" | tail -n 1 | without_secrets)" "$3"
        unanswered=$((unanswered + 1))
    fi
}

run_tests() {
    check_tools
    [ ${#problems[@]} -gt 0 ] || check_cluster || true
    report_problems || exit 1
    local inside="kubectl get pods --namespace $namespace" output status
    if ! asking_kubectl exec --namespace "$namespace" deployment/sabueso -- /usr/bin/sabueso --version >/dev/null 2>&1 </dev/null; then
        printf 'FAILED   Sabueso runs: nothing can be asked from its pod.\n'
        printf '         kubectl rollout status --namespace %s deployment/sabueso; kubectl logs --namespace %s deployment/sabueso\n' \
            "$namespace" "$namespace"
        exit 1
    fi
    printf 'ok       Sabueso runs\n'
    ask "Sabueso takes notifications" http://127.0.0.1:9096/readyz "kubectl logs --namespace $namespace deployment/sabueso" --fail
    ask "Tempo is ready" http://tempo:3200/ready "$inside --selector app.kubernetes.io/name=tempo" --fail
    ask "Loki is ready" http://loki:3100/ready "$inside --selector app.kubernetes.io/name=loki" --fail
    ask "Prometheus is ready" http://prometheus-operated:9090/-/ready "$inside --selector app.kubernetes.io/name=prometheus" --fail
    ask "Alertmanager is ready" http://alertmanager-operated:9093/-/ready "$inside --selector app.kubernetes.io/name=alertmanager" --fail
    ask "Grafana is healthy" http://kube-prometheus-stack-grafana/api/health "$inside --selector app.kubernetes.io/name=grafana" --fail
    # It answers a GET with 405: that it answers is enough.
    ask "The gateway takes OTLP" http://otel-gateway:4318/v1/traces "$inside --selector app.kubernetes.io/instance=otel-gateway"
    if output=$(asking_helm test sabueso --namespace "$namespace" 2>&1 </dev/null); then
        printf 'ok       the test of the chart (helm test sabueso)\n'
    else
        printf 'FAILED   the test of the chart (helm test sabueso --namespace %s)\n' "$namespace"
        printf '%s\n' "$output" | tail -n 5 | without_secrets | sed 's/^/         /'
        unanswered=$((unanswered + 1))
    fi
    output=$(asking_kubectl exec --namespace "$namespace" deployment/sabueso -- /usr/bin/sabueso check --help 2>&1 </dev/null) || output=
    case $output in
    *--online*)
        status=0
        asking_kubectl exec --namespace "$namespace" deployment/sabueso -- \
            /usr/bin/sabueso check --online --config /etc/sabueso/sabueso.yaml </dev/null || status=$?
        [ "$status" -eq 0 ] || unanswered=$((unanswered + 1))
        ;;
    *) printf 'note: this Sabueso has no check --online; whether traces and logs really arrive was not looked at.\n' ;;
    esac
    [ "$unanswered" -eq 0 ] || fail "$unanswered of the checks failed"
}

case $mode in
install) install ;;
uninstall) uninstall ;;
answers) run_tests ;;
esac
