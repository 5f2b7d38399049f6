#!/usr/bin/env python3
"""Writes dashboards/jenkins-tracing.json, the dashboard of builds, their agents and their traces.

usage: dashboard.py [--check]
Without arguments the file is written anew; with --check it is only compared, and a difference is a failure.

The queries use what Tempo's metrics-generator or the collector's spanmetrics connector, kube-state-metrics 2, Jenkins'
plugins and Sabueso really export; where two of them name the same thing differently, the recording rules of
deploy/prometheus/rules.yaml have made one name of it.
"""
import json
import pathlib
import sys

FILE = pathlib.Path(__file__).parent / "dashboards" / "jenkins-tracing.json"
# The uid that Sabueso's configuration names: grafana.dashboard.uid.
UID = "jenkins-tracing"

TEMPO = {"type": "tempo", "uid": "${tempo}"}
LOKI = {"type": "loki", "uid": "${loki}"}
PROMETHEUS = {"type": "prometheus", "uid": "${prometheus}"}

# Grafana's grid is 24 wide.
WIDTH = 24

# All builds that the variables select, in TraceQL. `All` is `.+`.
BUILDS = '{ resource.service.name =~ "$service" && name =~ "BUILD ($job)" }'


def traceql(query, table="traces", limit=20, ref="A"):
    """A search, or with a metrics function behind it a range of series."""
    return {"refId": ref, "datasource": TEMPO, "queryType": "traceql", "query": query, "tableType": table,
            "metricsQueryType": "range", "limit": limit}


def logql(query, ref="A", **more):
    return {"refId": ref, "datasource": LOKI, "expr": query, "queryType": "range", **more}


def promql(query, legend="", ref="A", instant=False, **more):
    return {"refId": ref, "datasource": PROMETHEUS, "expr": query, "legendFormat": legend,
            "instant": instant, "range": not instant, **more}


def average_duration(window):
    """Seconds: Tempo's histogram is in seconds, the collector's in milliseconds."""
    def sums(name, service):
        # A series that begins in between counts whole: `increase` does not see its first value.
        series = f'{name}{{{service}=~"$service", span_name=~"BUILD ($job)"}}'
        return f'sum({series} unless {series} offset {window} or increase({series}[{window}]))'

    return (f'{sums("traces_spanmetrics_latency_sum", "service")}'
            f' / {sums("traces_spanmetrics_latency_count", "service")}'
            f' or {sums("traces_span_metrics_duration_milliseconds_sum", "service_name")} / 1000'
            f' / {sums("traces_span_metrics_duration_milliseconds_count", "service_name")}')


class Board:
    """Panels from top to bottom, each row filled from the left."""

    def __init__(self):
        self.panels = []
        self.x = self.y = self.height = 0

    def place(self, width, height):
        if self.x + width > WIDTH:
            self.y, self.x, self.height = self.y + self.height, 0, 0
        place = {"x": self.x, "y": self.y, "w": width, "h": height}
        self.x, self.height = self.x + width, max(self.height, height)
        return place

    def row(self, title):
        self.y, self.x, self.height = self.y + self.height, 0, 0
        self.panels.append({"id": len(self.panels) + 1, "type": "row", "title": title, "collapsed": False,
                            "gridPos": self.place(WIDTH, 1), "panels": []})

    def add(self, kind, title, targets, width, height, description="", unit=None, options=None, **field):
        datasource = targets[0]["datasource"]
        defaults = {"unit": unit} if unit else {}
        defaults.update(field.pop("defaults", {}))
        self.panels.append({
            "id": len(self.panels) + 1, "type": kind, "title": title, "description": description,
            "datasource": datasource, "gridPos": self.place(width, height), "targets": targets,
            "fieldConfig": {"defaults": defaults, "overrides": field.pop("overrides", [])},
            "options": options or {}, **field})

    def stat(self, title, query, unit, description, steps=None, width=4):
        thresholds = {"mode": "absolute", "steps": steps or [{"color": "text", "value": None}]}
        self.add("stat", title, [promql(query, instant=True)], width, 4, description, unit,
                 {"reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False},
                  "colorMode": "value", "graphMode": "none", "textMode": "auto"},
                 defaults={"thresholds": thresholds, "noValue": "–"})

    def lines(self, title, targets, unit, description="", width=12, height=8, stack=False):
        custom = {"drawStyle": "line", "fillOpacity": 20 if stack else 5, "spanNulls": False,
                  "stacking": {"mode": "normal" if stack else "none", "group": "A"}}
        self.add("timeseries", title, targets, width, height, description, unit,
                 {"legend": {"displayMode": "table", "placement": "bottom", "calcs": ["max", "lastNotNull"]},
                  "tooltip": {"mode": "multi", "sort": "desc"}}, defaults={"custom": custom})

    def traces(self, title, query, description="", table="traces", width=12, height=9, limit=20):
        self.add("table", title, [traceql(query, table, limit)], width, height, description,
                 options={"showHeader": True, "cellHeight": "sm"},
                 overrides=[{"matcher": {"id": "byRegexp", "options": "^(traceID|traceIdHidden)$"},
                             "properties": [{"id": "links", "value": [SHOW_BELOW]}]}])

    def logs(self, title, query, description="", width=12, height=10):
        self.add("logs", title, [logql(query)], width, height, description,
                 options={"showTime": True, "wrapLogMessage": True, "enableLogDetails": True,
                          "sortOrder": "Descending", "dedupStrategy": "none", "prettifyLogMessage": False})


# Opens the trace in this dashboard's own timeline, with its logs.
SHOW_BELOW = {
    "title": "Show its timeline and logs here", "targetBlank": False,
    "url": f"/d/{UID}?${{__url_time_range}}&${{tempo:queryparam}}&${{loki:queryparam}}&${{prometheus:queryparam}}"
           "&${service:queryparam}&${namespace:queryparam}&${job:queryparam}&${pool:queryparam}&${slow:queryparam}"
           "&var-trace=${__value.raw}",
}

GOOD_IS_HIGH = [{"color": "red", "value": None}, {"color": "orange", "value": 0.8}, {"color": "green", "value": 0.95}]
GOOD_IS_LOW = [{"color": "green", "value": None}, {"color": "orange", "value": 0.01}, {"color": "red", "value": 0.1}]


def key_figures(board):
    board.row("Key figures")
    board.stat("Trace success rate",
               '1 - (sum(sum_over_time(service_name:builds_failed:increase10m{service_name=~"$service"}[$__range]))'
               ' or vector(0))'
               ' / sum(sum_over_time(service_name_status_code:builds:increase10m{service_name=~"$service"}[$__range]))',
               "percentunit", "Builds that ended neither failed nor without their agent. Stopped by a person counts as "
               "neither.", GOOD_IS_HIGH, 6)
    board.stat("Average trace duration", average_duration("$__range"), "s",
               "From the start of a build to its end, queue and agent included.", width=6)
    board.stat("Error correlation rate",
               'avg(sabueso_error_correlation_ratio{service=~"$service"} >= 0)', "percentunit",
               "Of the failing traces of the last investigation, those for which logs or events were found.",
               GOOD_IS_HIGH, 6)
    board.stat("Spot impact", 'max(sabueso_spot_impact_ratio{service=~"$service"} >= 0)', "percentunit",
               "Of the failing traces of the last investigation, those that a spot eviction explains.", GOOD_IS_LOW, 6)


def spot_impact(board):
    board.row("Spot impact")
    board.stat("Builds that lost their agent",
               'sum(sum_over_time(service_name:builds_lost:increase10m{service_name=~"$service"}[$__range:10m]))',
               "short", "They end as ABORTED: no panel of errors shows them.", GOOD_IS_LOW)
    board.stat("Build time lost", 'max(sabueso_spot_build_lost_seconds{service=~"$service"} >= 0)', "s",
               "What the lost builds of the last investigation had worked for nothing.")
    board.stat("Failing on spot", 'max(sabueso_spot_build_failure_ratio{service=~"$service"} >= 0)', "percentunit",
               "Share of the builds on spot nodes that failed, last investigation.", GOOD_IS_LOW)
    board.stat("Failing on demand", 'max(sabueso_on_demand_build_failure_ratio{service=~"$service"} >= 0)',
               "percentunit", "The same beside it, on nodes that nobody takes away.", GOOD_IS_LOW)
    board.stat("Spot nodes", 'count(node:kube_node_spot:group) or vector(0)', "short", "Now.")
    board.stat("Spot nodes lost", 'count(node:kube_node_spot_lost:group15m) or vector(0)', "short",
               "Gone, silent or told to go in the last 15 minutes. The autoscaler's are among them.")
    board.lines("Spot nodes by pool",
                [promql('count by (pool) (node_pool:kube_node:group{pool=~"$pool"} and on (node) '
                        'node:kube_node_spot:group)', "{{pool}}")], "short", width=8, stack=True)
    board.lines("Pods by pool",
                [promql('count by (pool) (max by (node, namespace, pod) '
                        '(kube_pod_info{namespace=~"$namespace", node!=""}) '
                        '* on (node) group_left (pool) node_pool:kube_node:group{pool=~"$pool"})', "{{pool}}")],
                "short", width=8, stack=True)
    board.lines("Builds and pods lost",
                [promql('service_name:builds_lost:increase10m{service_name=~"$service"}', "builds of {{service_name}}"),
                 promql('sum by (reason) (kube_pod_status_reason{namespace=~"$namespace"} == 1)', "pods: {{reason}}",
                        "B")], "short", width=8)


def timeline(board):
    board.row("Trace timeline")
    board.traces("Newest builds", f"{BUILDS} with (most_recent=true)",
                 "Click a trace's id: its timeline opens to the right and its logs at the bottom.", width=9, height=14)
    board.add("traces", "Timeline of trace $trace", [traceql("$trace")], 15, 14,
              "Controller, agent and steps on one time axis. The root span comes when the build has ended.")


def job_traces(board):
    board.row("Job execution traces")
    board.traces("Builds",
                 f"{BUILDS} | select(span.ci.pipeline.run.number, span.ci.pipeline.run.result, status)",
                 table="spans", limit=50)
    board.traces("Slower than $slow",
                 '{ resource.service.name =~ "$service" && name =~ "BUILD ($job)" && duration > $slow }'
                 " | select(span.ci.pipeline.run.number, span.ci.pipeline.run.result)",
                 "Where the time went is in the timeline: queue, agent, or a stage.", table="spans", limit=50)
    board.lines("Builds that ended, by status",
                [promql('sum by (status_code) (service_name_status_code:builds:increase10m{service_name=~"$service"})',
                        "{{status_code}}")], "short",
                "In 10 minutes. OK, ERROR (failed, unstable), UNSET (aborted, not built).", stack=True)
    board.lines("Average duration by job",
                [promql('service_name_jenkins_job:build_seconds:avg30m{service_name=~"$service", jenkins_job=~"$job"}',
                        "{{jenkins_job}}")], "s", "Of the builds that ended in the last 30 minutes.")
    # Exemplars only of Tempo's histogram: those of the collector's are in milliseconds.
    board.lines("Duration of builds, each a point",
                [promql('histogram_quantile(0.9, sum by (le) (increase(traces_spanmetrics_latency_bucket'
                        '{service=~"$service", span_name=~"BUILD ($job)"}[30m])))', "90th percentile", exemplar=True),
                 promql('histogram_quantile(0.9, sum by (le) (increase(traces_span_metrics_duration_milliseconds_bucket'
                        '{service_name=~"$service", span_name=~"BUILD ($job)"}[30m]))) / 1000',
                        "90th percentile, by the collector", "B")],
                "s", "The line is of 30 minutes. A point is a build: its menu opens the trace.", width=24)


def pod_communication(board):
    board.row("Pod communication")
    board.lines("Waiting for an agent",
                [traceql('{ resource.service.name =~ "$service" && name = "Agent Allocation" }'
                         " | quantile_over_time(duration, .5, .9)")], "s",
                "From the request for a pod to the first step on it.", width=8)
    board.lines("Queue and executors",
                [promql("max by (instance) (jenkins_queue_size_value) or sum by (instance) (jenkins_queue_count)",
                        "in the queue"),
                 promql("sum(max by (job, instance) (jenkins_executor_total{status='busy'}))"
                        " or sum(jenkins_executor_in_use_value)", "executors busy", "B"),
                 promql("sum(jenkins_agents_offline)", "agents offline", "C")], "short", width=8)
    board.lines("Broken channels between controller and agents",
                [logql('sum by (service_name) (count_over_time({service_name=~"$service"} |~ '
                       '"ChannelClosedException|Cannot contact|was marked offline|was just deleted|Agent was removed"'
                       ' [$__auto]))')], "short", "Lines that say so, of the controller and of builds.", width=8)
    board.traces("Agents",
                 '{ resource.service.name =~ "$service" && name =~ "(Agent|Node)(: .*)?" }'
                 " | select(span.jenkins.computer.name, span.jenkins.pipeline.step.agent.label, status)",
                 "jenkins.computer.name is the name of the agent's pod.", table="spans", limit=50)
    board.lines("Restarts and ends of containers",
                [promql('sum by (pod, reason) (kube_pod_container_status_last_terminated_reason'
                        '{namespace=~"$namespace"} == 1)', "{{pod}}: {{reason}}")], "short")


def errors(board):
    board.row("Error analysis")
    board.traces("Failed builds",
                 '{ resource.service.name =~ "$service" && name =~ "BUILD ($job)" && status = error }'
                 " | select(span.ci.pipeline.run.number, span.ci.pipeline.run.result)", table="spans", limit=50)
    board.traces("Builds that lost their agent",
                 '{ resource.service.name =~ "$service" && name =~ "BUILD ($job)"'
                 ' && span.ci.pipeline.run.result = "ABORTED" } && { status = error }',
                 "Aborted, with an error inside. Aborted by a person or a newer build has none.")
    board.lines("Errors by span",
                [traceql('{ resource.service.name =~ "$service" && status = error } | rate() by (name)')], "ops",
                "Stages, steps and agents, not only whole builds.")
    board.lines("Failed requests and builds",
                [promql('service_name:requests_failed:rate5m{service_name=~"$service"} * 600',
                        "{{service_name}}: requests in 10 min"),
                 promql('service_name:builds_failed:increase10m{service_name=~"$service"}',
                        "{{service_name}}: builds in 10 min", "B")], "short",
                "What HighTraceErrorRate (above 60) and JenkinsJobTraceFailure (above 3) watch.")
    board.lines("What Sabueso found",
                [promql("sum by (cause) (increase(sabueso_investigations_total[$__rate_interval]))", "{{cause}}")],
                "short", "Investigations by their first cause.", stack=True)
    board.lines("What could not be seen",
                [promql("sum by (source) (increase(sabueso_evidence_gaps_total[$__rate_interval]))", "{{source}}")],
                "short", "Evidence that was asked for and not given.", stack=True)


def dependencies(board):
    board.row("Service dependencies")
    board.add("nodeGraph", "Service map",
              [{"refId": "A", "datasource": TEMPO, "queryType": "serviceMap",
                "serviceMapQuery": ['{client=~"$service"}', '{server=~"$service"}']}], 12, 12,
              "From Tempo's service graphs; needs their processor and the data source's service map.")
    board.lines("Failing calls",
                [promql('sum by (client, server) (rate(traces_service_graph_request_failed_total'
                        '{client=~"$service"}[$__rate_interval])) > 0', "{{client}} → {{server}}")],
                "ops", width=6, height=12)
    board.lines("Slowest calls, 90th percentile",
                [promql('histogram_quantile(0.9, sum by (client, server, le) (rate('
                        'traces_service_graph_request_server_seconds_bucket{client=~"$service"}[$__rate_interval])))',
                        "{{client}} → {{server}}", exemplar=True)], "s", "A point's menu opens the trace.", width=6,
                height=12)


def logs(board):
    board.row("Correlated logs")
    board.logs("Logs of trace $trace",
               '{service_name=~"$service"} | trace_id=~"0*$trace.*" | trace_id!=""',
               # Tempo writes an id without its leading zeros; the lines have them, and a matcher is anchored.
               "Without a trace: all lines that carry one.", width=24, height=11)
    board.lines("Lines with and without a trace",
                [logql('sum(count_over_time({service_name=~"$service"} | trace_id!="" [$__auto]))',
                       legendFormat="with"),
                 logql('sum(count_over_time({service_name=~"$service"} | trace_id="" [$__auto]))', "B",
                       legendFormat="without")], "short", "Without an id there is no way from a trace to the line.",
                width=8, stack=True, height=10)
    board.logs("Pods of $namespace: warnings and errors",
               '{k8s_namespace_name=~"$namespace"} |~ "(?i)(error|warn|exception|fatal|killed|evict)"', width=8)
    board.logs("Kubernetes events: pods and nodes that went",
               '{service_name="kubernetes-events"} |~ "Evict|Preempt|NotReady|NodeNotSchedulable|OOMKill'
               '|SpotInterruption|RemovingNode|TaintManagerEviction|FailedScheduling|Killing"', width=8)


def query_variable(name, label, query, regex="", multi=True):
    return {"name": name, "label": label, "type": "query", "datasource": PROMETHEUS, "definition": query,
            "query": {"query": query, "refId": name}, "regex": regex, "refresh": 2, "sort": 1, "multi": multi,
            "includeAll": True, "allValue": ".+", "current": {"text": ["All"], "value": ["$__all"]}}


def source_variable(name, label):
    return {"name": name, "label": label, "type": "datasource", "query": name, "refresh": 1, "regex": "",
            "current": {"text": label, "value": name}}


def variables():
    slow = ["5m", "10m", "30m", "1h"]
    return [
        source_variable("tempo", "Tempo"),
        source_variable("loki", "Loki"),
        source_variable("prometheus", "Prometheus"),
        query_variable("service", "Service", "label_values(service_name:spans:rate5m, service_name)"),
        query_variable("namespace", "Namespace", "label_values(kube_pod_info, namespace)"),
        query_variable(
            "job", "Job",
            'label_values({__name__=~"traces_spanmetrics_calls_total|traces_span_metrics_calls_total",'
            ' span_name=~"BUILD .+"}, span_name)', "/^BUILD (.+)$/"),
        query_variable("pool", "Node pool", "label_values(node_pool:kube_node:group, pool)"),
        {"name": "slow", "label": "Slow means", "type": "custom", "query": ",".join(slow),
         "options": [{"text": value, "value": value, "selected": value == slow[0]} for value in slow],
         "current": {"text": slow[0], "value": slow[0]}},
        {"name": "trace", "label": "Trace", "type": "textbox", "query": "", "current": {"text": "", "value": ""},
         "options": [{"text": "", "value": "", "selected": True}]},
    ]


def annotations():
    # `cause=spot-eviction` in text, `"cause":"spot-eviction"` in JSON: logging.format of the service.
    diagnoses = ('{service_name="sabueso"} |= "investigated"'
                 ' | regexp `cause"?[=:]"?(?P<cause>[a-z0-9-]+)` | regexp `subject"?[=:]"?(?P<subject>[^" ]*)`')
    return [
        {"name": "Diagnoses of Sabueso", "enable": True, "iconColor": "purple", "datasource": LOKI, "expr": diagnoses,
         "titleFormat": "{{cause}}", "textFormat": "{{subject}}", "tagKeys": "cause"},
        {"name": "Open incidents", "enable": False, "iconColor": "orange", "datasource": PROMETHEUS,
         "expr": "max(sabueso_incidents_open) > 0", "titleFormat": "Incidents are open", "step": "60s"},
        {"name": "Alerts", "enable": True, "iconColor": "red", "datasource": PROMETHEUS,
         "expr": 'ALERTS{alertstate="firing", alertname=~"HighTraceErrorRate|JenkinsJobTraceFailure|SpotAgentLost|'
                 'JenkinsBuildsSlow|TelemetryGap"}',
         "titleFormat": "{{alertname}}", "textFormat": "{{service_name}} {{jenkins_job}}", "tagKeys": "alertname",
         "step": "60s"},
        {"name": "Spot nodes lost", "enable": False, "iconColor": "yellow", "datasource": PROMETHEUS,
         "expr": "node:kube_node_spot_lost:group15m", "titleFormat": "{{node}} went or is going", "step": "60s"},
    ]


def dashboard():
    board = Board()
    for section in (key_figures, spot_impact, timeline, job_traces, pod_communication, errors, dependencies, logs):
        section(board)
    return {
        "uid": UID, "title": "Jenkins: builds, agents and their traces", "tags": ["jenkins", "tracing", "sabueso"],
        "description": "What builds do, on which pods and nodes, and what went wrong. Alerts, diagnoses and lost spot "
                       "nodes are drawn into every graph.",
        "schemaVersion": 39, "version": 1, "editable": True, "graphTooltip": 1, "refresh": "1m",
        "time": {"from": "now-3h", "to": "now"}, "timezone": "browser",
        "templating": {"list": variables()}, "annotations": {"list": annotations()},
        "links": [{"title": "Runbooks", "type": "link", "icon": "doc", "targetBlank": True,
                   "url": "https://git.example.com/sabueso/src/branch/main/Runbooks/README.md"}],
        "panels": board.panels,
    }


def main(arguments):
    if arguments not in ([], ["--check"]):
        print(__doc__.split("\n")[2], file=sys.stderr)
        return 2
    text = json.dumps(dashboard(), indent=2, ensure_ascii=False) + "\n"
    if not arguments:
        FILE.parent.mkdir(exist_ok=True)
        FILE.write_text(text, encoding="utf-8")
        return 0
    if not FILE.exists() or FILE.read_text(encoding="utf-8") != text:
        print(f"{FILE.name} is not what {pathlib.Path(__file__).name} writes: run it")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
