#!/usr/bin/env python3
"""Checks the Helm chart with Helm's own engine, and keeps the plain manifests equal to what it renders.

usage: chart.py [--write] [--program PATH]

Lints the chart and renders it with its defaults and with each file of helm/sabueso/examples; every object has to fit the
schema of its kind in the oldest and in the newest Kubernetes that is known, and its pods to be PodSecurity `restricted`.
Values that make no sense have to be refused, with words that tell why. --write writes the plain manifests in kubernetes
anew; otherwise they have to be what the chart renders with the values beside them. --program lets the program itself read
every configuration that was rendered. The chart's alerts are a copy out of prometheus/rules.yaml; --write makes that anew
too.
"""
import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.parse

import kubernetes_validate
import agreement
import yaml
from helm_python import chart as helm
from helm_python import errors as helm_errors

DEPLOY = pathlib.Path(__file__).resolve().parent.parent
CHART = DEPLOY / "helm" / "sabueso"
# Manifests for a cluster without Helm, and the values that each is rendered with.
PLAIN = {"sabueso.yaml": "values.yaml", "sabueso-replicas.yaml": "values-replicas.yaml"}
ALERTS = CHART / "files" / "alerts.yaml"
# The chart's kubeVersion, and the newest whose schemas kubernetes-validate has.
KUBERNETES = ["1.27", kubernetes_validate.latest_version()]
# Of the Prometheus Operator: no part of Kubernetes' schemas. What is needed of them, by the operator's own reference.
CUSTOM = {"ServiceMonitor": {"selector", "endpoints"}, "PrometheusRule": {"groups"}}
# Lint's least severity: such as that an icon would be nice.
LINT_INFO = 1
# Objects that stand in no namespace.
CLUSTER_WIDE = {"ClusterRole", "ClusterRoleBinding"}

# What a role allows. The program only lists.
READ = ("get", "list", "watch")

problems = []


def report(where, text):
    problems.append(f"{where}: {text}")


def read(path):
    return yaml.safe_load(path.read_text()) or {}


def render(values, name="sabueso", namespace="monitoring"):
    """The text of each file that renders to something, in the order of the files' names."""
    with helm.Chart.load(CHART) as chart:
        files = chart.render(values, name=name, namespace=namespace)
    return {
        path.removeprefix("sabueso/templates/"): text
        for path, text in sorted(files.items())
        if text.strip() and not path.endswith(".txt")
    }


def objects(files):
    return [item for text in files.values() for item in yaml.safe_load_all(text) if item]


def pod_specs(items):
    for item in items:
        if item["kind"] == "Pod":
            yield item["spec"]
        elif item["kind"] == "Deployment":
            yield item["spec"]["template"]["spec"]


def check_restricted(where, pod):
    """https://kubernetes.io/docs/concepts/security/pod-security-standards/, and a root file system that is read-only."""
    security = pod.get("securityContext", {})
    if security.get("runAsNonRoot") is not True or not security.get("runAsUser"):
        report(where, "the pod may run as root")
    if security.get("seccompProfile", {}).get("type") != "RuntimeDefault":
        report(where, "the pod has no seccomp profile")
    for key in ("hostNetwork", "hostPID", "hostIPC"):
        if pod.get(key):
            report(where, f"the pod has {key}")
    for volume in pod.get("volumes", []):
        if "hostPath" in volume:
            report(where, f"volume {volume['name']} is the node's")
    for container in pod.get("initContainers", []) + pod["containers"]:
        inner = container.get("securityContext", {})
        if (
            inner.get("allowPrivilegeEscalation") is not False
            or inner.get("capabilities", {}).get("drop") != ["ALL"]
            or inner.get("capabilities", {}).get("add")
            or inner.get("privileged")
            or inner.get("readOnlyRootFilesystem") is not True
        ):
            report(where, f"container {container['name']} is not restricted")
        if "limits" not in container.get("resources", {}):
            report(where, f"container {container['name']} has no limits")
        mounts = {mount["name"] for mount in container.get("volumeMounts", [])}
        for name in mounts - {volume["name"] for volume in pod.get("volumes", [])}:
            report(where, f"container {container['name']} mounts {name}, which is no volume")


def check_system(where, pod, system="linux"):
    """A cluster may have Windows nodes, and the image's programs are for Linux."""
    if pod.get("nodeSelector", {}).get("kubernetes.io/os") != system:
        report(where, f"the pod of {pod['containers'][0]['name']} may come to a node that is not {system}")


def check_references(where, items):
    """What one object says of another has to be true."""
    by_kind = {}
    for item in items:
        by_kind.setdefault(item["kind"], []).append(item)
    deployment = by_kind["Deployment"][0]
    pod = deployment["spec"]["template"]
    for kind, selector in [
        ("Deployment", deployment["spec"]["selector"]["matchLabels"]),
        ("Service", by_kind["Service"][0]["spec"]["selector"]),
    ] + [(kind, by_kind[kind][0]["spec"][key]["matchLabels"])
         for kind, key in (("PodDisruptionBudget", "selector"), ("NetworkPolicy", "podSelector")) if kind in by_kind]:
        if not selector.items() <= pod["metadata"]["labels"].items():
            report(where, f"{kind} does not select the pod")
        for other in by_kind.get("Pod", []):
            if selector.items() <= other["metadata"]["labels"].items():
                report(where, f"{kind} selects the test's pod")
    if "ServiceMonitor" in by_kind:
        selector = by_kind["ServiceMonitor"][0]["spec"]["selector"]["matchLabels"]
        if not selector.items() <= by_kind["Service"][0]["metadata"]["labels"].items():
            report(where, "ServiceMonitor does not select the Service")
    check_journal(where, by_kind)
    for policy in by_kind.get("NetworkPolicy", []):
        check_egress(where, policy["spec"], yaml.safe_load(by_kind["ConfigMap"][0]["data"]["sabueso.yaml"]))
    account = pod["spec"]["serviceAccountName"]
    for kind in ("ClusterRoleBinding", "RoleBinding"):
        for binding in by_kind.get(kind, []):
            if binding["subjects"][0]["name"] != account:
                report(where, f"{kind} is for another account than the pod's")
    verbs = {tuple(rule["verbs"]) for kind in ("ClusterRole", "Role") for role in by_kind.get(kind, [])
             for rule in role["rules"]}
    if not verbs <= {READ}:
        report(where, f"it may {', '.join(sorted({verb for each in verbs for verb in each}))}; reading is {', '.join(READ)}")
    granted = {resource for kind in ("ClusterRole", "Role") for role in by_kind.get(kind, [])
               for rule in role["rules"] for resource in rule["resources"]}
    if granted != (asked_resources() if "ClusterRole" in by_kind else set()):
        report(where, f"it may read {sorted(granted)}, and lists {sorted(asked_resources())}")


def check_journal(where, by_kind):
    """A SQLite file has one writer and a volume; replicas with PostgreSQL have neither, and are never all away."""
    spec = by_kind["Deployment"][0]["spec"]
    pod, config = spec["template"]["spec"], yaml.safe_load(by_kind["ConfigMap"][0]["data"]["sabueso.yaml"])
    journal = config.get("journal") or {}
    volumes = {volume["name"] for volume in pod["volumes"]}
    strategy = spec["strategy"]
    if not journal.keys() & {"url", "url_file"}:
        if spec["replicas"] > 1 or strategy != {"type": "Recreate"} or "journal" not in volumes:
            report(where, "a SQLite journal wants one replica, its volume, and the old pod to end first")
        return
    if "journal" in volumes or "PersistentVolumeClaim" in by_kind:
        report(where, "the journal is in PostgreSQL, and there is a volume for it")
    if strategy != {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}}:
        report(where, f"an update takes replicas away before others are there: {strategy}")
    for budget in by_kind.get("PodDisruptionBudget", []):
        if spec["replicas"] > 1 and budget["spec"]["maxUnavailable"] >= spec["replicas"]:
            report(where, "all replicas may be away at the same time")
    spread = pod.get("topologySpreadConstraints", [])
    if spec["replicas"] > 1 and "kubernetes.io/hostname" not in {each["topologyKey"] for each in spread}:
        report(where, "all replicas may be on one node")
    for each in spread:
        if not each["labelSelector"]["matchLabels"].items() <= spec["template"]["metadata"]["labels"].items():
            report(where, "what is spread are not these pods")
    mounts = {mount["mountPath"] for mount in pod["containers"][0]["volumeMounts"]}
    if "url_file" in journal and str(pathlib.PurePath(journal["url_file"]).parent) not in mounts:
        report(where, f"{journal['url_file']} is not mounted")


def urls(value):
    """Of all servers that a configuration names, wherever in it."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        if key == "url":
            yield inner
        yield from urls(inner)


def check_egress(where, policy, config):
    """What the program asks, it must reach."""
    if "Egress" not in policy["policyTypes"]:
        return
    ports = {port["port"] for rule in policy["egress"] for port in rule.get("ports", []) if port["protocol"] == "TCP"}
    # The examples' databases listen on their usual port.
    if (config.get("journal") or {}).keys() & {"url", "url_file"} and 5432 not in ports:
        report(where, "NetworkPolicy lets nothing through to the database")
    for url in urls({key: value for key, value in config.items() if key != "journal"}):
        address = urllib.parse.urlsplit(url)
        if (address.port or {"http": 80, "https": 443}[address.scheme]) not in ports:
            report(where, f"NetworkPolicy lets nothing through to {url}")


def asked_resources():
    """What the program lists: a test of the program keeps this file equal to its requests."""
    roles = [item for item in yaml.safe_load_all((DEPLOY / "kubernetes/rbac.yaml").read_text())
             if item["kind"] in ("ClusterRole", "Role")]
    return {resource for role in roles for rule in role["rules"] for resource in rule["resources"]}


def check_objects(where, items):
    seen = set()
    for item in items:
        kind, metadata = item["kind"], item["metadata"]
        name = f"{kind}/{metadata.get('namespace', '')}/{metadata['name']}"
        if name in seen:
            report(where, f"{name} is there twice")
        seen.add(name)
        if ("namespace" in metadata) == (kind in CLUSTER_WIDE):
            report(where, f"{name} has {'a' if 'namespace' in metadata else 'no'} namespace")
        if kind in CUSTOM:
            if not CUSTOM[kind] <= item["spec"].keys():
                report(where, f"{name} lacks {CUSTOM[kind] - item['spec'].keys()}")
            continue
        for version in KUBERNETES:
            try:
                kubernetes_validate.validate(item, version, strict=True)
            except kubernetes_validate.ValidationError as error:
                place = ".".join(str(part) for part in error.path)
                report(where, f"{name} in Kubernetes {version}: {place}: {error.message}")


def check_program(where, items, program):
    """The program reads the configuration of the ConfigMap, with stand-ins for its secrets."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        pod = next(item for item in items if item["kind"] == "Deployment")["spec"]["template"]["spec"]
        mapped = next(volume for volume in pod["volumes"] if volume["name"] == "configuration")["configMap"]
        data = next(item for item in items if item["kind"] == "ConfigMap")["data"]
        for entry in mapped["items"]:
            path = folder / entry["path"]
            path.parent.mkdir(exist_ok=True)
            path.write_text(data[entry["key"]].replace("/etc/sabueso-", f"{folder}/sabueso-"))
        for secret in re.findall(rf"{folder}/sabueso-\S+", (folder / "sabueso.yaml").read_text()):
            pathlib.Path(secret).parent.mkdir(parents=True, exist_ok=True)
            pathlib.Path(secret).write_text(DATABASE if "postgresql" in secret else "https://chat.example.com/hook\n")
        environment = {"KUBERNETES_SERVICE_HOST": "10.0.0.1", "KUBERNETES_SERVICE_PORT": "443"}
        for name in re.findall(r"\$\{(\w+)\}", data["sabueso.yaml"]):
            environment[name] = VARIABLES.get(name, "https://chat.example.com/hook")
        run = subprocess.run(
            [program, "check", "--offline", "--config", folder / "sabueso.yaml"],
            capture_output=True, text=True, env=environment)
        if run.returncode != 0:
            report(where, f"the program refuses the configuration: {run.stderr.strip()}")


# What stands in for the URL of a database; nothing is connected to.
DATABASE = "postgresql://sabueso:example@db.example.com:5432/sabueso?sslmode=verify-full"
# Where the examples' variables are not the addresses of a chat.
VARIABLES = {"JOURNAL_URL": DATABASE, "GRAFANA_USER": "admin"}

# Beside the examples: what they do not switch off.
VARIANTS = {
    "without a cluster": {"config": {"kubernetes": None}},
    "without its own account": {"serviceAccount": {"create": False, "name": "shared"}, "rbac": {"create": False}},
    "without a volume": {"persistence": {"enabled": False}},
    "with a claim that is there": {"persistence": {"existingClaim": "journal"}},
    "with silences, and a policy for what it asks": {
        "config": {
            "tempo": {"url": "https://tempo.example.com"}, "loki": {"url": "http://loki-gateway.logs/"},
            "receivers": [{"name": "on-call", "slack": {"bot_token": "${BOT_TOKEN}", "channel": "C0123456789"}}],
            "commands": {
                "slack": {"signing_secret": "${SIGNING_SECRET}"},
                "silence": {"alertmanager": {"url": "http://alertmanager-operated:9093"}, "users": ["U0123456789"]}}},
        "secrets": {"env": [{"name": name, "secret": "sabueso-chat", "key": name} for name in ("BOT_TOKEN", "SIGNING_SECRET")]},
        "networkPolicy": {"egress": {"enabled": True, "extraPorts": []}}},
    "without policies": {"networkPolicy": {"enabled": False}, "podDisruptionBudget": {"enabled": False}},
    "with certificate authorities of a Secret": {"extraCA": {"secret": "company-ca"}, "avoidSpotNodes": "no"},
    "stopped, with another name": {"replicas": 0, "fullnameOverride": "hound"},
    "one replica with PostgreSQL": {
        "postgresql": {"secret": "database"}, "networkPolicy": {"egress": {"enabled": True}}},
    "two replicas with a variable for PostgreSQL": {
        "replicas": 2, "config": {"journal": {"url": "${JOURNAL_URL}"}},
        "secrets": {"env": [{"name": "JOURNAL_URL", "secret": "database", "key": "url"}]},
        "topologySpreadConstraints": [{
            "maxSkew": 1, "topologyKey": "kubernetes.io/hostname", "whenUnsatisfiable": "DoNotSchedule",
            "labelSelector": {"matchLabels": {"app.kubernetes.io/name": "sabueso"}}}]},
    "with a literal ${": {"config": {"loki": {"url": "http://loki:3100", "tenant": "$${x}"}}},
}

# Values that have to be refused, and a part of the words.
WRONG = [
    ({"replicas": 2}, "name the Secret with the database's URL in postgresql.secret"),
    ({"replicas": -1}, "/replicas"),
    ({"postgresql": {"secret": "database"}, "config": {"journal": {"url": "${URL}"}}}, "leave one of them out"),
    ({"config": {"journal": {"url": "postgresql://sabueso:secret@db:5432/sabueso"}}}, "/config/journal/url"),
    ({"postgresql": {"secret": "Not A Secret"}}, "/postgresql/secret"),
    ({"postgresql": {"url": "postgresql://db"}}, "/postgresql"),
    ({"replicas": 2, "postgresql": {"secret": "database"}, "podDisruptionBudget": {"maxUnavailable": 2}}, "take less"),
    ({"replicas": "1"}, "/replicas"),
    ({"replicaCount": 1}, "replicaCount"),
    ({"image": {"tag": "not a tag"}}, "/image/tag"),
    ({"image": {"digest": "sha256:short"}}, "/image/digest"),
    ({"config": {"tempoo": {}}}, "tempoo"),
    ({"config": {"tempo": {"url": "tempo:3200"}}}, "/config/tempo/url"),
    ({"config": {"logging": {"level": "loud"}}}, "/config/logging/level"),
    ({"config": {"journal": {"path": "/data/journal.sqlite"}}}, "in the volume that the chart mounts"),
    ({"config": {"server": {"port": 80}}}, "/config/server/port"),
    ({"config": {"receivers": [{"name": "x", "slack": {"webhook_url": "${NOBODY_SETS_THIS}"}}]}}, "NOBODY_SETS_THIS"),
    ({"secrets": {"env": [{"name": "A"}]}}, "/secrets/env/0"),
    ({"secrets": {"values": {"NOT-A-NAME": "x"}}}, "NOT-A-NAME"),
    ({"extraCA": {"configMap": "a", "secret": "b"}}, "/extraCA"),
    ({"persistence": {"accessModes": ["ReadWriteMany"]}}, "/persistence/accessModes/0"),
    ({"persistence": {"size": "much"}}, "/persistence/size"),
    ({"rbac": {"namespaces": ["Not_A_Namespace"]}}, "/rbac/namespaces/0"),
    ({"ingress": {"enabled": True, "paths": ["/"]}}, "set config.server.authorization"),
    ({"podDisruptionBudget": {"maxUnavailable": "50%"}}, "/podDisruptionBudget/maxUnavailable"),
    ({"avoidSpotNodes": True}, "/avoidSpotNodes"),
    ({"resources": {"limits": {"memory": "1 GB"}}}, "/resources/limits/memory"),
]


def check_wrong_values():
    for values, words in WRONG:
        try:
            render(values)
        except helm_errors.HelmError as error:
            if words not in str(error):
                report("wrong values", f"{values} are refused without saying {words!r}: {error}")
        else:
            report("wrong values", f"{values} are accepted")


def check_documented():
    """Every value has its place in the schema and the other way round; the settings' first level is the program's."""
    schema = yaml.safe_load((CHART / "values.schema.json").read_text())

    def compare(values, part, path):
        if part.get("additionalProperties") is not False or not isinstance(values, dict):
            return
        for key in values.keys() ^ part["properties"].keys():
            if (path, key) != ("", "global"):
                report("values.yaml", f"{path}{key} is only in {'it' if key in values else 'the schema'}")
        for key in values.keys() & part["properties"].keys():
            if key != "config":
                compare(values[key], part["properties"][key], f"{path}{key}.")

    compare(read(CHART / "values.yaml"), schema, "")
    text = (DEPLOY.parent / "Config" / "sabueso.yaml").read_text()
    known = set(re.findall(r"^#?([a-z_]+):", text, re.MULTILINE))
    given = set(schema["properties"]["config"]["properties"])
    for key in known ^ given:
        report("values.schema.json", f"config.{key} is no setting of the program" if key in given
               else f"the program's setting {key} is missing in config")


def check_version():
    """The chart runs the program that it is kept with."""
    program = (DEPLOY.parent / "Sources/sabueso/Version.swift").read_text()
    version = read(CHART / "Chart.yaml")["appVersion"]
    if f'"{version}"' not in program:
        report("Chart.yaml", f"appVersion {version} is not that of Sources/sabueso/Version.swift")


def own_alerts():
    """The alerts on the service itself, out of those for Prometheus: a chart can only render files of its own."""
    text = (DEPLOY / "prometheus" / "rules.yaml").read_text()
    group = re.search(r"^  - name: sabueso-itself\n(?:(?:    .*)?\n)*", text, re.MULTILINE).group()
    return ("# Alerts on Sabueso itself; route them to people directly, past Sabueso.\n"
            "# Written by deploy/checks/chart.py --write from deploy/prometheus/rules.yaml, where they are tested; change that.\n"
            f"groups:\n{group.rstrip()}\n")


def check_alerts():
    """The alerts are those for Prometheus, and ask for series that the program has."""
    if ALERTS.read_text() != own_alerts():
        report("files/alerts.yaml", "is not what prometheus/rules.yaml has: run deploy/checks/chart.py --write")
    sources = "\n".join(path.read_text() for path in (DEPLOY.parent / "Sources").rglob("*.swift"))
    for group in read(ALERTS)["groups"]:
        for rule in group["rules"]:
            for series in re.findall(r"sabueso_\w+", rule["expr"]):
                if not re.search(rf"\b{series}\b", sources):
                    report("files/alerts.yaml", f"{rule['alert']}: {series} is no series of the program")


def check_values(where, values, program):
    found = helm.lint(str(CHART), values, strict=True)
    for message in found["messages"]:
        if message["severity"] > LINT_INFO:
            report(where, f"helm lint: {message['path']}: {message['error']}")
    for error in found["errors"]:
        report(where, f"helm lint: {error}")
    items = objects(render(values))
    check_objects(where, items)
    check_references(where, items)
    for pod in pod_specs(items):
        check_restricted(where, pod)
        check_system(where, pod)
    if program:
        check_program(where, items, program)


def check_own_rbac():
    """The accounts for somebody who installs the program by hand may do what the chart's may, and nothing else."""

    def rules(items):
        return sorted((group, resource, tuple(sorted(rule["verbs"])))
                      for item in items if item["kind"] in ("ClusterRole", "Role")
                      for rule in item["rules"] for group in rule["apiGroups"] for resource in rule["resources"])

    for name, values in (("rbac.yaml", {}), ("rbac-namespaced.yaml", {"rbac": {"namespaces": ["jenkins"]}})):
        path = DEPLOY / "kubernetes" / name
        if not path.exists():
            continue
        chart, own = rules(objects(render(values))), rules(item for item in yaml.safe_load_all(path.read_text()) if item)
        if chart != own:
            report(f"kubernetes/{name}", f"allows {own}, the chart {chart}")


def plain_text(name, values):
    """One file, in an order in which nothing refers to what comes later."""
    files = render(read(DEPLOY / "kubernetes" / values))
    order = ["serviceaccount.yaml", "rbac.yaml", "configmap.yaml", "pvc.yaml", "service.yaml", "networkpolicy.yaml",
             "pdb.yaml", "deployment.yaml"]
    left = [name for name in files if name not in order and not name.startswith("tests/")]
    lines = [f"# Sabueso without Helm: kubectl apply --filename deploy/kubernetes/{name}",
             f"# Written by deploy/checks/chart.py --write from the chart and {values} beside this file; change those.",
             f"# Before: kubectl create namespace monitoring, and the Secrets that {values} tells of."]
    for name in order + left:
        if name in files:
            lines.append("---")
            for line in files[name].strip().splitlines():
                # Helm manages nothing here.
                if line.strip() and "helm.sh/" not in line and "managed-by: Helm" not in line:
                    lines.append(line.rstrip())
    text = "\n".join(lines) + "\n"
    return re.sub(r"\n *annotations:(?=\n\S|\n  \w)", "", text)


def check_plain():
    for name, values in PLAIN.items():
        text, path = plain_text(name, values), DEPLOY / "kubernetes" / name
        check_objects(f"kubernetes/{name}", [item for item in yaml.safe_load_all(text) if item])
        if not path.exists() or path.read_text() != text:
            report(f"kubernetes/{name}", "is not what the chart renders: run deploy/checks/chart.py --write")


def attempt(where, check):
    try:
        check()
    except helm_errors.HelmError as error:
        report(where, f"cannot be rendered: {error}")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--write", action="store_true")
    arguments.add_argument("--program")
    arguments = arguments.parse_args()
    if arguments.write:
        ALERTS.write_text(own_alerts())
        for name, values in PLAIN.items():
            (DEPLOY / "kubernetes" / name).write_text(plain_text(name, values))
        return

    examples = {"defaults": {}} | {path.name: read(path) for path in sorted((CHART / "examples").glob("*.yaml"))} | VARIANTS
    # install.sh puts these behind it.
    examples |= {name: agreement.merged(examples["stack.yaml"], examples[name]) for name in agreement.BEHIND}
    program = arguments.program and os.path.abspath(arguments.program)
    for where, values in examples.items():
        attempt(where, lambda: check_values(where, values, program))
    check_wrong_values()
    check_documented()
    check_version()
    check_alerts()
    attempt("kubernetes/rbac.yaml", check_own_rbac)
    attempt("plain manifests", check_plain)
    for problem in problems:
        print(problem)
    print(f"{len(examples)} sets of values rendered, {len(WRONG)} wrong ones refused, Kubernetes {' and '.join(KUBERNETES)}"
          + (", configurations read by the program" if arguments.program else ""))
    sys.exit(1 if problems else 0)


main()
