"""Names that stand in several files and must be the same in all of them."""
import re

import yaml

from project import DEPLOY, StrictLoader, documents, strings, text

BUCKETS = ("azure", "s3", "gcs")


def merged(base, patch):
    """As Helm puts values over values: mappings together, all else replaced, null taken away."""
    result = dict(base)
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        elif isinstance(value, dict) and isinstance(result.get(key), dict):
            result[key] = merged(result[key], value)
        else:
            result[key] = value
    return result


def check():
    values = {path.relative_to(DEPLOY).as_posix(): documents(path.relative_to(DEPLOY.parent))
              for path in sorted(DEPLOY.glob("*/*values*.yaml"))
              if path.parent.name in ("tempo", "loki", "collector", "grafana", "jenkins")}
    examples = {path.name: documents(path.relative_to(DEPLOY.parent))
                for path in sorted((DEPLOY / "helm" / "sabueso" / "examples").glob("*.yaml"))}
    return systems(values) + behind_problems(examples) + addresses(values) + storage(values) + jenkins(values) + pipelines() + event_problems(examples) + prometheus_problems(
        documents("deploy/prometheus/values.yaml")) + alertmanager_problems(
        documents("deploy/alertmanager/alertmanager.yaml")) + grafana_problems(values["grafana/values.yaml"])


# What the collector otel-events writes into Loki, which install.sh installs.
EVENTS = {"selector": '{service_name="kubernetes-events"}', "format": "fluent-bit"}


def event_problems(examples):
    """Examples that read events from Loki read those that this folder's collector writes."""
    read = {name: values.get("config", {}).get("kubernetes", {}).get("events_from_loki") for name, values in examples.items()}
    wrong = [f"examples/{name}: reads events as {found}, and the collector writes {EVENTS}"
             for name, found in read.items() if found and found != EVENTS]
    return wrong + ([] if read["stack.yaml"] else ["examples/stack.yaml: does not read the events in Loki"])


# What people put behind stack.yaml, which install.sh puts in front.
BEHIND = ("with-install.yaml", "aks.yaml", "stack-grafana.yaml")


def behind_problems(examples):
    """Later values win: an address in one of these would undo what install.sh has set."""
    def leaves(value, path=""):
        if not isinstance(value, dict):
            return {path}
        return {leaf for key, inner in value.items() for leaf in leaves(inner, f"{path}.{key}")}

    stack = leaves(examples["stack.yaml"]["config"]) | {".server.public_url", ".runbooks_url"}
    return [f"examples/{name}: config{each} undoes what install.sh sets"
            for name in BEHIND for each in sorted(leaves(examples[name]["config"]) & stack)] + [
        f"examples/{name}: does not allow the namespace that install.sh takes for Jenkins'"
        for name in BEHIND if "jenkins-master" not in examples[name].get("rbac", {}).get("namespaces", ["jenkins-master"])]


# Where a chart takes the labels of nodes for its pods from; else it is `nodeSelector`.
SELECTORS = {"loki/values.yaml": "defaults", "collector/alloy-values.yaml": "controller"}


def systems(values):
    """A cluster may have Windows nodes, and on AKS virtual ones, which run no DaemonSet."""
    wrong = []
    for name in sorted(name for name in values if name.startswith("collector/")) + ["tempo/values.yaml", "loki/values.yaml"]:
        part = values[name].get(SELECTORS[name], {}) if name in SELECTORS else values[name]
        if part.get("nodeSelector") != {"kubernetes.io/os": "linux"}:
            wrong.append(f"{name}: its pods may come to Windows nodes")
        if values[name].get("mode") == "daemonset" and "{'key': 'type', 'operator': 'NotIn', 'values': ['virtual-kubelet']}" \
                not in str(values[name].get("affinity")):
            wrong.append(f"{name}: its pods may come to virtual nodes")
    return wrong


# Parts of the control plane of which kube-prometheus-stack says absent(up{job=…}) unless they are switched off.
UNSEEN = ("kubeControllerManager", "kubeScheduler", "kubeEtcd", "kubeProxy")


def grafana_problems(values):
    """Beside kube-prometheus-stack's own dashboards and data sources, ours stand where they should, and once."""
    wrong = []
    dashboards, sources = values["sidecar"]["dashboards"], values["sidecar"]["datasources"]
    if dashboards["provider"].get("folder") or not dashboards["provider"].get("foldersFromFilesStructure") \
            or dashboards.get("folderAnnotation") != "grafana_folder":
        wrong.append("grafana/values.yaml: the chart's own dashboards go into the folder of ours")
    if sources.get("defaultDatasourceEnabled", True) or sources.get("alertmanager", {}).get("enabled", True):
        wrong.append("grafana/values.yaml: the chart makes a data source with a uid that ours has")
    return wrong


def prometheus_problems(values):
    """What the rules need of Prometheus and kube-state-metrics is switched on in the values for them."""
    wrong = []
    spec = values["prometheus"]["prometheusSpec"]
    if not spec.get("storageSpec", {}).get("volumeClaimTemplate"):
        wrong.append("prometheus/values.yaml: a new pod of Prometheus knows nothing of the day before")
    if not spec["enableRemoteWriteReceiver"] or "exemplar-storage" not in spec["enableFeatures"]:
        wrong.append("prometheus/values.yaml: takes no metrics of Tempo, or no exemplars")
    # On a managed control plane the chart's alerts on their absence would fire, critical, a quarter of an hour after the start.
    wrong += [f"prometheus/values.yaml: {each} is watched, which a managed control plane does not show"
              for each in UNSEEN if values.get(each, {}).get("enabled", True)]
    shown = re.search(r"nodes=\[([^]]*)\]", values["kube-state-metrics"]["metricLabelsAllowlist"][0]).group(1)
    # As kube-state-metrics writes a label: other characters become _, and so does the step from small to large.
    labels = {"label_" + re.sub(r"[^a-z0-9]", "_", re.sub(r"([a-z])([A-Z])", r"\1_\2", label).lower())
              for label in shown.split(",")}
    asked = set(re.findall(r"\blabel_[a-z_]+\b(?=[!=]|\")", text("deploy/prometheus/rules.yaml"))) - {"label_replace"}
    wrong += [f"prometheus/values.yaml: kube-state-metrics does not show {each}" for each in sorted(asked - labels)]
    return wrong


def alertmanager_problems(file):
    """How Alertmanager has to send, for no alert to be lost and no incident to stay open."""
    wrong = []
    hook = next(receiver for receiver in file["receivers"] if receiver["name"] == "sabueso")["webhook_configs"][0]
    if not hook["send_resolved"] or hook["max_alerts"] != 0:
        wrong.append("alertmanager.yaml: Sabueso is not told of all alerts and of their end")
    if not {"authorization", "basic_auth"} & set(hook["http_config"]):
        wrong.append("alertmanager.yaml: it does not say who it is")
    if hook["http_config"].get("follow_redirects", True):
        wrong.append("alertmanager.yaml: a redirect would count as delivered")
    routes = [route for route in file["route"]["routes"] if route["receiver"] == "sabueso"]
    if not all(route.get("continue") for route in routes):
        wrong.append("alertmanager.yaml: whoever was told before is told no more")
    for route in routes:
        if seconds(route["group_interval"]) < 60 or seconds(route["group_wait"]) > 30:
            wrong.append("alertmanager.yaml: a restart of Sabueso must fit into group_interval, and people wait for "
                         "group_wait")
        if "service_name" not in route["group_by"]:
            wrong.append("alertmanager.yaml: two services that fail are one group")
    return wrong


def seconds(duration):
    return int(duration[:-1]) * {"s": 1, "m": 60, "h": 3600}[duration[-1]]


def addresses(values):
    wrong = []
    tempo, loki = values["tempo/values.yaml"]["fullnameOverride"], values["loki/values.yaml"]["fullnameOverride"]
    sources = {source["uid"]: source["url"] for source in documents("deploy/grafana/datasources.yaml")["datasources"]}
    if sources["tempo"] != f"http://{tempo}:3200" or sources["loki"] != f"http://{loki}:3100":
        wrong.append("datasources.yaml: not the addresses of deploy/tempo and deploy/loki")
    for name, value in values.items():
        exporters = value.get("config", {}).get("exporters", {}) if name.startswith("collector/") else {}
        for exporter, settings in exporters.items():
            expected = {"otlp/tempo": f"{tempo}:4317", "otlphttp/loki": f"http://{loki}:3100/otlp",
                        "prometheusremotewrite": sources["prometheus"] + "/api/v1/write"}
            if settings is not None and settings["endpoint"] != expected[exporter]:
                wrong.append(f"{name}: {exporter} leads to {settings['endpoint']}, not to {expected[exporter]}")
    for name in ("tempo/values.yaml", "tempo/values-tenants.yaml"):
        for target in values[name]["tempo"]["metricsGenerator"]["storage"]["remote_write"]:
            if target["url"] != sources["prometheus"] + "/api/v1/write" or not target["send_exemplars"]:
                wrong.append(f"{name}: its metrics do not reach Grafana's Prometheus, with exemplars")
    retention = values["tempo/values.yaml"]["tempo"]["retention"]
    if retention != values["loki/values.yaml"]["loki"]["limits_config"]["retention_period"]:
        wrong.append("traces and logs are not kept equally long")
    processors = values["tempo/values.yaml"]["tempo"]["overrides"]["defaults"]["metrics_generator"]["processors"]
    if not {"span-metrics", "service-graphs", "local-blocks"} <= set(processors):
        wrong.append("tempo/values.yaml: rules, service map and TraceQL metrics need their processors")
    if seconds(values["tempo/values.yaml"]["tempo"]["metricsGenerator"]["registry"]["stale_duration"]) < 2 * 3600:
        wrong.append("tempo/values.yaml: a job's series end between two of its builds; JenkinsBuildsSlow looks at 30 minutes")
    labels = {attribute for rule in values["loki/values.yaml"]["loki"]["limits_config"]["otlp_config"]
              ["resource_attributes"]["attributes_config"] for attribute in rule["attributes"]}
    # loki.labels of Config/sabueso.yaml: service_name, k8s_namespace_name, k8s_pod_name.
    if not {"service.name", "k8s.namespace.name", "k8s.pod.name"} <= labels or len(labels) > 15:
        wrong.append("loki/values.yaml: Sabueso selects by service, namespace and pod; Loki takes 15 labels")
    return wrong


def storage(values):
    wrong = []
    for kind in BUCKETS:
        tempo = merged(values["tempo/values.yaml"], values[f"tempo/values-{kind}.yaml"])["tempo"]["storage"]["trace"]
        if tempo["backend"] != kind or kind not in tempo or "local" in tempo or "wal" not in tempo:
            wrong.append(f"tempo/values-{kind}.yaml: blocks do not go to {kind}")
        loki = merged(values["loki/values.yaml"], values[f"loki/values-{kind}.yaml"])["loki"]
        schemas = {config["object_store"] for config in loki["schemaConfig"]["configs"]}
        if loki["storage"]["type"] != kind or schemas != {kind} or loki["compactor"]["delete_request_store"] != kind:
            wrong.append(f"loki/values-{kind}.yaml: chunks, index and deletions do not all go to {kind}")
        if any(config["schema"] != "v13" for config in loki["schemaConfig"]["configs"]):
            wrong.append(f"loki/values-{kind}.yaml: structured metadata needs schema v13")
    tenants = merged(values["tempo/values.yaml"], values["tempo/values-tenants.yaml"])["tempo"]
    if not tenants["multitenancyEnabled"]:
        wrong.append("tempo/values-tenants.yaml: one tenant")
    if not merged(values["loki/values.yaml"], values["loki/values-tenants.yaml"])["loki"]["auth_enabled"]:
        wrong.append("loki/values-tenants.yaml: one tenant")
    return wrong


def jenkins(values):
    wrong = []
    file = text("deploy/jenkins/opentelemetry.yaml")
    patch = values["jenkins/values.yaml"]
    casc = yaml.load(file, StrictLoader)
    inside = patch["controller"]["JCasC"]["configScripts"]["opentelemetry"]
    if yaml.load(inside, StrictLoader) != casc:
        wrong.append("jenkins/values.yaml: its configScripts.opentelemetry is not opentelemetry.yaml")
    plugin = casc["unclassified"]["openTelemetry"]
    gateway = values["collector/gateway-values.yaml"]["fullnameOverride"]
    if not re.fullmatch(rf"http://{gateway}\.[a-z-]+\.svc\.cluster\.local:4317", plugin["endpoint"]):
        wrong.append("opentelemetry.yaml: its endpoint is not the gateway collector's for gRPC")
    if "otel.exporter.otlp.protocol=grpc" not in plugin["configurationProperties"]:
        wrong.append("opentelemetry.yaml: port 4317 speaks gRPC")
    # Groovy's ${…} must reach the plugin: JCasC would look for a secret of that name.
    bare = re.findall(r"(?<!\^)\$\{[^}]*\}", re.sub(r"^\s*#.*$", "", file, flags=re.M))
    wrong += [f"opentelemetry.yaml: {each} must stand as ^{each}" for each in bare]
    wrong += backend_problems(plugin)
    annotation = patch["controller"]["podAnnotations"]["resource.opentelemetry.io/service.name"]
    if annotation != plugin["serviceName"]:
        wrong.append("jenkins/values.yaml: the controller's logs and traces have different names")
    spot = documents("deploy/jenkins/spot-agents.yaml")["additionalAgents"]["spot"]
    template = next(cloud["kubernetes"]["templates"][0] for cloud in documents("deploy/jenkins/cloud.yaml")
                    ["jenkins"]["clouds"])
    if yaml.load(template["yaml"], StrictLoader)["spec"]["containers"][0]["env"] != \
            yaml.load(spot["yamlTemplate"], StrictLoader)["spec"]["containers"][0]["env"]:
        wrong.append("the agents of cloud.yaml and of spot-agents.yaml have different environments")
    return wrong + jenkins_problems(patch, spot)


def jenkins_problems(patch, spot):
    """What the patch says of agents may not change those that a release has: neither for builds with a label, nor without."""
    wrong = []
    if set(patch) != {"controller", "agent"} or set(patch["agent"]) != {"annotations"}:
        wrong.append("jenkins/values.yaml: changes more of the agents than annotations")
    if spot.get("nodeUsageMode") != "EXCLUSIVE" or "componentName" not in spot:
        wrong.append("jenkins/spot-agents.yaml: builds that ask for other agents may come to these")
    for name, text in (("values", patch["controller"]["JCasC"]["configScripts"]["opentelemetry"]),
                       ("spot-agents", spot["yamlTemplate"])):
        if text.splitlines()[0] != f"# Sabueso's patch, deploy/jenkins/{name}.yaml.":
            wrong.append(f"jenkins/{name}.yaml: install.sh would not know it again by its first line")
    lists = {place.split("[")[0] for place, _ in strings(patch) if "[" in place}
    if lists != {".controller.additionalPlugins"}:
        wrong.append(f"jenkins/values.yaml: Helm replaces lists whole, and install.sh only knows of the plugins: {lists}")
    return wrong


def backend_problems(plugin):
    """The links at a build: to its trace and to its logs, each in a form that Grafana opens, and told apart by name."""
    backends = plugin["observabilityBackends"]
    wrong = [f"opentelemetry.yaml: the backend {kind} adds a link that Grafana opens empty"
             for backend in backends for kind in backend if kind != "customObservabilityBackend"]
    # The plugin shows a build's log from its disk; without a backend that reads Loki it has to be there.
    if "otel.logs.mirror_to_disk=true" not in plugin["configurationProperties"]:
        wrong.append("opentelemetry.yaml: Jenkins cannot show the logs of builds")
    custom = [backend["customObservabilityBackend"] for backend in backends if "customObservabilityBackend" in backend]
    links = [backend["traceVisualisationUrlTemplate"] for backend in custom]
    wrong += [problem for link in links for problem in link_problems(link)]
    sources = {source["type"]: source["uid"] for source in documents("deploy/grafana/datasources.yaml")["datasources"]}
    for kind in ("tempo", "loki"):
        if sum(f"%22uid%22:%22{sources[kind]}%22" in link for link in links) != 1:
            wrong.append(f"opentelemetry.yaml: not one link that asks {kind}")
    if len({backend["name"] for backend in custom}) != len(custom):
        wrong.append("opentelemetry.yaml: two links have one name")
    return wrong


def link_problems(template):
    """A link to Explore as Grafana reads it: panes by a name of three characters, times as strings."""
    import json
    import urllib.parse
    link = re.sub(r"\^\$\{(traceId|serviceName)\}", "0" * 32, template)
    link = re.sub(r"\^\$\{startTime[^}]*\}", "1700000000000", link)
    query = urllib.parse.parse_qs(urllib.parse.urlsplit(link).query)
    try:
        panes = json.loads(query["panes"][0])
    except (KeyError, json.JSONDecodeError) as error:
        return [f"opentelemetry.yaml: the link to a trace has no panes that Grafana could read: {error}"]
    wrong = []
    for name, pane in panes.items():
        if not re.fullmatch(r"(?!\d{3})\w{3}", name) or not all(
                isinstance(pane["range"][end], str) for end in ("from", "to")):
            wrong.append("opentelemetry.yaml: the link's pane or its times are not as Grafana reads them")
        if any(each["datasource"]["uid"] != pane["datasource"] for each in pane["queries"]):
            wrong.append("opentelemetry.yaml: the link's query is not of its pane's data source")
    return wrong


def pipelines():
    """Groovy without a compiler: what is opened is closed, and `retry` stands around `node`."""
    wrong = []
    for name in ("Jenkinsfile", "Jenkinsfile.declarative"):
        code = re.sub(r"'''.*?'''|'[^'\n]*'|//[^\n]*", "", text(f"deploy/jenkins/{name}"), flags=re.S)
        for opened, closed in ("()", "[]", "{}"):
            if code.count(opened) != code.count(closed):
                wrong.append(f"{name}: {opened} and {closed} do not match")
    scripted = text("deploy/jenkins/Jenkinsfile")
    if not re.search(r"retry\(count: \w+, conditions: \[kubernetesAgent\(handleNonKubernetes: true\), "
                     r"nonresumable\(\)\]\) \{\s*node\(", scripted):
        wrong.append("Jenkinsfile: retry with its two conditions does not stand around node")
    return wrong
