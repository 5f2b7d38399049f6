#!/usr/bin/env bash
# Part of ../install.sh: the commands of each step, as text.
# shellcheck disable=SC2034,SC2154 # variables of the other parts

# Charts and the versions that the values of this folder were tried with.
PROMETHEUS_CHART="kube-prometheus-stack https://prometheus-community.github.io/helm-charts 88.5.3"
TEMPO_CHART="tempo https://grafana-community.github.io/helm-charts 2.2.4"
LOKI_CHART="loki https://grafana-community.github.io/helm-charts 18.11.0"
COLLECTOR_CHART="opentelemetry-collector https://open-telemetry.github.io/opentelemetry-helm-charts 0.170.0"
JENKINS_CHART="jenkins https://charts.jenkins.io"
# A mark on our releases: those without it are somebody else's.
MARK="installed-by=sabueso"
# What stands in the files of this folder for addresses that only this run knows.
EXAMPLE_GRAFANA=https://grafana.example.com
EXAMPLE_REPOSITORY=https://git.example.com/sabueso/src/branch/main
# Services in the namespace that everything goes to: Tempo's and Loki's charts are told these names, the others are the
# operator's, and the one that kube-prometheus-stack gives to its Grafana. Grafana's Secret has the same name.
TEMPO=tempo
LOKI=loki
PROMETHEUS=prometheus-operated
ALERTMANAGER=alertmanager-operated
GRAFANA=kube-prometheus-stack-grafana

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
        case $word in
        *[!A-Za-z0-9_./:=@%+,-]* | '') printf ' %q' "$word" ;;
        *) printf ' %s' "$word" ;;
        esac
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

# Both tools read names of files as a line of CSV.
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

# What differs from the files of this folder, as expressions for sed: an address that is there instead of ours.
changes=()
change() { [ -z "$2" ] || [ "$1" = "$2" ] || changes+=(-e "s|${1//./\\.}|$2|g"); }
# host_of URL: without the port.
host_of() { printf '%s' "$1" | sed -E 's|^https?://([^/:]+).*|\1|'; }

[ -z "$tempo_url" ] || change "$TEMPO:4317" "$(host_of "$tempo_url"):4317"
change "http://$TEMPO:3200" "$tempo_url"
change "http://$LOKI.monitoring.svc.cluster.local:3100" "$loki_url"
change "http://$LOKI:3100" "$loki_url"
change "http://$PROMETHEUS:9090" "$prometheus_url"
change "http://$ALERTMANAGER:9093" "$alertmanager_url"
change "http://$GRAFANA" "$grafana_service"
change "$EXAMPLE_GRAFANA" "$grafana_url"
change "$EXAMPLE_REPOSITORY" "$repository_url"
[ "$namespace" = monitoring ] || change .monitoring.svc ".$namespace.svc"
if [ -n "$grafana_service" ]; then
    # A Grafana that others use too has a default data source, and may have ours by name or uid: it would be written over.
    uids='(tempo|loki|prometheus|alertmanager)'
    changes+=(-e 's/isDefault: true/isDefault: false/'
        -e 's/^  - name: (Tempo|Loki|Prometheus|Alertmanager)$/  - name: Sabueso \1/'
        -e "s/(uid|Uid): $uids/\\1: sabueso-\\2/g"
        -e "/datasources:/s/$uids: $uids/\\1: sabueso-\\2/g"
        -e "s/\"value\": \"$uids\"/\"value\": \"sabueso-\\1\"/g"
        -e "s/(%22uid%22|%22datasource%22):%22$uids%22/\\1:%22sabueso-\\2%22/g")
fi

# adapted FILE: a command that prints it with these changes.
adapted() {
    if [ ${#changes[@]} -eq 0 ]; then
        printf 'cat%s' "$(quoted "$1")"
    else
        printf 'sed -E%s' "$(quoted "${changes[@]}" "$1")"
    fi
}

# upgrade RELEASE CHART REPOSITORY VERSION: the beginning of the command that installs it.
upgrade() {
    printf '%s upgrade --install %s %s --repo %s --version %s --namespace %s --labels %s --wait --timeout %s' \
        "$helm_command" "$1" "$2" "$3" "$4" "$namespace" "$MARK" "$timeout"
}

# labelled KEY...: options that put the label by which Prometheus chooses monitors below these values of a chart.
labelled() {
    local key label=${prometheus_label%%=*}
    [ -n "$prometheus_label" ] || return 0
    for key in "$@"; do quoted --set-string "$key.${label//./\\.}=${prometheus_label#*=}"; done
}

# stored STEP: values of Tempo and Loki, with those of the storage.
stored() {
    printf ' --values -'
    [ "$storage" = local ] || quoted --values "$(csv "$here/$1/values-$storage.yaml")"
    values_of "$1"
}

grafana_namespace=$namespace
[ -z "$grafana_service" ] || grafana_namespace=$(host_of "$grafana_service" | cut -d . -f 2)
apply="$kubectl_command apply --server-side --force-conflicts --namespace $namespace --filename -"

# config_map NAME LABEL FILE [ANNOTATION]: it goes to where Grafana is.
config_map() {
    printf '%s | %s create configmap %s --from-file %s=/dev/stdin --dry-run=client --output yaml' \
        "$(adapted "$3")" "$kubectl_command" "$1" "${3##*/}"
    printf ' | %s label --local --filename - --output yaml %s' "$kubectl_command" "$2"
    [ -z "${4:-}" ] || printf ' | %s annotate --local --filename - --output yaml %s' "$kubectl_command" "$4"
    printf ' | %s\n' "${apply/--namespace $namespace/--namespace $grafana_namespace}"
}

# release_of STEP: its Helm release, if it is one of ours.
release_of() {
    case $1 in
    prometheus) echo kube-prometheus-stack ;;
    gateway | node | events) echo "otel-$1" ;;
    tempo | loki | sabueso) echo "$1" ;;
    esac
}

# sabueso_values: ours, yours behind them, and what the options say.
sabueso_values() {
    printf ' --values -'
    [ "$grafana_login" = no ] || quoted --values "$(csv "$here/helm/sabueso/examples/stack-grafana.yaml")"
    values_of sabueso
    [ -z "$public_url" ] || quoted --set-string "config.server.public_url=$public_url"
    # Sabueso's own pages have an incident's values in them; without an address of its own, the repository's have to do.
    [ -n "$public_url" ] || [ -z "$repository_url" ] || quoted --set-string "config.runbooks_url=$repository_url/Runbooks"
    labelled serviceMonitor.labels
}

# token_of "SECRET KEY": as an AlertmanagerConfig names it.
token_of() {
    printf '{type: Bearer, credentials: {name: "%s", key: "%s"}}' "${1% *}" "${1#* }"
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
        printf '%s%s\n' "$(quoted --values "$(csv "$here/prometheus/values.yaml")" --values -)" "$(values_of prometheus)"
        ;;
    tempo | loki)
        local chart=$TEMPO_CHART monitors=serviceMonitor.additionalLabels
        [ "$1" = tempo ] || chart=$LOKI_CHART monitors=monitoring.serviceMonitor.labels
        printf '%s | ' "$(adapted "$here/$1/values.yaml")"
        # shellcheck disable=SC2086 # three words
        upgrade "$1" $chart
        printf '%s%s\n' "$(stored "$1")" "$(labelled $monitors)"
        ;;
    gateway | node | events)
        local monitors=podMonitor.extraLabels
        [ "$1" != gateway ] || monitors=serviceMonitor.extraLabels
        printf '%s | ' "$(adapted "$here/collector/$1-values.yaml")"
        # shellcheck disable=SC2086 # three words
        upgrade "otel-$1" $COLLECTOR_CHART
        printf ' --values -%s%s\n' "$(values_of "$1")" "$(labelled $monitors)"
        ;;
    rules)
        local labels=""
        [ -z "$prometheus_label" ] || labels=", labels: {\"${prometheus_label%%=*}\": \"${prometheus_label#*=}\"}"
        printf "{ printf '%s'; " "apiVersion: monitoring.coreos.com/v1\\nkind: PrometheusRule\\nmetadata: {name: sabueso-stack$labels}\\nspec:\\n"
        printf "%s | sed 's/^/  /'; } | %s\n" "$(adapted "$here/prometheus/rules.yaml")" "$apply"
        ;;
    grafana)
        config_map sabueso-datasources grafana_datasource=1 "$here/grafana/datasources.yaml"
        config_map sabueso-dashboards grafana_dashboard=1 "$here/grafana/dashboards/jenkins-tracing.json" \
            grafana_folder=Jenkins
        ;;
    sabueso)
        printf '%s | %s upgrade --install sabueso%s --namespace %s --labels %s --wait --timeout %s%s\n' \
            "$(adapted "$here/helm/sabueso/examples/stack.yaml")" "$helm_command" "$(quoted "$here/helm/sabueso")" \
            "$namespace" "$MARK" "$timeout" "$(sabueso_values)"
        ;;
    alertmanager)
        local token=()
        case $alertmanager_token in
        *' '*) token=(-e "s|# authorization: .*|authorization: $(token_of "$alertmanager_token")|") ;;
        esac
        # Alertmanager may be in another namespace.
        printf 'sed%s | %s\n' "$(quoted -e "s|http://sabueso:9096|http://$sabueso_service|" ${token[@]+"${token[@]}"} \
            "$here/alertmanager/alertmanagerconfig.yaml")" "$apply"
        ;;
    jenkins)
        # The chart that is installed stays: this is not the place to upgrade Jenkins.
        printf '%s | %s upgrade %s %s --version %s --namespace %s --reset-then-reuse-values --wait --timeout %s --values -%s%s%s%s\n' \
            "$(adapted "$here/jenkins/values.yaml")" "$helm_command" "$jenkins_release" "${JENKINS_CHART/ / --repo }" \
            "${jenkins_version:-VERSION_OF_THE_INSTALLED_CHART}" "$jenkins_namespace" "$timeout" \
            "$([ "$spot_agents" = no ] || quoted --values "$(csv "$here/jenkins/spot-agents.yaml")")" "$(values_of jenkins)" \
            "$(labelled controller.prometheus.serviceMonitorAdditionalLabels)" \
            "$([ -z "$jenkins_plugins" ] || quoted --set-json "controller.additionalPlugins=$jenkins_plugins")"
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
    grafana) echo "${delete/--namespace $namespace/--namespace $grafana_namespace} configmap sabueso-datasources sabueso-dashboards" ;;
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
    jenkins) echo "the plugin for Jenkins (release $jenkins_release in $jenkins_namespace), whose controller restarts" ;;
    esac
}

# Tools quote what they stumble over, and that may be somebody's values.
without_secrets() {
    sed -E -e 's#(https?://)[^/@[:space:]]*@#\1<redacted>@#g' \
        -e 's#https://(hooks\.|[^/[:space:]]*\.(webhook\.office|logic\.azure|powerplatform|api\.powerplatform)\.)[^[:space:]"]*#<redacted address>#g' \
        -e 's#([Bb]earer|[Bb]asic) +[A-Za-z0-9._~+/=-]{8,}#\1 <redacted>#g' \
        -e 's#([A-Za-z_-]*([Tt]oken|[Pp]assword|[Ss]ecret|[Cc]redentials?|[Aa]uthorization|[Aa]pi_?[Kk]ey|webhook_url|workflow_url|TOKEN|PASSWORD|SECRET|WEBHOOK_URL)"?[[:space:]]*[:=][[:space:]]*)("[^"]*"|[^[:space:],}]+)#\1<redacted>#g'
}
