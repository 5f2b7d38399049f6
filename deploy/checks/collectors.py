"""The collectors' configuration: what a collector would refuse at its start, as far as it can be told without one."""
import re

from project import DEPLOY, documents, strings, text

# What the chart's values and its presets bring along.
OF_CHART = {"receivers": {"otlp"}, "processors": {"memory_limiter", "batch"}, "extensions": {"health_check"},
            "exporters": set()}
STATEMENT = re.compile(r"(set|delete_key|merge_maps|replace_pattern|keep_keys)\(.+\)( where .+)?")
TRACE = "0af7651916cd43dd8448eb211c80319c"
LINES = [
    (f"level=info traceID={TRACE} msg=x", TRACE),
    (f'{{"trace_id":"{TRACE}","msg":"x"}}', TRACE),
    (f'{{"log":"{{\\"traceId\\":\\"{TRACE.upper()}\\"}}"}}', TRACE.upper()),
    (f"TRACEPARENT=00-{TRACE}-b7ad6b7169203331-01", TRACE),
    (f"build of shop/main trace_id={TRACE}", TRACE),
    ("trace_id=none", None),
    (f"sha256:{TRACE}{TRACE}", None),
    (f"commit 100-{TRACE}-b7ad6b7169203331-01", None),
]


def problems(values):
    wrong = []
    config = values["config"]
    presets = {name for name, preset in values.get("presets", {}).items() if preset.get("enabled")}
    defined = {kind: {name for name, value in config.get(kind, {}).items() if value is not None} | OF_CHART[kind]
               for kind in OF_CHART}
    for kind in OF_CHART:
        defined[kind] -= {name for name, value in config.get(kind, {}).items() if value is None}
    used = {kind: set() for kind in OF_CHART}
    used["extensions"] = set(config["service"].get("extensions", ["health_check"]))
    for name, pipeline in config["service"]["pipelines"].items():
        if pipeline is None:
            continue
        for kind in ("receivers", "processors", "exporters"):
            for each in pipeline[kind]:
                used[kind].add(each)
                if each not in defined[kind]:
                    wrong.append(f"pipeline {name}: {kind} has no {each}")
        if not pipeline["receivers"] and not presets & {"logsCollection", "kubernetesEvents"}:
            wrong.append(f"pipeline {name}: receives nothing")
        if pipeline["processors"][:1] != ["memory_limiter"] or pipeline["processors"][-1:] != ["batch"]:
            wrong.append(f"pipeline {name}: memory_limiter comes first and batch last")
    if not any(config["service"]["pipelines"].values()):
        wrong.append("no pipeline")
    for kind in ("processors", "exporters"):
        wrong += [f"{kind}: {each} is used nowhere" for each in sorted(defined[kind] - used[kind] - OF_CHART[kind])]
    for place, value in strings(config.get("exporters", {})):
        if place.endswith("sending_queue.storage") and value not in defined["extensions"] \
                and not values.get("presets", {}).get("logsCollection", {}).get("storeCheckpoints"):
            wrong.append(f"exporters{place}: no extension {value}")
    for place, value in strings(config.get("processors", {})):
        if ".statements" in place and not STATEMENT.fullmatch(value):
            wrong.append(f"processors{place}: no statement: {value}")
        if (".statements" in place or ".conditions" in place) and value.count("(") != value.count(")") + \
                unbalanced_in_quotes(value):
            wrong.append(f"processors{place}: parentheses: {value}")
    for name, processor in config.get("processors", {}).items():
        if name.startswith("k8sattributes"):
            if not values.get("clusterRole", {}).get("create"):
                wrong.append("k8sattributes without the rights to list pods")
            if "k8s.node.name" not in processor["extract"]["metadata"]:
                wrong.append("k8sattributes does not tell the node")
            wrong += node_problems(values, processor["extract"].get("labels", []))
    return wrong


def node_problems(values, labels):
    """Labels of nodes: the right to read nodes, and no pipeline that passes them on under the names they come in by."""
    tags = {label["tag_name"] for label in labels if label["from"] == "node"}
    if not tags:
        return []
    rights = [rule for rule in values.get("clusterRole", {}).get("rules", []) if "nodes" in rule["resources"]]
    wrong = [] if any({"get", "list", "watch"} <= set(rule["verbs"]) for rule in rights) else [
        "k8sattributes reads labels of nodes, without the right to"]
    node = values["config"]["processors"].get("transform/node", {})
    for kind, pipeline in (("trace", "traces"), ("log", "logs"), ("metric", "metrics")):
        deleted = {match for _, value in strings(node.get(f"{kind}_statements", []))
                   for match in re.findall(r'^delete_key\(attributes, "([^"]+)"\)$', value)}
        processors = (values["config"]["service"]["pipelines"].get(pipeline) or {}).get("processors", [])
        if "k8sattributes" in processors and not ("transform/node" in processors and tags <= deleted):
            wrong.append(f"pipeline {pipeline}: passes the labels of nodes on")
    spans = [value for _, value in strings(node.get("trace_statements", [])) if "kubernetes.node_type" in value]
    if not any(value.startswith('set(attributes["kubernetes.node_type"], resource.') for value in spans) \
            or not all(any(tag in value for value in spans) for tag in tags):
        wrong.append("a label of a node is read, and does not become kubernetes.node_type")
    order = values["config"]["service"]["pipelines"]["traces"]["processors"]
    if "transform/jenkins" in order and order.index("transform/jenkins") > order.index("transform/node"):
        wrong.append("spans of Jenkins' controller would be said to come from its own node")
    return wrong


def unbalanced_in_quotes(value):
    quoted = "".join(re.findall(r'"[^"]*"', value))
    return quoted.count("(") - quoted.count(")")


def extraction_problems(values):
    """Runs the expressions for trace ids on lines as loggers write them."""
    statements = [value for _, value in strings(values["config"]["processors"]["transform/trace"])]
    patterns = [match for value in statements for match in re.findall(r'ExtractPatterns\(body, "([^"]+)"\)', value)]
    wrong = [] if len(patterns) == 2 else [f"{len(patterns)} patterns, not 2"]
    for line, trace in LINES:
        matches = [re.search(pattern, line) for pattern in patterns]
        found = next((match.group("trace") for match in matches if match), None)
        if found != trace:
            wrong.append(f"{line!r} leads to {found}, not to {trace}")
    return wrong


def alloy_problems(content):
    """Blocks that close, and receivers that exist."""
    bare = re.sub(r'//[^\n]*|"[^"]*"', "", content)
    wrong = [] if bare.count("{") == bare.count("}") else ["braces do not match"]
    blocks = {f"{kind}.{name}" for kind, name in re.findall(r'^([a-z_.]+) "(\w+)" \{$', content, re.M)}
    for reference in re.findall(r"([a-z_.]+\.\w+)\.receiver", content):
        if reference not in blocks:
            wrong.append(f"no component {reference}")
    return wrong if blocks else ["no component"]


def check():
    wrong = []
    for path in sorted((DEPLOY / "collector").glob("*-values.yaml")):
        values = documents(path.relative_to(DEPLOY.parent))
        if "alloy" in values:
            found = alloy_problems(values["alloy"]["configMap"]["content"])
        else:
            found = problems(values)
        if "transform/trace" in values.get("config", {}).get("processors", {}):
            found += extraction_problems(values)
        wrong += [f"{path.name}: {problem}" for problem in found]
    return wrong + event_problems(text("deploy/collector/events-values.yaml"),
                                  text("deploy/collector/alloy-values.yaml"))


def event_problems(collector, alloy):
    """What Sabueso is told to read is what is sent."""
    wrong = []
    hint = re.search(r"events_from_loki: \{selector: '\{service_name=\"([^\"]+)\"\}', format: ([a-z-]+)\}", collector)
    sent = re.search(r'set\(attributes\["service.name"\], "([^"]+)"\)', collector)
    if not hint or not sent or hint.group(1) != sent.group(1) or hint.group(2) != "fluent-bit":
        wrong.append("events-values.yaml: Sabueso is told to read something else than is sent")
    # The raw event as a JSON object is what the format fluent-bit reads; wrapped in the watch's answer it is not.
    if 'set(body, body["object"])' not in collector:
        wrong.append("events-values.yaml: the line is not the event itself")
    hint = re.search(r"selector: '\{job=\"([^\"]+)\"\}', format: ([a-z-]+)\}", alloy)
    sent = re.search(r'job_name\s+= "([^"]+)"', alloy)
    if not hint or not sent or hint.group(1) != sent.group(1) or hint.group(2) != "alloy":
        wrong.append("alloy-values.yaml: Sabueso is told to read something else than is sent")
    return wrong
