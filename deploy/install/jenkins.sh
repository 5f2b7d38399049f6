#!/usr/bin/env bash
# Part of ../install.sh: looks whether the patch for Jenkins would take anything away from the release that is there.
# shellcheck disable=SC2034,SC2154 # variables of the other parts

# The label of spot nodes that jenkins/spot-agents.yaml asks for.
SPOT_NODES=kubernetes.azure.com/scalesetpriority=spot
# The plugins of the release and those of the patch, as JSON; empty where values of this run have the list.
jenkins_plugins=

# leaves_of: of YAML, one line for each value: its path, a tab, the value. A list has a line for each item, of a text in
# several lines each line has one. It reads what Helm prints, and files that are written in blocks as this folder's are.
leaves_of() {
    awk '
        function path(  i, text) { for (i = 1; i <= n; i++) text = text (i > 1 ? "." : "") name[i]; return text }
        { match($0, /^ */); at = RLENGTH; line = substr($0, at + 1) }
        block && (line == "" || at > depth[n]) { if (line != "") print path() "\t| " line; next }
        { block = 0 }
        line == "" || line ~ /^#/ { next }
        line ~ /^- / {
            while (n > 0 && depth[n] > at) n--
            if (n > 0) { sub(/^- */, "", line); gsub(/["'\'']/, "", line); print path() "\t- " line; item = at + 1 }
            next
        }
        item && at >= item { next }
        {
            item = 0
            while (n > 0 && depth[n] >= at) n--
            if (!match(line, /:( |$)/)) next
            depth[++n] = at; name[n] = substr(line, 1, RSTART - 1); gsub(/["'\'']/, "", name[n])
            value = substr(line, RSTART + RLENGTH); sub(/^ */, "", value); sub(/ +#.*$/, "", value)
            if (value ~ /^[|>]/) block = 1
            else if (value ~ /^\[.+\]$/) {
                gsub(/[]["'\'']/, "", value)
                for (i = split(value, items, / *, */); i > 0; i--) print path() "\t- " items[i]
            }
            else if (value != "" && value != "{}" && value != "[]") { gsub(/^["'\'']|["'\'']$/, "", value); print path() "\t" value }
        }'
}

# at LEAVES PATH: the values there.
at() {
    printf '%s\n' "$1" | awk -F '\t' -v path="$2" '$1 == path { print $2 }'
}

# paths_of LEAVES
paths_of() {
    printf '%s\n' "$1" | cut -f 1 | sort -u
}

# given_for STEP: what the values given for it have.
given_for() {
    local index=0
    while [ "$index" -lt ${#values_steps[@]} ]; do
        [ "${values_steps[$index]}" != "$1" ] || leaves_of <"${values_files[$index]}"
        index=$((index + 1))
    done
}

# plugin_names: of items of additionalPlugins, without versions.
plugin_names() {
    sed -n 's/^- \([^:@ ]*\).*/\1/p'
}

# check_plugins HERS OURS MINE: leaves of the release, of the patch and of the values of this run. Helm replaces lists whole.
check_plugins() {
    local list=controller.additionalPlugins hers ours mine there missing="" each
    hers=$(at "$1" $list)
    ours=$(at "$2" $list)
    mine=$(at "$3" $list)
    if [ -n "$mine" ]; then
        for each in $(printf '%s\n' "$hers" "$ours" | plugin_names | sort -u); do
            known "$(printf '%s\n' "$mine" | plugin_names)" "$each" || missing+=" $each"
        done
        [ -z "$missing" ] ||
            problem "$list of your --values jenkins=FILE has not all that is needed: add$missing. Helm replaces lists whole."
        return
    fi
    # Hers as they are, with their versions, and those of ours that are not there.
    there=$(printf '%s\n' "$hers" "$(at "$1" controller.installPlugins)" | plugin_names)
    jenkins_plugins=$({
        printf '%s\n' "$hers" | sed -n 's/^- *//p'
        for each in $(printf '%s\n' "$ours" | plugin_names); do known "$there" "$each" || echo "$each"; done
    } | sed -n 's/..*/"&",/p' | tr -d '\n')
    jenkins_plugins="[${jenkins_plugins%,}]"
    matches "$jenkins_plugins" '\[["A-Za-z0-9._:;,@/+=~-]*\]' ||
        problem "$list of the release $jenkins_release cannot be read. Write the whole list, yours and that of deploy/jenkins/values.yaml, into a file and give --values jenkins=FILE."
}

# check_patch FILE HERS MINE: a file of this folder may not replace what the release has, unless it has put it there itself, or
# values of this run say what shall hold.
check_patch() {
    local ours path replaced="" text
    ours=$(leaves_of <"$here/$1")
    # The first lines of texts say which file they are from.
    for path in $(printf '%s\n' "$ours" | grep -F "| # Sabueso's patch" | cut -f 1); do
        text=$(at "$2" "$path")
        [ "${text%%$'\n'*}" != "| # Sabueso's patch, deploy/$1." ] || return 0
    done
    for path in $(paths_of "$ours"); do
        [ "$path" != controller.additionalPlugins ] || continue
        text=$(at "$2" "$path")
        if [ -n "$text" ] && [ "$text" != "$(at "$ours" "$path")" ] && [ -z "$(at "$3" "$path")" ]; then replaced+=", $path"; fi
    done
    [ -z "$replaced" ] ||
        problem "The release $jenkins_release has values of its own that deploy/$1 would replace: ${replaced#, }. Write what shall hold of each into a file and give --values jenkins=FILE; it goes behind the patch."
}

# Two configurations of the plugin, and Jenkins does not start: its configuration as code refuses what is there twice.
check_only_one() {
    local path
    for path in $(printf '%s\n' "$1" | awk -F '\t' '$2 ~ /^[|] *openTelemetry:/ { print $1 }' | sort -u); do
        if [ "$path" = controller.JCasC.configScripts.opentelemetry ] || [ -n "$(at "$2" "$path")" ]; then continue; fi
        problem "The release $jenkins_release configures the plugin already, in $path, and Jenkins does not start with two. In a file for --values jenkins=FILE set $path to null, and write what shall hold as controller.JCasC.configScripts.opentelemetry."
    done
}

# Nobody loses agents, but builds that ask for `spot` would wait.
check_spot_agents() {
    local key
    for key in $(paths_of "$1"); do
        case $key in
        agent.nodeSelector.*)
            notes+=("Spot agents are also bound by $key of the release $jenkins_release. Where spot nodes do not have it: additionalAgents.spot.${key#agent.} in --values jenkins=FILE.")
            ;;
        additionalAgents.spot.*)
            case $(at "$1" additionalAgents.spot.yamlTemplate) in
            *"Sabueso's patch"*) ;;
            *)
                problem "The release $jenkins_release has agents additionalAgents.spot of its own, with which --spot-agents would mix. Leave --spot-agents out; builds run on them already."
                return
                ;;
            esac
            ;;
        esac
    done
    if known "$(at "$1" agent.customJenkinsLabels)" "- spot"; then
        problem "The agents of the release $jenkins_release have the label spot already. Leave --spot-agents out; builds run on them already."
    fi
    [ -n "$(asking_kubectl get nodes --selector "$SPOT_NODES" --output name 2>/dev/null)" ] ||
        notes+=("No node has the label $SPOT_NODES now. Builds that ask for spot wait until a pool has one; another cloud's label goes into a copy of deploy/jenkins/spot-agents.yaml, given as --values jenkins=FILE in place of --spot-agents.")
}

check_jenkins() {
    local values metadata hers ours mine
    if ! metadata=$(asking_helm get metadata "$jenkins_release" --namespace "$jenkins_namespace" --output yaml 2>/dev/null); then
        problem "There is no Helm release $jenkins_release in the namespace $jenkins_namespace. Name yours with --jenkins-namespace and --jenkins-release (helm list --all-namespaces shows it), or --skip jenkins and see deploy/jenkins/README.md."
        return
    fi
    jenkins_version=$(printf '%s\n' "$metadata" | sed -n 's/^version: *"\{0,1\}\([0-9A-Za-z.+-]*\).*/\1/p')
    [ -n "$jenkins_version" ] || problem "helm get metadata $jenkins_release does not tell the version of its chart."
    if ! values=$(asking_helm get values "$jenkins_release" --namespace "$jenkins_namespace" --output yaml 2>/dev/null); then
        problem "The values of the release $jenkins_release cannot be read: helm get values $jenkins_release --namespace $jenkins_namespace"
        return
    fi
    hers=$(printf '%s\n' "$values" | leaves_of)
    ours=$(leaves_of <"$here/jenkins/values.yaml")
    mine=$(given_for jenkins)
    check_plugins "$hers" "$ours" "$mine"
    check_patch jenkins/values.yaml "$hers" "$mine"
    check_only_one "$hers" "$mine"
    [ "$spot_agents" = no ] || check_spot_agents "$hers"
}
