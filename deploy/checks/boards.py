"""What Grafana would not tell: it loads a broken dashboard and shows empty panels."""
import re

from project import dashboards, documents, strings

PANELS = {"row", "stat", "timeseries", "table", "traces", "nodeGraph", "logs"}
BUILT_IN = {"__range", "__rate_interval", "__interval", "__auto", "__url_time_range", "__value", "__all"}
# The sections that the users' own document promises.
SECTIONS = ["Key figures", "Spot impact", "Trace timeline", "Job execution traces", "Pod communication",
            "Error analysis", "Service dependencies", "Correlated logs"]
FIGURES = ["Trace success rate", "Average trace duration", "Error correlation rate", "Spot impact"]


def problems(board):
    wrong = []
    panels = board["panels"]
    ids = [panel["id"] for panel in panels]
    wrong += [f"panel id {each} stands twice" for each in sorted({each for each in ids if ids.count(each) > 1})]
    variables = {variable["name"]: variable for variable in board["templating"]["list"]}
    wrong += [f"panel {panel['title']}: unknown type {panel['type']}"
              for panel in panels if panel["type"] not in PANELS]
    wrong += overlaps(panels) + annotation_problems(board)
    for panel in panels:
        if panel["type"] == "row":
            continue
        if not panel["targets"]:
            wrong.append(f"panel {panel['title']}: asks nothing")
        references = [target["refId"] for target in panel["targets"]]
        if len(set(references)) != len(references):
            wrong.append(f"panel {panel['title']}: refId stands twice")
        for target in panel["targets"]:
            if target["datasource"] != panel["datasource"]:
                wrong.append(f"panel {panel['title']}: its query's data source is not its own; Grafana drops it")
    for place, value in strings(board):
        if place.endswith(".uid") and "datasource" in place:
            name = value.strip("${}")
            if variables.get(name, {}).get("type") != "datasource":
                wrong.append(f"{place}: {value} is no variable of a data source")
        for name in re.findall(r"\$\{?(\w+)", value):
            if name not in variables and name not in BUILT_IN:
                wrong.append(f"{place}: the variable ${name} does not exist")
    titles = [panel["title"] for panel in panels if panel["type"] == "row"]
    wrong += [f"the section {section} is missing" for section in SECTIONS if section not in titles]
    stats = [panel["title"] for panel in panels if panel["type"] == "stat"]
    wrong += [f"the figure {figure} is missing" for figure in FIGURES if figure not in stats]
    for name in ("tempo", "loki", "prometheus", "namespace", "job", "pool", "service"):
        if name not in variables:
            wrong.append(f"the variable {name} is missing")
        elif not any(re.search(rf"\$\{{?{name}\b", value) for place, value in strings(board["panels"])):
            wrong.append(f"no panel uses the variable {name}")
    return wrong + trace_logs_problems(board) + exemplar_problems(board)


# Tempo's histograms have exemplars; its counters have none, and the collector's are not in the panels' unit.
EXEMPLARS = {"traces_spanmetrics_latency_bucket", "traces_service_graph_request_server_seconds_bucket"}


def exemplar_problems(board):
    """From a point of a metric to its trace: Grafana asks for exemplars only where a query says so, over a range."""
    wrong, shown = [], set()
    for panel in board["panels"]:
        for target in panel.get("targets", []):
            names = {name for name in EXEMPLARS if name in target.get("expr", "")}
            if bool(names) != bool(target.get("exemplar")) or names and not target["range"]:
                wrong.append(f"panel {panel['title']} {target['refId']}: shows {'no ' if names else ''}exemplars")
            shown |= names
    return wrong + [f"no panel shows the exemplars of {each}" for each in sorted(EXEMPLARS - shown)]


# An id as lines have it, and as Tempo's search and exemplars write it: without leading zeros.
WHOLE, STRIPPED = "00af7651916cd43dd8448eb211c80319", "af7651916cd43dd8448eb211c80319"


def trace_logs_problems(board):
    """The logs of a trace are found by either form of its id, and not by another trace's; without one, of any trace."""
    asked = [target["expr"] for panel in board["panels"] if "$trace" in panel["title"]
             for target in panel.get("targets", []) if target["datasource"]["type"] == "loki"]
    patterns = [match for expression in asked for match in re.findall(r'trace_id=~"([^"]*)"', expression)]
    wrong = [] if patterns else ["no panel shows the logs of the chosen trace"]
    for pattern in patterns:
        for chosen, found in ((WHOLE, True), (STRIPPED, True), ("", True), (STRIPPED[1:], False)):
            # Loki anchors a matcher's expression at both ends.
            if bool(re.fullmatch(pattern.replace("$trace", chosen), WHOLE)) != found:
                wrong.append(f"the logs of trace {chosen!r} are {'not ' if found else ''}those with {WHOLE}")
    return wrong


# A line of Sabueso's log in both of its formats.
DIAGNOSED = ["2026-11-03T09:14:05Z info sabueso: investigated cause=spot-eviction confidence=0.9 incident=i-42 "
             "subject=aks-spot-1",
             '{"time":"2026-11-03T09:14:05Z","level":"info","logger":"sabueso","message":"investigated",'
             '"cause":"spot-eviction","incident":"i-42","subject":"aks-spot-1"}']


def annotation_problems(board):
    """What is drawn into every graph names the cause and its subject, whatever the log's format."""
    expressions = [each["expr"] for each in board["annotations"]["list"] if each["datasource"]["type"] == "loki"]
    patterns = re.findall(r"regexp `([^`]+)`", "".join(expressions[:1]))
    wrong = [] if patterns else ["no annotation tells the diagnoses"]
    for line in DIAGNOSED:
        matches = [re.search(pattern, line) for pattern in patterns]
        named = {name: value for match in matches if match for name, value in match.groupdict().items()}
        if patterns and named != {"cause": "spot-eviction", "subject": "aks-spot-1"}:
            wrong.append(f"the annotation reads {named} from {line!r}")
    return wrong


def overlaps(panels):
    taken, wrong = {}, []
    for panel in panels:
        place = panel["gridPos"]
        if place["x"] < 0 or place["x"] + place["w"] > 24 or min(place["w"], place["h"]) < 1:
            wrong.append(f"panel {panel['title']}: beyond the 24 columns")
        for cell in [(x, y) for x in range(place["x"], place["x"] + place["w"])
                     for y in range(place["y"], place["y"] + place["h"])]:
            if cell in taken:
                wrong.append(f"panel {panel['title']}: on top of {taken[cell]}")
                break
            taken[cell] = panel["title"]
    return wrong


def source_problems(file):
    """The three ways between data sources, and that each leads to one that exists."""
    wrong = []
    sources = {source["uid"]: source for source in file["datasources"]}
    if len(sources) != len(file["datasources"]):
        wrong.append("a uid stands twice")
    if sum(bool(source.get("isDefault")) for source in file["datasources"]) != 1:
        wrong.append("not exactly one data source is the default")
    kinds = {source["type"]: source for source in file["datasources"]}
    for kind in ("tempo", "loki", "prometheus"):
        if kind not in kinds:
            return wrong + [f"no data source of type {kind}"]
    for uid, source in sources.items():
        for place, value in strings(source.get("jsonData", {})):
            if place.endswith("datasourceUid") and value not in sources:
                wrong.append(f"{uid}{place}: no data source has the uid {value}")
    tempo, loki, prometheus = (kinds[kind]["jsonData"] for kind in ("tempo", "loki", "prometheus"))
    logs = tempo.get("tracesToLogsV2", {})
    if not (logs.get("filterByTraceID") and logs.get("tags") and logs.get("datasourceUid") == kinds["loki"]["uid"]):
        wrong.append("traces to logs: needs tags, filterByTraceID and Loki's uid")
    fields = [field for field in loki.get("derivedFields", []) if field["datasourceUid"] == kinds["tempo"]["uid"]]
    if not any(field.get("matcherType") == "label" for field in fields):
        wrong.append("logs to traces: no derived field reads structured metadata")
    for line, trace in EXAMPLES:
        found = [match.group(1) for field in fields if field.get("matcherType", "regex") == "regex"
                 for match in [re.search(field["matcherRegex"], line)] if match]
        if (trace or None) != (found[0] if found else None):
            wrong.append(f"logs to traces: {line!r} leads to {found[:1]}, not to {trace}")
    exemplars = {each["name"]: each["datasourceUid"] for each in prometheus.get("exemplarTraceIdDestinations", [])}
    if set(exemplars) != {"traceID", "trace_id"} or set(exemplars.values()) != {kinds["tempo"]["uid"]}:
        wrong.append("metrics to traces: exemplars are called traceID (Tempo) and trace_id (collector)")
    if tempo.get("serviceMap", {}).get("datasourceUid") != kinds["prometheus"]["uid"]:
        wrong.append("the service map has no Prometheus")
    return wrong


TRACE = "0af7651916cd43dd8448eb211c80319c"
# Lines as loggers write them, and the id that must come out; none from a line that only looks like it.
EXAMPLES = [
    (f"level=info msg=done traceID={TRACE}", TRACE),
    (f'{{"level":"info","trace_id":"{TRACE}","msg":"x"}}', TRACE),
    (f'{{"traceId": "{TRACE}"}}', TRACE),
    (f"build of shop/main trace_id={TRACE}", TRACE),
    (f"traceparent: 00-{TRACE}-b7ad6b7169203331-01", TRACE),
    ("trace_id=unknown", ""),
    (f"sha256:{TRACE}{TRACE}", ""),
    ("trace_id=0af7651916cd43dd", ""),
]


def check():
    wrong = [f"{name}: {problem}" for name, board in dashboards().items() for problem in problems(board)]
    return wrong + [f"datasources.yaml: {problem}"
                    for problem in source_problems(documents("deploy/grafana/datasources.yaml"))]
