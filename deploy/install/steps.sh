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
# What stands in the values for the address of Grafana.
EXAMPLE_GRAFANA=https://grafana.example.com

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
    quoted --values "$(csv "$here/$1/values.yaml")"
    [ "$storage" = local ] || quoted --values "$(csv "$here/$1/values-$storage.yaml")"
    values_of "$1"
}

apply="$kubectl_command apply --server-side --force-conflicts --namespace $namespace --filename -"

# config_map NAME LABEL FILE
config_map() {
    printf '%s create configmap %s%s --dry-run=client --output yaml' "$kubectl_command" "$1" "$(quoted --from-file "$(csv "$3")")"
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
        local chart=$TEMPO_CHART
        [ "$1" = tempo ] || chart=$LOKI_CHART
        # shellcheck disable=SC2086 # three words
        upgrade "$1" $chart
        printf '%s\n' "$(stored "$1")"
        ;;
    gateway | node | events)
        # shellcheck disable=SC2086 # three words
        upgrade "otel-$1" $COLLECTOR_CHART
        printf '%s%s\n' "$(quoted --values "$(csv "$here/collector/$1-values.yaml")")" "$(values_of "$1")"
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
        case $alertmanager_token in
        *' '*)
            printf 'sed%s | %s\n' "$(quoted -e "s|# authorization: .*|authorization: $(token_of "$alertmanager_token")|" \
                "$here/alertmanager/alertmanagerconfig.yaml")" "$apply"
            ;;
        *) printf '%s%s\n' "${apply% -}" "$(quoted "$(csv "$here/alertmanager/alertmanagerconfig.yaml")")" ;;
        esac
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
