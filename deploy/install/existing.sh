#!/usr/bin/env bash
# Part of ../install.sh: what is there already of Prometheus, Grafana, Tempo and Loki, and whether it fits.
# shellcheck disable=SC2034,SC2153,SC2154 # variables of the other parts

# needs_service SERVICE STEP OPTION PORT: it is there, or installed by this run, or named by the option.
needs_service() {
    if planned "$2" || asking_kubectl get service "$1" --namespace "$namespace" --output name >/dev/null 2>&1; then return 0; fi
    problem "There is no service $1 in the namespace $namespace, which other steps send to or ask. Run the step $2 too, or name the one that you have: $3 http://NAME.NAMESPACE${4:+:$4}"
}

# any STEP...: whether one of them is in this run.
any() {
    local step
    for step in "$@"; do
        if planned "$step"; then return 0; fi
    done
    return 1
}

check_services() {
    if [ -z "$tempo_url" ] && any gateway grafana sabueso; then needs_service "$TEMPO" tempo --tempo-url 3200; fi
    if [ -z "$loki_url" ] && any gateway node events grafana sabueso; then needs_service "$LOKI" loki --loki-url 3100; fi
    if [ -z "$prometheus_url" ] && any tempo gateway grafana sabueso; then
        needs_service "$PROMETHEUS" prometheus --prometheus-url 9090
    fi
    if [ -z "$alertmanager_url" ] && any grafana sabueso; then
        needs_service "$ALERTMANAGER" prometheus --alertmanager-url 9093
    fi
    if [ -z "$grafana_service" ] && any grafana; then needs_service "$GRAFANA" prometheus --grafana-service ""; fi
}

# The operator's Prometheuses: namespace|name|takes remote write|namespaces of rules|labels of rules
prometheuses() {
    asking_kubectl get prometheuses.monitoring.coreos.com --all-namespaces --output "jsonpath={range .items[*]}{.metadata.namespace}|{.metadata.name}|{.spec.enableRemoteWriteReceiver}|{.spec.ruleNamespaceSelector}|{.spec.ruleSelector.matchLabels}{\"\\n\"}{end}" 2>/dev/null || true
}

# label_of LINE: NAME=VALUE, where rules are chosen by one label.
label_of() { printf '%s' "$1" | sed -n 's/.*|{"\([^"]*\)":"\([^"]*\)"}$/\1=\2/p'; }

# A second operator would work on the objects of the first one.
check_second_prometheus() {
    local line there grafana
    if ! planned prometheus; then return; fi
    while IFS= read -r line; do
        there=${line%%|*}
        if [ -z "$line" ] || { [ "$there" = "$namespace" ] && known "$releases_there" kube-prometheus-stack; }; then continue; fi
        grafana=$(asking_kubectl get services --all-namespaces --selector app.kubernetes.io/name=grafana --output \
            "jsonpath={range .items[*]}http://{.metadata.name}.{.metadata.namespace}{\"\\n\"}{end}" 2>/dev/null | head -n 1) || grafana=
        problem "There is a Prometheus of the Prometheus Operator already, in the namespace $there. Use it: --prometheus-url http://$PROMETHEUS.$there:9090 --alertmanager-url http://$ALERTMANAGER.$there:9093 --grafana-service ${grafana:-http://GRAFANA.NAMESPACE}$(label_of "$line" | sed 's/..*/ --prometheus-label &/')"
        return
    done <<LINES
$(prometheuses)
LINES
}

# A Prometheus that is there has to take what is sent to it, and to see our rules and monitors.
check_that_prometheus() {
    local there line receives namespaces label
    there=$(host_of "$prometheus_url" | cut -s -d . -f 2)
    line=$(prometheuses | grep "^$there|" | head -n 1) || return 0
    receives=$(printf '%s' "$line" | cut -d '|' -f 3)
    namespaces=$(printf '%s' "$line" | cut -d '|' -f 4)
    label=$(label_of "$line")
    if [ "$receives" != true ] && any tempo gateway; then
        problem "The Prometheus in the namespace $there takes no metrics of Tempo and the collector. Set enableRemoteWriteReceiver: true, and enableFeatures: [exemplar-storage], in its spec; with kube-prometheus-stack under prometheus.prometheusSpec, as deploy/prometheus/values.yaml does."
    fi
    if [ -n "$label" ] && [ "$label" != "$prometheus_label" ]; then
        problem "The Prometheus in the namespace $there takes only rules with a label: add --prometheus-label $label"
    fi
    if [ -z "$namespaces" ] && [ "$there" != "$namespace" ] && any rules; then
        problem "The Prometheus in the namespace $there takes only rules of its own namespace: set ruleNamespaceSelector: {} in its spec, or install with --namespace $there"
    fi
}

# Without None an Alertmanager gives an AlertmanagerConfig only alerts of its own namespace.
check_that_alertmanager() {
    local there strategy
    there=$(host_of "$alertmanager_url" | cut -s -d . -f 2)
    strategy=$(asking_kubectl get alertmanagers.monitoring.coreos.com --namespace "$there" --output \
        "jsonpath={range .items[*]}{.metadata.name}|{.spec.alertmanagerConfigMatcherStrategy.type}{\"\\n\"}{end}" 2>/dev/null |
        head -n 1) || return 0
    case $strategy in
    '' | *'|None') ;;
    *) problem "Alertmanager ${strategy%%|*} in the namespace $there would tell Sabueso only of alerts of the namespace $namespace. Set alertmanagerConfigMatcherStrategy: {type: None} in its spec (kube-prometheus-stack: alertmanager.alertmanagerSpec), or --skip alertmanager and put deploy/alertmanager/alertmanager.yaml into its configuration." ;;
    esac
}

# A second Tempo or Loki takes nothing away, but it may not be what was meant.
note_others() {
    local chart there release step option port
    while read -r chart there release; do
        case $chart in
        tempo-*) step=tempo option=--tempo-url port=3200 ;;
        loki-*) step=loki option=--loki-url port=3100 ;;
        *) continue ;;
        esac
        if ! planned $step || { [ "$there" = "$namespace" ] && [ "$release" = $step ]; }; then continue; fi
        notes+=("There is a release $release ($chart) in the namespace $there. To use it in place of a new one: $option http://$release.$there:$port, or the service that answers there.")
    done <<LINES
$(asking_helm list --all-namespaces --output yaml 2>/dev/null | awk '
    { sub(/^- /, "  ") }
    $1 == "app_version:" { chart = "" }
    $1 == "chart:" { chart = $2 }
    $1 == "name:" { name = $2 }
    $1 == "namespace:" { space = $2 }
    $1 == "updated:" { print chart, space, name }')
LINES
}

check_existing() {
    check_services
    check_second_prometheus
    [ -z "$prometheus_url" ] || check_that_prometheus
    if [ -n "$alertmanager_url" ] && planned alertmanager; then check_that_alertmanager; fi
    note_others
}
