"""Every PromQL query of the dashboards shows something when what it asks about is there.

promtool runs the queries, behind the recording rules, on an hour and a half of invented series with the names and
labels that Tempo, the collector, kube-state-metrics, Jenkins and Sabueso give theirs. A query that misspells a label,
joins what does not match or divides by nothing answers nothing, and is found.
"""
import json
import pathlib
import re
import subprocess
import tempfile

import queries
from project import DEPLOY

MINUTES = 80
# Names that occur in the series below.
VALUES = {"service": "jenkins-master|other", "job": ".+", "namespace": "jenkins-agents", "pool": ".+",
          "__range": "1h", "__rate_interval": "5m"}


def rising(by):
    return f"0+{by}x{MINUTES}"


def steady(value):
    return f"{value}x{MINUTES}"


def series():
    """(series, values): one sample a minute."""
    for status, builds in (("OK", 2), ("ERROR", 1), ("UNSET", 1)):
        labels = f'span_name="BUILD shop/main", span_kind="SPAN_KIND_SERVER", status_code="STATUS_CODE_{status}"'
        yield f'traces_spanmetrics_calls_total{{service="jenkins-master", {labels}}}', rising(builds)
        yield f'traces_spanmetrics_latency_count{{service="jenkins-master", {labels}}}', rising(builds)
        yield f'traces_spanmetrics_latency_sum{{service="jenkins-master", {labels}}}', rising(builds * 400)
        yield f'traces_span_metrics_calls_total{{service_name="other", {labels}}}', rising(builds)
        yield f'traces_span_metrics_duration_milliseconds_count{{service_name="other", {labels}}}', rising(builds)
        yield f'traces_span_metrics_duration_milliseconds_sum{{service_name="other", {labels}}}', rising(builds * 9000)
    yield ('traces_spanmetrics_calls_total{service="jenkins-master", span_name="Agent", span_kind="SPAN_KIND_INTERNAL",'
           ' status_code="STATUS_CODE_ERROR"}', rising(2))
    for name in ("error_correlation_ratio", "spot_impact_ratio", "spot_build_lost_seconds", "spot_build_failure_ratio",
                 "on_demand_build_failure_ratio"):
        yield f'sabueso_{name}{{service="jenkins-master"}}', steady(0.5)
    yield "sabueso_incidents_open", steady(1)
    yield 'sabueso_investigations_total{cause="spot-eviction"}', rising(1)
    yield 'sabueso_evidence_gaps_total{source="logs"}', rising(1)
    for node, pool in (("spot-1", "spot"), ("spot-2", "spot"), ("system-1", "system")):
        yield f'kube_node_info{{node="{node}"}}', steady(1)
        yield f'kube_node_labels{{node="{node}", label_kubernetes_azure_com_agentpool="{pool}"}}', steady(1)
        if pool == "spot":
            yield (f'kube_node_spec_taint{{node="{node}", key="kubernetes.azure.com/scalesetpriority", value="spot"}}',
                   steady(1))
        pod = f'namespace="jenkins-agents", pod="maven-{node}"'
        yield f'kube_pod_info{{{pod}, node="{node}"}}', steady(1)
        yield f'kube_pod_status_reason{{{pod}, reason="Evicted"}}', steady(1)
        yield (f'kube_pod_container_status_last_terminated_reason{{{pod}, container="jnlp", reason="OOMKilled"}}',
               steady(1))
    yield 'kube_node_status_condition{node="spot-1", condition="Ready", status="unknown"}', steady(1)
    yield 'jenkins_queue_count{instance="jenkins"}', steady(3)
    yield 'jenkins_executor_total{job="ci/jenkins-master", instance="1", status="busy"}', steady(3)
    yield "jenkins_agents_offline", steady(1)
    edge = 'client="jenkins-master", server="other"'
    yield f"traces_service_graph_request_total{{{edge}}}", rising(9)
    yield f'traces_service_graph_request_total{{client="other", server="jenkins-master"}}', rising(9)
    yield f"traces_service_graph_request_failed_total{{{edge}}}", rising(1)
    build = 'span_name="BUILD shop/main", span_kind="SPAN_KIND_SERVER", status_code="STATUS_CODE_OK"'
    for bucket in ("600", "+Inf"):
        yield f'traces_spanmetrics_latency_bucket{{service="jenkins-master", {build}, le="{bucket}"}}', rising(1)
        yield f'traces_span_metrics_duration_milliseconds_bucket{{service_name="other", {build}, le="{bucket}"}}', rising(1)
    for bucket in ("0.5", "+Inf"):
        yield f'traces_service_graph_request_server_seconds_bucket{{{edge}, le="{bucket}"}}', rising(9)


def problems(found, data):
    """What shows nothing, one line each; `found` as of `queries.everything`."""
    before = dict(queries.VALUES)
    queries.VALUES.update(VALUES)
    try:
        asked = [(f"{origin}: {where}", queries.filled(query)) for origin, where, language, query in found
                 if language == "promql"]
    finally:
        queries.VALUES.update(before)
    test = {
        "rule_files": [str(DEPLOY / "prometheus" / "rules.yaml")], "evaluation_interval": "1m",
        "tests": [{
            "interval": "1m",
            "input_series": [{"series": name, "values": values} for name, values in data],
            "promql_expr_test": [{"expr": f"count({query}) > bool 0", "eval_time": f"{MINUTES - 2}m",
                                  "exp_samples": [{"labels": "{}", "value": 1}]} for _, query in asked],
        }],
    }
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "test.json"
        file.write_text(json.dumps(test))
        result = subprocess.run(["promtool", "test", "rules", str(file)], capture_output=True, text=True, check=False)
    said = result.stdout + result.stderr
    wrong = [f"{where}: shows nothing: {query}" for where, query in asked
             if re.sub(r"\s", "", json.dumps(f"count({query}) > bool 0"))[1:-1] in re.sub(r"\s", "", said)]
    return wrong or ([said.strip()] if result.returncode else [])


def check():
    found = [query for query in queries.everything() if query[0].startswith("deploy/grafana")]
    return problems(found, list(series()))
