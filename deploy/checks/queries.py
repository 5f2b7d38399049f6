"""Every query that is shown or watched: found, its variables filled in, and parsed.

PromQL by promtool, through a file of rules made from the queries; LogQL and TraceQL by the grammars beside this file.
"""
import json
import pathlib
import re
import subprocess
import tempfile

import logql
import traceql
from lexer import Refused
from project import DEPLOY, ROOT, dashboards, documents, own_metrics, rules, text

# As Grafana would fill them in; in PromQL it escapes twice, in TraceQL it joins with | and escapes nothing.
VALUES = {"service": "jenkins-master|jenkins", "namespace": "jenkins-agents", "job": "shop/main|x/PR-{number}",
          "pool": ".+", "slow": "5m", "trace": "0af7651916cd43dd8448eb211c80319c", "__range": "3h",
          "__rate_interval": "1m", "__interval": "15s", "__auto": "1m", "__tags": 'service="checkout"',
          "interval": "5m", "pod": "maven-x7k2p"}
LANGUAGES = {"prometheus": "promql", "loki": "logql", "tempo": "traceql"}


def filled(query):
    return re.sub(r"\$(?:\{(\w+)(?::\w+)?\}|(\w+))",
                  lambda match: VALUES.get(match.group(1) or match.group(2), match.group()), query)


def of_dashboard(board):
    """(where, language, query), with variables still in it."""
    for panel in board["panels"]:
        for target in panel.get("targets", []):
            where = f"{panel['title']} {target['refId']}"
            language = LANGUAGES[target["datasource"]["type"]]
            if target.get("queryType") == "serviceMap":
                # Selectors of the service graph's metrics.
                for selector in target["serviceMapQuery"]:
                    yield where, "promql", "traces_service_graph_request_total" + selector
            else:
                yield where, language, target["expr" if language != "traceql" else "query"]
    for annotation in board["annotations"]["list"]:
        yield f"annotation {annotation['name']}", LANGUAGES[annotation["datasource"]["type"]], annotation["expr"]
    for variable in board["templating"]["list"]:
        if variable["type"] == "query":
            match = re.fullmatch(r"label_values\((.+), *(\w+)\)", variable["query"]["query"])
            if not match:
                raise Refused(f"variable {variable['name']}: no label_values(metric, label)")
            yield f"variable {variable['name']}", "promql", match.group(1)


def of_datasources():
    for source in documents("deploy/grafana/datasources.yaml")["datasources"]:
        for query in source["jsonData"].get("tracesToMetrics", {}).get("queries", []):
            yield f"{source['name']}: {query['name']}", "promql", query["query"].replace("$$", "$")


def of_rules():
    for rule in rules():
        yield rule.get("alert") or rule["record"], "promql", rule["expr"]


def of_runbooks():
    for path in [*sorted((ROOT / "Runbooks").glob("*.md")), DEPLOY / "prometheus" / "alerts.md"]:
        page = path.read_text(encoding="utf-8")
        for language, block in re.findall(r"```(promql|logql|traceql)\n(.*?)```", page, re.S):
            yield f"{path.name}: {block.split(chr(10))[0]}", language, block.strip()


def of_program():
    """Sabueso's built-in queries, from the annotated configuration: uncommented, they are YAML."""
    lines = text("Config/sabueso.yaml").split("\n")
    start = lines.index("#  queries:")
    block = []
    for line in lines[start:]:
        if not line:
            break
        if line.startswith("#"):
            block.append(line[1:])
    import yaml
    for query in yaml.safe_load("\n".join(block))["queries"]:
        yield query["name"], "promql", query["query"]


def everything():
    found = [("rules", *query) for query in of_rules()]
    for name, board in dashboards().items():
        found += [(name, *query) for query in of_dashboard(board)]
    found += [("datasources", *query) for query in of_datasources()]
    found += [("runbooks", *query) for query in of_runbooks()]
    found += [("Config/sabueso.yaml", *query) for query in of_program()]
    return found


def problems(found):
    """What is wrong with them, one line each. A selector without a function is a query as well."""
    wrong, promql = [], []
    for origin, where, language, query in found:
        query = filled(query)
        if re.search(r"\$\w", re.sub(r'"[^"]*"', "", query)):
            wrong.append(f"{origin}: {where}: a variable that nobody fills in: {query}")
        try:
            if language == "logql":
                logql.parse(query)
            elif language == "traceql":
                if not re.fullmatch("[0-9a-f]{32}", query):
                    traceql.parse(query)
            else:
                promql.append((f"{origin}: {where}", query))
        except Refused as refusal:
            wrong.append(f"{origin}: {where}: {refusal}")
    return wrong + refused_by_promtool(promql)


def refused_by_promtool(queries):
    if not queries:
        return []
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "rules.json"
        # JSON is YAML. One group, so that promtool names the rule by its number.
        file.write_text(json.dumps({"groups": [{"name": "queries", "rules": [
            {"record": f"query:{number}", "expr": query} for number, (_, query) in enumerate(queries)]}]}))
        result = subprocess.run(["promtool", "check", "rules", str(file)], capture_output=True, text=True, check=False)
        if result.returncode:
            for number, (where, query) in enumerate(queries):
                if f'"query:{number}"' in result.stderr or f"rule {number + 1}," in result.stderr:
                    wrong.append(f"{where}: promtool refuses {query}")
            wrong += [] if wrong else [result.stderr.strip()]
    return wrong


def metric_names(query):
    """The names of metrics in a query: what stands before a selector or a range, or alone, and is no function."""
    names = re.findall(r'__name__=~?"([^"]+)"', query)
    exact = {option for pattern in names for option in expanded(pattern)}
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', '""', query)
    bare = re.sub(r"\{[^}]*\}", "{}", bare)
    bare = re.sub(r"\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)", " ", bare)
    bare = re.sub(r"\[[^\]]*\]", " ", bare)
    words = re.findall(r"(?<![\w:])([a-zA-Z_][\w:]*)(?!\s*\(|[\w:])", bare)
    return exact | {word for word in words if "_" in word or ":" in word or word == "ALERTS"}


def expanded(pattern):
    """The texts that a simple pattern of alternatives and options means: a(b|c)(_d)? is ab, ac, ab_d, ac_d."""
    match = re.search(r"\(([^()]*)\)(\??)", pattern)
    if match:
        options = match.group(1).split("|") + ([""] if match.group(2) else [])
        return {text for option in options
                for text in expanded(pattern[:match.start()] + option + pattern[match.end():])}
    return set(pattern.split("|"))


def unknown_metrics(found):
    """Names that nothing exports: such a panel is empty from its first day."""
    listed = {line.split()[0] for line in text("deploy/checks/metrics.txt").split("\n") if line and line[0] != "#"}
    known = listed | own_metrics() | {rule["record"] for rule in rules() if "record" in rule}
    return [f"{origin}: {where}: nothing exports {name}" for origin, where, language, query in found
            if language == "promql" and origin not in ("runbooks", "Config/sabueso.yaml")
            for name in sorted(metric_names(filled(query)) - known)]
