#!/usr/bin/env bash
# Part of ../install.sh: --test: does everything answer?
# shellcheck disable=SC2034,SC2154 # variables of the other parts

unanswered=0

# ask WHAT ADDRESS WHAT_TO_DO [CURL_OPTION]
ask() {
    local output
    if output=$(asking_kubectl exec --namespace "$namespace" "$deployment" -- \
        /usr/bin/curl --silent --show-error --max-time 10 --output /dev/null ${4:+"$4"} "$2" 2>&1 </dev/null); then
        printf 'ok       %s (%s)\n' "$1" "$2"
    else
        printf 'FAILED   %s (%s): %s\n         %s\n' "$1" "$2" \
            "$(printf '%s' "$output" | tail -n 1 | without_secrets)" "$3"
        unanswered=$((unanswered + 1))
    fi
}

deployment=deployment/sabueso
port=9096

# Values may give the Deployment another name (fullnameOverride) and port (config.server.port).
find_sabueso() {
    local found
    found=$(asking_kubectl get deployments --namespace "$namespace" --selector app.kubernetes.io/instance=sabueso --output \
        "jsonpath={range .items[*]}{.metadata.name} {.spec.template.spec.containers[0].ports[0].containerPort}{\"\\n\"}{end}" \
        2>/dev/null | head -n 1) || return 0
    [ -n "$found" ] || return 0
    deployment=deployment/${found% *}
    port=${found#* }
}

run_tests() {
    check_tools
    [ ${#problems[@]} -gt 0 ] || check_cluster || true
    report_problems || exit 1
    local inside="kubectl get pods --namespace $namespace" output
    find_sabueso
    if ! asking_kubectl exec --namespace "$namespace" "$deployment" -- /usr/bin/sabueso --version >/dev/null 2>&1 </dev/null; then
        printf 'FAILED   Sabueso runs: nothing can be asked from its pod.\n'
        printf '         kubectl rollout status --namespace %s %s; kubectl logs --namespace %s %s\n' \
            "$namespace" "$deployment" "$namespace" "$deployment"
        exit 1
    fi
    printf 'ok       Sabueso runs\n'
    ask "Sabueso takes notifications" "http://127.0.0.1:$port/readyz" "kubectl logs --namespace $namespace $deployment" --fail
    ask "Tempo is ready" "${tempo_url:-http://$TEMPO:3200}/ready" "$inside --selector app.kubernetes.io/name=tempo" --fail
    ask "Loki is ready" "${loki_url:-http://$LOKI:3100}/ready" "$inside --selector app.kubernetes.io/name=loki" --fail
    ask "Prometheus is ready" "${prometheus_url:-http://$PROMETHEUS:9090}/-/ready" "$inside --selector app.kubernetes.io/name=prometheus" --fail
    ask "Alertmanager is ready" "${alertmanager_url:-http://$ALERTMANAGER:9093}/-/ready" "$inside --selector app.kubernetes.io/name=alertmanager" --fail
    ask "Grafana is healthy" "${grafana_service:-http://$GRAFANA}/api/health" "$inside --selector app.kubernetes.io/name=grafana" --fail
    # It answers a GET with 405: that it answers is enough.
    ask "The gateway takes OTLP" http://otel-gateway:4318/v1/traces "$inside --selector app.kubernetes.io/instance=otel-gateway"
    if output=$(asking_helm test sabueso --namespace "$namespace" 2>&1 </dev/null); then
        printf 'ok       the test of the chart (helm test sabueso)\n'
    else
        printf 'FAILED   the test of the chart (helm test sabueso --namespace %s)\n' "$namespace"
        printf '%s\n' "$output" | tail -n 5 | without_secrets | sed 's/^/         /'
        unanswered=$((unanswered + 1))
    fi
    printf 'The whole chain, by sabueso check --online:\n'
    asking_kubectl exec --namespace "$namespace" "$deployment" -- \
        /usr/bin/sabueso check --online --config /etc/sabueso/sabueso.yaml </dev/null || unanswered=$((unanswered + 1))
    [ "$unanswered" -eq 0 ] || fail "$unanswered of the checks failed"
}
