import Settings
import Telemetry
import Testing

@Suite struct PrometheusTests {
    private func problems(_ query: String) -> [String] {
        let lines = LoadedFrom(
            "prometheus:\n  url: http://p\n  queries:\n    - name: q\n      query: '\(query)'\n"
        ).problems()
        return lines.map { $0.replacing("sabueso.yaml:5: prometheus.queries[0].query: ", with: "") }
    }

    @Test func `a Prometheus is read with all that it can say`() throws {
        let settings = try LoadedFrom(
            """
            prometheus:
              url: http://mimir/prometheus/
              tenant: team-a
              tenant_header: THANOS-TENANT
              timeout: 3s
              min_step: 1m
              queries:
                - name: queue
                  query: max(jenkins_queue_size_value)
                  measures: queue
                - {name: "job:up", query: 'up{job=~"$service"}'}
            """
        ).settings()
        let prometheus = try #require(settings.prometheus)
        #expect(prometheus.connection.url == "http://mimir/prometheus")
        #expect(prometheus.connection.tenant == "team-a")
        #expect(prometheus.connection.tenantHeader == "THANOS-TENANT")
        #expect(prometheus.connection.timeout == .seconds(3))
        #expect(prometheus.minimumStep == .seconds(60))
        #expect(
            prometheus.queries == [
                MetricQuery("queue", "max(jenkins_queue_size_value)", measures: .queue),
                MetricQuery("job:up", #"up{job=~"$service"}"#),
            ])
    }

    @Test func `without a list the built-in queries are asked, and with an empty one none`() throws {
        let usual = try LoadedFrom("prometheus: {url: http://p}").settings().prometheus
        #expect(usual?.queries == MetricQuery.builtIn)
        #expect(try LoadedFrom("prometheus: {url: http://p, queries: []}").settings().prometheus?.queries == [])
    }

    @Test func `what is measured is known by the queries' names and by what is declared, which wins`() throws {
        let settings = try LoadedFrom(
            """
            prometheus:
              url: http://p
              queries:
                - {name: a, query: a, measures: cpu}
                - {name: b, query: b, measures: memory}
                - {name: c, query: c}
            analysis:
              metrics: {b: latency, "CpuUsageRate(%)": cpu}
            """
        ).settings()
        #expect(settings.metricMeanings == ["a": .cpu, "b": .latency, "CpuUsageRate(%)": .cpu])
        // A case folder may hold the answers to the built-in queries while no Prometheus is configured.
        #expect(Settings().metricMeanings["container_restarts"] == .restarts)
        #expect(Settings().metricMeanings["HighTraceErrorRate"] == .errors)
        #expect(Settings().metricMeanings["kube_pod_info"] == nil)
    }

    @Test func `every mistake is told with its line and what was meant`() {
        let problems = LoadedFrom(
            """
            prometheus:
              url: prometheus:9090
              min_stp: 15s
              min_step: 100ms
              queries:
                - name: cpu usage
                  query: up
                - name: twice
                  query: rate(x{pod=~"$pods"}[5m])
                  measures: memroy
                - name: twice
                  quety: up
                - {name: empty, query: ""}
            analysis:
              metrics:
                a: speed
                b: latencies
            """
        ).problems()
        #expect(
            problems == [
                "sabueso.yaml:2: prometheus.url: is not a URL of a web server: it must begin with http:// or https://",
                "sabueso.yaml:3: prometheus.min_stp: unknown key; did you mean min_step?",
                "sabueso.yaml:4: prometheus.min_step: expected a duration such as 20s, 5m or 1h30m, from 1s to 1h, "
                    + "found \"100ms\"",
                "sabueso.yaml:6: prometheus.queries[0].name: expected a name (letters, digits, _ and :), "
                    + "found \"cpu usage\"",
                "sabueso.yaml:9: prometheus.queries[1].query: there is no placeholder $pods; did you mean $pod?",
                "sabueso.yaml:10: prometheus.queries[1].measures: expected one of cpu, throttling, memory, restarts, queue, "
                    + "latency, errors, success, traffic, found \"memroy\"; did you mean memory?",
                "sabueso.yaml:11: prometheus.queries[2]: query is missing",
                "sabueso.yaml:11: prometheus.queries[2].name: there is a query of this name already",
                "sabueso.yaml:12: prometheus.queries[2].quety: unknown key; did you mean query?",
                "sabueso.yaml:13: prometheus.queries[3].query: expected a text, found an empty one",
                "sabueso.yaml:16: analysis.metrics.a: expected one of cpu, throttling, memory, restarts, queue, latency, "
                    + "errors, success, traffic, found \"speed\"",
                "sabueso.yaml:17: analysis.metrics.b: expected one of cpu, throttling, memory, restarts, queue, latency, "
                    + "errors, success, traffic, found \"latencies\"; did you mean latency?",
            ], "\(problems.joined(separator: "\n"))")
    }

    @Test(arguments: [
        #"up"#, #"rate(x{pod=~"$pod"}[$interval])"#, #"x{a=~"(foo|bar)$", b=~ "$service"}"#, #"x{a="b\"c}"}"#,
        #"label_replace(x, "a", "$1", "b", "(.+)")"#, #"x{pod=~"prefix-$pod"}"#, "x # $nothing } here",
        #"max_over_time(x{job=~"$job"}[$interval:30s])"#, #"x{a=`\`}"#,
    ])
    func `a query that can be filled in is taken`(_ query: String) {
        #expect(problems(query) == [])
    }

    @Test(arguments: [
        (#"x{pod=~"$Pod"}"#, "there is no placeholder $Pod; did you mean $pod?"),
        (#"x{pod=~"$elsewhere"}"#, "there is no placeholder $elsewhere; here can be: $namespace, $service"),
        (#"x{pod="$pod"}"#, #"$pod has to stand in double quotes behind =~: pod=~"$pod""#),
        (#"x{pod!~"$pod"}"#, #"$pod has to stand in double quotes behind =~: pod=~"$pod""#),
        (#"x{pod=~`$pod`}"#, #"$pod has to stand in double quotes behind =~: pod=~"$pod""#),
        (#"x{pod=~$pod}"#, #"$pod has to stand in double quotes behind =~: pod=~"$pod""#),
        (#"rate(x[5m]) > $namespace"#, #"$namespace has to stand in double quotes behind =~"#),
        (#"rate(x{a=~"$interval"}[5m])"#, "$interval has to stand in brackets: rate(x[$interval])"),
        (#"x offset $interval"#, "$interval has to stand in brackets: rate(x[$interval])"),
        (#"rate(x[5m]"#, "the query ends before its )"), (#"rate(x[5m))"#, "the query has a ) that nothing opened"),
        (#"x{a="b}"#, "the query has a quote that does not end"), (#"x}"#, "the query has a } that nothing opened"),
    ])
    func `a query that cannot be filled in safely is refused`(_ query: String, _ problem: String) {
        #expect(problems(query).contains { $0.hasPrefix(problem) }, "\(problems(query))")
    }
}
