#!/usr/bin/env bash
# Part of ../install.sh: looks whether everything that is needed is there, and changes nothing.
# shellcheck disable=SC2034,SC2154 # variables of the other parts

# --reset-then-reuse-values came with it.
LEAST_HELM=3.14
# Sabueso's chart.
LEAST_KUBERNETES=1.27

problems=()
notes=()
# What Alertmanager shows to Sabueso: the name of a Secret and its key, or nothing.
alertmanager_token=
# Sabueso's service as Alertmanager reaches it, and the releases of the namespace.
sabueso_service=sabueso.$namespace.svc:9096
releases_there=
# Whether Sabueso gets the account of the Grafana that this script installs.
grafana_login=no
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
known() {
    case $'\n'$1$'\n' in *$'\n'"$2"$'\n'*) ;; *) return 1 ;; esac
}

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

# files_of STEP: what it reads of this folder.
files_of() {
    case $1 in
    prometheus) echo grafana/values.yaml prometheus/values.yaml ;;
    tempo | loki)
        echo "$1/values.yaml"
        [ "$storage" = local ] || echo "$1/values-$storage.yaml"
        ;;
    gateway | node | events) echo "collector/$1-values.yaml" ;;
    rules) echo prometheus/rules.yaml ;;
    grafana) echo grafana/datasources.yaml grafana/dashboards/jenkins-tracing.json ;;
    sabueso) echo helm/sabueso/Chart.yaml helm/sabueso/examples/stack.yaml helm/sabueso/examples/stack-grafana.yaml ;;
    alertmanager) echo alertmanager/alertmanagerconfig.yaml ;;
    jenkins)
        echo jenkins/values.yaml
        [ "$spot_agents" = no ] || echo jenkins/spot-agents.yaml
        ;;
    esac
}

# A pipe whose first command finds no file would hand Helm no values, and Helm would be content.
check_files() {
    local step file
    for step in "${plan[@]}"; do
        for file in $(files_of "$step"); do
            [ -r "$here/$file" ] || problem "$here/$file is not there: take the whole folder deploy of the release."
        done
    done
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

# rendered_of TEMPLATE: that template of Sabueso's chart with the values of this run.
rendered_of() {
    eval "$(adapted "$here/helm/sabueso/examples/stack.yaml") | $helm_command template sabueso$(quoted "$here/helm/sabueso") --namespace $namespace --show-only templates/$1.yaml$(sabueso_values)"
}

# What the values that are rendered for Sabueso ask for: its image, and Secrets that must be there.
check_sabueso() {
    local rendered image secret
    if ! has_values sabueso; then
        problem "The step sabueso needs values: the image, config.receivers and secrets. Copy deploy/helm/sabueso/examples/with-install.yaml, put yours in, and give --values FILE; or --skip sabueso,alertmanager."
        return
    fi
    if ! rendered=$(rendered_of deployment 2>&1); then
        problem "Sabueso's chart refuses its values: $(printf '%s\n' "$rendered" | tail -n 5 | without_secrets)"
        return
    fi
    check_grafana_login
    image=$(printf '%s\n' "$rendered" | sed -n 's/^ *image: *"\{0,1\}\([^" ]*\).*/\1/p' | head -n 1)
    case $image in
    registry.example.com/* | example.azurecr.io/*)
        problem "image.repository is the example $image. Build the image with deploy/Dockerfile, push it to your registry, and name it in the values."
        ;;
    esac
    for secret in $(printf '%s\n' "$rendered" | secrets_of | sort -u); do
        asking_kubectl get secret "$secret" --namespace "$namespace" --output name >/dev/null 2>&1 ||
            problem "There is no Secret $secret in the namespace $namespace, which Sabueso's values name. $(namespace_first)kubectl create secret generic $secret --namespace $namespace --from-file KEY=FILE"
    done
    check_links
}

# Grafana's chart makes an account and a Secret with it, unless values of yours say otherwise. Lists are replaced whole, so with
# extraEnv of yours the account is left out.
check_grafana_login() {
    local index=0
    [ -z "$grafana_service" ] || return 0
    while [ "$index" -lt ${#values_steps[@]} ]; do
        case ${values_steps[$index]} in
        sabueso) ! grep -q '^ *["'\'']*extraEnv["'\'']* *:' "${values_files[$index]}" || return 0 ;;
        prometheus) ! grep -q 'existingSecret\|GF_SECURITY_' "${values_files[$index]}" || return 0 ;;
        esac
        index=$((index + 1))
    done
    planned prometheus || asking_kubectl get secret "$GRAFANA" --namespace "$namespace" --output name >/dev/null 2>&1 || return 0
    case $(rendered_of configmap 2>/dev/null | sed -n 's/^    //p' | leaves_of) in
    *grafana.api.authorization.*) ;;
    *) grafana_login=yes ;;
    esac
}

# A Secret needs its namespace, and on an empty cluster the steps have not made it yet.
namespace_first() {
    if asking_kubectl get namespace "$namespace" --output name >/dev/null 2>&1; then
        printf 'Make it: '
    else
        printf 'Make the namespace with%s --only namespace, and then the Secret: ' "$(quoted "$script" ${places[@]+"${places[@]}"})"
    fi
}

# Later values win: with an example's address in them, what the options say would be undone.
check_links() {
    local configuration
    configuration=$(rendered_of configmap 2>/dev/null) || return 0
    [ -n "$grafana_url" ] || return 0
    case $configuration in
    *"$EXAMPLE_GRAFANA"*)
        problem "Your values name $EXAMPLE_GRAFANA, and --grafana-url says $grafana_url: take config.grafana.url out of your values."
        ;;
    esac
}

# What Sabueso's values want Alertmanager to send: `SECRET KEY` where it is a token out of a Secret that the chart mounts,
# `other` where it is something else, nothing where nothing is wanted. Helm prints the configuration with these indents.
wanted_of_alertmanager() {
    rendered_of configmap 2>/dev/null | awk '
        { match($0, /^ */) }
        RLENGTH == 4 { section = $1 }
        RLENGTH == 6 { part = $1 }
        section == "server:" && part == "authorization:" && !wanted { wanted = "other" }
        section == "server:" && part == "authorization:" && $1 == "bearer_file:" {
            file = $2; gsub(/"/, "", file)
            if (split(file, path, "/") == 5 && path[2] == "etc" && path[3] == "sabueso-secrets") wanted = path[4] " " path[5]
        }
        END { print wanted }'
}

# Alertmanager takes the same token from the same Secret: both are in one namespace.
check_alertmanager() {
    has_values sabueso || return 0
    # Values may give it another name or port.
    sabueso_service=$(rendered_of service 2>/dev/null | awk -v namespace="$namespace" '
        /^  name:/ { name = $2 }
        $1 == "port:" { port = $2 }
        END { print (name ? name : "sabueso") "." namespace ".svc:" (port ? port : 9096) }') || return 0
    # Values that the chart refuses: check_sabueso tells.
    alertmanager_token=$(wanted_of_alertmanager) || alertmanager_token=
    if [ "$alertmanager_token" = other ] && ! grep -q '^ *authorization:' "$here/alertmanager/alertmanagerconfig.yaml"; then
        problem "Sabueso's values want Alertmanager to authenticate (config.server.authorization), and not by a token in a Secret under secrets.files: put what it sends into $here/alertmanager/alertmanagerconfig.yaml, whose last lines show how."
    fi
}

# The Secrets that a Deployment wants: secretKeyRef, secretRef, secretName. The chart's own one is called sabueso.
secrets_of() {
    sed -n -e 's/.*secretKeyRef: *{.*name: *\([^,} ]*\).*/\1/p' -e 's/.*secretRef: *{.*name: *\([^,} ]*\).*/\1/p' \
        -e 's/.*secretName: *"\{0,1\}\([^" ]*\).*/\1/p' | grep -Fvx sabueso || true
}

check_releases() {
    local step release ours
    releases_there=$(asking_helm list --namespace "$namespace" --deployed --failed --pending --short 2>/dev/null) || {
        problem "Helm cannot list the releases of the namespace $namespace: helm list --namespace $namespace shows why."
        return
    }
    [ "$adopt" = no ] || return 0
    ours=$(asking_helm list --namespace "$namespace" --deployed --failed --pending --short --selector "$MARK" 2>/dev/null) || ours=
    for step in "${plan[@]}"; do
        release=$(release_of "$step")
        if [ -n "$release" ] && known "$releases_there" "$release" && ! known "$ours" "$release"; then
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
    if planned grafana; then allowed create configmaps "$grafana_namespace"; fi
    if planned rules; then allowed create prometheusrules.monitoring.coreos.com "$namespace"; fi
    if planned alertmanager; then allowed create alertmanagerconfigs.monitoring.coreos.com "$namespace"; fi
    if planned jenkins; then
        allowed patch statefulsets.apps "$jenkins_namespace"
        allowed create servicemonitors.monitoring.coreos.com "$jenkins_namespace"
    fi
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
    if [ -z "$repository_url" ] && { planned rules || planned grafana; }; then
        notes+=("Runbook links of alerts and the dashboard lead nowhere ($EXAMPLE_REPOSITORY) until --repository-url says where people read this repository.")
    fi
    if [ -z "$public_url" ] && planned sabueso; then
        notes+=("Without --public-url messages have no links to Sabueso's own pages; values of yours may say it as well (config.server.public_url).")
    fi
    if [ -n "$grafana_service" ] && planned grafana; then
        notes+=("Data sources and dashboard are ConfigMaps in the namespace $grafana_namespace: Grafana takes them where its sidecar looks for the labels grafana_datasource and grafana_dashboard.")
    fi
    check_files
    check_tools
    [ ${#problems[@]} -eq 0 ] || return 0
    check_cluster || return 0
    if ! planned namespace; then
        asking_kubectl get namespace "$namespace" --output name >/dev/null 2>&1 ||
            problem "There is no namespace $namespace; the step namespace makes it."
    fi
    check_permissions
    if ! planned prometheus; then
        if planned tempo || planned loki || planned sabueso || planned jenkins; then crd servicemonitors; fi
        if planned gateway || planned node || planned events; then crd podmonitors; fi
        if planned rules; then crd prometheusrules; fi
        if planned alertmanager; then crd alertmanagerconfigs; fi
    fi
    check_releases
    check_existing
    if planned prometheus || planned tempo || planned loki || planned gateway || planned sabueso; then
        case $(asking_kubectl get storageclass --output yaml 2>/dev/null || true) in
        *'is-default-class: "true"'*) ;;
        *) notes+=("The cluster has no default StorageClass: unless values of yours name one, volumes wait for ever.") ;;
        esac
    fi
    if planned sabueso; then check_sabueso; fi
    if planned alertmanager; then check_alertmanager; fi
    if planned jenkins; then check_jenkins; fi
}

check_uninstall() {
    check_tools
    [ ${#problems[@]} -eq 0 ] || return 0
    check_cluster || return 0
    check_releases
}

report_problems() {
    local text
    for text in ${notes[@]+"${notes[@]}"}; do printf 'note: %s\n' "$text"; done
    [ ${#problems[@]} -gt 0 ] || return 0
    printf 'install.sh: %d of the things needed are missing; nothing was changed.\n' ${#problems[@]} >&2
    for text in "${problems[@]}"; do printf '  - %s\n' "$text" >&2; done
    return 1
}
