"""Shows that each check can fail: what is right is broken, and the check has to say so."""
import copy
import unittest

import agreement
import alerts
import boards
import collectors
import logql
import queries
import shown
import traceql
from lexer import Refused
from project import dashboards, documents, rules

BOARD = "deploy/grafana/dashboards/jenkins-tracing.json"


class Grammars(unittest.TestCase):
    def refuses(self, grammar, texts):
        for text in texts:
            with self.subTest(text), self.assertRaises(Refused):
                grammar.parse(text)

    def test_logql_refuses_what_loki_refuses(self):
        self.refuses(logql, [
            '{}', '{app=~".*"}', '{app!="x"}', '{app="x"', '{app="x"} |~ "a(b"', r'{app="x"} |~ "a\.b"',
            '{app="x"} | trace_id=~abc', '{app="x"} | regexp "no name"', 'rate({app="x"})', 'sum({app="x"} [5m])',
            '{app="x"} |= x', 'count_over_time({app="x"}[5])', '{app="x"} |~ "(?=ahead)"', '{app="x"} | = "y"'])

    def test_traceql_refuses_what_tempo_refuses(self):
        self.refuses(traceql, [
            '{ status = "error" }', '{ service.name = "x" }', '{ name = "x"', '{ duration > 5 }', '{ name =~ x }',
            '{ name = "x" } | rate() | select(name)', '{ name = "x" } | quantile_over_time(duration)',
            '{ span.a == "x" }', '{ kind = error }', '{ name = "x" } && ', '{ resource.a = "x" } | select()',
            'name = "x"', r'{ name =~ "a\.b" }', '{ name = "a" and name = "b" }'])

    def test_promql_is_refused_by_promtool(self):
        self.assertTrue(queries.problems([("board", "panel", "promql", 'sum by (a (rate(b[5m]))')]))
        self.assertTrue(queries.problems([("board", "panel", "promql", 'rate(b{service=~"$service"}[$nobody])')]))
        self.assertEqual([], queries.problems([("board", "panel", "promql", 'rate(b{service=~"$service"}[$__range])')]))


class Names(unittest.TestCase):
    def test_a_metric_that_nothing_exports_is_found(self):
        for query in ("rate(traces_total[5m])", 'sum by (a) (traces_total{status="error"}) / on (b) c_total',
                      'max_over_time(service_name:builds_gone:rate5m[1h])', '{__name__=~"otelcol_(a|b)(_total)?"}'):
            with self.subTest(query):
                self.assertTrue(queries.unknown_metrics([("board", "panel", "promql", query)]))

    def test_metrics_are_told_from_labels_and_functions(self):
        found = queries.metric_names('histogram_quantile(0.9, sum by (le, client_name) (rate(a_bucket{b_c="d_e"}[5m])))'
                                     ' * on (node_name) group_left (pool_name) d:e:f')
        self.assertEqual({"a_bucket", "d:e:f"}, found)
        self.assertEqual({"a_b", "a_c", "a_b_d", "a_c_d"}, queries.metric_names('{__name__=~"a_(b|c)(_d)?"}'))


class Shown(unittest.TestCase):
    def test_a_query_that_shows_nothing_is_found(self):
        data = [("up{job=\"a\"}", shown.steady(1)), ("down{job=\"b\"}", shown.steady(1))]
        examples = [('up{job="a"}', True), ('up{service="a"}', False), ("up / down", False), ("up + up", True)]
        for query, shows in examples:
            with self.subTest(query):
                self.assertEqual(shows, not shown.problems([("board", "panel", "promql", query)], data))


class Dashboards(unittest.TestCase):
    def breaks(self, change):
        board = copy.deepcopy(dashboards()[BOARD])
        self.assertEqual([], boards.problems(board))
        change(board)
        self.assertTrue(boards.problems(board))

    def test_a_broken_dashboard_is_found(self):
        def rename(board):
            board["panels"][0]["title"] = "Figures"

        def same_id(board):
            board["panels"][3]["id"] = board["panels"][4]["id"]

        def overlap(board):
            board["panels"][2]["gridPos"]["x"] -= 1

        def too_wide(board):
            board["panels"][1]["gridPos"]["w"] = 25

        def fixed_source(board):
            board["panels"][1]["datasource"] = {"type": "prometheus", "uid": "prometheus"}

        def no_variable(board):
            del board["templating"]["list"][5]

        def foreign_query(board):
            board["panels"][1]["targets"][0]["datasource"] = boards_source("tempo")

        def boards_source(kind):
            return {"type": kind, "uid": f"${{{kind}}}"}

        def wrong_annotation(board):
            annotation = board["annotations"]["list"][0]
            annotation["expr"] = annotation["expr"].replace("[=:]", "=")

        def stripped_id(board):
            panel = next(each for each in board["panels"] if each["title"] == "Logs of trace $trace")
            panel["targets"][0]["expr"] = panel["targets"][0]["expr"].replace("0*", "")

        def no_exemplars(board):
            panel = next(each for each in board["panels"] if each["title"].startswith("Slowest calls"))
            del panel["targets"][0]["exemplar"]

        for change in (no_exemplars, stripped_id, wrong_annotation, rename, same_id, overlap, too_wide, fixed_source, no_variable, foreign_query):
            with self.subTest(change.__name__):
                self.breaks(change)

    def test_a_broken_way_between_data_sources_is_found(self):
        def each(file, kind):
            return next(source for source in file["datasources"] if source["type"] == kind)["jsonData"]

        changes = [
            lambda file: each(file, "tempo")["tracesToLogsV2"].update(datasourceUid="gone"),
            lambda file: each(file, "tempo")["tracesToLogsV2"].update(filterByTraceID=False),
            lambda file: each(file, "tempo").pop("serviceMap"),
            lambda file: each(file, "loki")["derivedFields"].pop(0),
            lambda file: each(file, "loki")["derivedFields"].pop(1),
            lambda file: each(file, "prometheus")["exemplarTraceIdDestinations"].pop(),
            lambda file: file["datasources"].pop(1),
        ]
        right = documents("deploy/grafana/datasources.yaml")
        self.assertEqual([], boards.source_problems(right))
        for number, change in enumerate(changes):
            with self.subTest(number):
                file = copy.deepcopy(right)
                change(file)
                self.assertTrue(boards.source_problems(file))


class Alerts(unittest.TestCase):
    def test_an_alert_without_runbook_label_or_test_is_found(self):
        tests = alerts.tests()
        self.assertEqual([], alerts.problems(rules(), tests))
        changes = [
            lambda rule: rule["annotations"].update(runbook_url=alerts.RUNBOOKS + "Runbooks/gone.md"),
            lambda rule: rule["annotations"].update(runbook_url=alerts.RUNBOOKS + "README.md#gone"),
            lambda rule: rule["labels"].pop("severity"),
            lambda rule: rule.update(alert="Renamed"),
            lambda rule: rule.update(expr="service_name:gone:rate5m > 1"),
        ]
        for number, change in enumerate(changes):
            with self.subTest(number):
                changed = copy.deepcopy(rules())
                change(next(rule for rule in changed if rule.get("alert") == "SpotAgentLost"))
                self.assertTrue(alerts.problems(changed, tests))


class Collectors(unittest.TestCase):
    def test_a_collector_that_would_not_start_is_found(self):
        right = documents("deploy/collector/node-values.yaml")
        self.assertEqual([], collectors.problems(right) + collectors.extraction_problems(right))
        changes = [
            lambda values: values["config"]["service"]["pipelines"]["logs"]["exporters"].append("otlp/gone"),
            lambda values: values["config"]["service"]["pipelines"]["logs"]["processors"].remove("transform/trace"),
            lambda values: values["config"]["service"]["pipelines"]["logs"]["processors"].reverse(),
            lambda values: values["presets"]["logsCollection"].update(enabled=False),
            lambda values: values["clusterRole"].update(create=False),
            lambda values: values["config"]["processors"]["transform/trace"]["log_statements"][0]["statements"].append(
                "set(body, (body)"),
        ]
        for number, change in enumerate(changes):
            with self.subTest(number):
                values = copy.deepcopy(right)
                change(values)
                self.assertTrue(collectors.problems(values))
        right["config"]["processors"]["transform/trace"]["log_statements"][0]["statements"].pop(1)
        self.assertTrue(collectors.extraction_problems(right))

    def test_node_types_that_would_be_wrong_or_missing_are_found(self):
        right = documents("deploy/collector/gateway-values.yaml")
        self.assertEqual([], collectors.problems(right))

        def pipelines(values):
            return values["config"]["service"]["pipelines"]

        def statements(values, kind):
            return values["config"]["processors"]["transform/node"][f"{kind}_statements"]

        changes = [
            lambda values: values["clusterRole"]["rules"][0]["resources"].remove("nodes"),
            lambda values: pipelines(values)["logs"]["processors"].remove("transform/node"),
            lambda values: pipelines(values)["traces"]["processors"].insert(
                2, pipelines(values)["traces"]["processors"].pop(3)),
            lambda values: statements(values, "metric")[0]["statements"].pop(),
            lambda values: statements(values, "trace")[0]["statements"].pop(0),
            lambda values: statements(values, "trace").pop(),
        ]
        for number, change in enumerate(changes):
            with self.subTest(number):
                values = copy.deepcopy(right)
                change(values)
                self.assertTrue(collectors.problems(values))

    def test_alloy_without_the_component_it_forwards_to_is_found(self):
        content = documents("deploy/collector/alloy-values.yaml")["alloy"]["configMap"]["content"]
        self.assertEqual([], collectors.alloy_problems(content))
        self.assertTrue(collectors.alloy_problems(content.replace('loki.write "default"', 'loki.write "other"')))
        self.assertTrue(collectors.alloy_problems(content.rstrip().rstrip("}")))


class Agreement(unittest.TestCase):
    def test_a_link_that_grafana_would_open_empty_is_found(self):
        panes = "https://g/explore?schemaVersion=1&panes=%7B%22tra%22:%7B%22datasource%22:%22tempo%22,%22queries%22:" \
                "%5B%7B%22datasource%22:%7B%22uid%22:%22tempo%22%7D%7D%5D," \
                "%22range%22:%7B%22from%22:%221%22,%22to%22:%222%22%7D%7D%7D"
        self.assertEqual([], agreement.link_problems(panes))
        for old, new in (("panes=", "left="), ("%22tra%22", "%22123%22"), ("%22from%22:%221%22", "%22from%22:1"),
                         ("%22uid%22:%22tempo%22", "%22uid%22:%22other%22"), ("%7D%7D%7D", "")):
            with self.subTest(old):
                self.assertTrue(agreement.link_problems(panes.replace(old, new)))

    def test_links_at_a_build_that_lead_nowhere_are_found(self):
        right = documents("deploy/jenkins/opentelemetry.yaml")["unclassified"]["openTelemetry"]
        self.assertEqual([], agreement.backend_problems(right))
        changes = [
            lambda plugin: plugin["observabilityBackends"].append({"grafana": {"name": "Grafana"}}),
            lambda plugin: plugin["observabilityBackends"].pop(),
            lambda plugin: plugin["observabilityBackends"][1]["customObservabilityBackend"].update(
                name=plugin["observabilityBackends"][0]["customObservabilityBackend"]["name"]),
            lambda plugin: plugin.update(configurationProperties="otel.logs.exporter=otlp"),
        ]
        for number, change in enumerate(changes):
            with self.subTest(number):
                plugin = copy.deepcopy(right)
                change(plugin)
                self.assertEqual(1, len(agreement.backend_problems(plugin)))

    def test_an_alertmanager_that_would_lose_something_is_found(self):
        right = documents("deploy/alertmanager/alertmanager.yaml")
        self.assertEqual([], agreement.alertmanager_problems(right))

        def hook(file):
            return file["receivers"][1]["webhook_configs"][0]

        changes = [
            lambda file: hook(file).update(send_resolved=False),
            lambda file: hook(file).update(max_alerts=10),
            lambda file: hook(file)["http_config"].pop("authorization"),
            lambda file: hook(file)["http_config"].pop("follow_redirects"),
            lambda file: file["route"]["routes"][1].pop("continue"),
            lambda file: file["route"]["routes"][1].update(group_interval="30s"),
            lambda file: file["route"]["routes"][1].update(group_by=["alertname"]),
        ]
        for number, change in enumerate(changes):
            with self.subTest(number):
                file = copy.deepcopy(right)
                change(file)
                self.assertTrue(agreement.alertmanager_problems(file))

    def test_a_label_that_kube_state_metrics_would_not_show_is_found(self):
        values = documents("deploy/prometheus/values.yaml")
        self.assertEqual([], agreement.prometheus_problems(values))
        values["kube-state-metrics"]["metricLabelsAllowlist"] = ["nodes=[kubernetes.azure.com/agentpool]"]
        self.assertEqual(7, len(agreement.prometheus_problems(values)))

    def test_a_prometheus_that_forgets_is_found(self):
        values = documents("deploy/prometheus/values.yaml")
        del values["prometheus"]["prometheusSpec"]["storageSpec"]
        self.assertEqual(1, len(agreement.prometheus_problems(values)))

    def test_a_control_plane_that_nobody_may_scrape_is_found(self):
        values = documents("deploy/prometheus/values.yaml")
        for part in agreement.UNSEEN:
            with self.subTest(part):
                self.assertEqual(1, len(agreement.prometheus_problems({key: value for key, value in values.items()
                                                                       if key != part})))

    def test_a_grafana_that_mixes_the_charts_things_with_ours_is_found(self):
        right = documents("deploy/grafana/values.yaml")
        self.assertEqual([], agreement.grafana_problems(right))
        changes = [
            lambda sidecar: sidecar["dashboards"]["provider"].update(folder="Jenkins"),
            lambda sidecar: sidecar["dashboards"]["provider"].pop("foldersFromFilesStructure"),
            lambda sidecar: sidecar["dashboards"].pop("folderAnnotation"),
            lambda sidecar: sidecar["datasources"].pop("alertmanager"),
            lambda sidecar: sidecar["datasources"].pop("defaultDatasourceEnabled"),
        ]
        for number, change in enumerate(changes):
            with self.subTest(number):
                values = copy.deepcopy(right)
                change(values["sidecar"])
                self.assertEqual(1, len(agreement.grafana_problems(values)))

    def test_events_that_are_read_as_something_else_are_found(self):
        def example(events):
            return {"config": {"kubernetes": {"events_from_loki": events} if events else {}}}
        right = agreement.EVENTS
        self.assertEqual([], agreement.event_problems({"stack.yaml": example(right), "x": {}}))
        for wrong in (None, right | {"format": "alloy"}, right | {"selector": '{job="kubernetes-events"}'}):
            with self.subTest(wrong):
                self.assertEqual(1, len(agreement.event_problems({"stack.yaml": example(wrong)})))

    def test_an_example_that_undoes_what_the_script_sets_is_found(self):
        stack = {"config": {"tempo": {"url": "http://tempo:3200"}, "loki": {"url": "a", "labels": {"pod": ["b"]}}}}
        right = {"config": {"receivers": []}, "rbac": {"namespaces": ["jenkins-master"]}}

        def found(wrong):
            return agreement.behind_problems({name: right for name in agreement.BEHIND} | {"stack.yaml": stack, "aks.yaml": wrong})
        self.assertEqual([], found(right))
        for wrong in ({"config": {"tempo": {"url": "http://tempo:3200"}}}, {"config": {"loki": {"labels": {"pod": ["c"]}}}},
                      {"config": {"server": {"public_url": "x"}}}, {"config": {}, "rbac": {"namespaces": ["jenkins"]}}):
            with self.subTest(wrong):
                self.assertEqual(1, len(found(wrong)))

    def test_a_patch_that_would_change_the_agents_of_others_is_found(self):
        patch = documents("deploy/jenkins/values.yaml")
        spot = documents("deploy/jenkins/spot-agents.yaml")["additionalAgents"]["spot"]
        self.assertEqual([], agreement.jenkins_problems(patch, spot))
        changes = [
            lambda patch, spot: patch["agent"].update(customJenkinsLabels=["spot"]),
            lambda patch, spot: patch["controller"].update(containerEnv=[{"name": "A", "value": "b"}]),
            lambda patch, spot: patch["controller"]["JCasC"]["configScripts"].update(opentelemetry="unclassified: {}"),
            lambda patch, spot: spot.update(nodeUsageMode="NORMAL"),
            lambda patch, spot: spot.pop("componentName"),
            lambda patch, spot: spot.update(yamlTemplate="kind: Pod"),
        ]
        for index, change in enumerate(changes):
            with self.subTest(index):
                changed = copy.deepcopy((patch, spot))
                change(*changed)
                self.assertTrue(agreement.jenkins_problems(*changed))

    def test_pods_that_may_come_to_other_nodes_are_found(self):
        right = {name: documents(f"deploy/{name}") for name in (
            "tempo/values.yaml", "loki/values.yaml", "collector/node-values.yaml", "collector/alloy-values.yaml")}
        self.assertEqual([], agreement.systems(right))
        for name, part in ((name, part) for name in right for part in ("nodeSelector", "affinity", "defaults", "controller")):
            wrong = copy.deepcopy(right)
            if wrong[name].pop(part, None):
                self.assertEqual(1, len(agreement.systems(wrong)), (name, part))

    def test_values_merge_as_helm_does(self):
        self.assertEqual({"a": {"c": 2, "d": [3]}}, agreement.merged({"a": {"b": 1, "d": [1, 2]}},
                                                                     {"a": {"b": None, "c": 2, "d": [3]}}))


if __name__ == "__main__":
    unittest.main()
