import Lab
import Scenarios
import TestSupport
import Testing

/// Which recorded exchanges the lab is held against, how, and which not and why.
enum RecordingCoverage {
    enum Comparison: Hashable {
        case tempoText, tempoTraceJSON, tempoTraceProtobuf, tempoSearch, tempoTenant, tempoSizeLimit, tempoFault
        case lokiText, lokiRange, lokiTenant, lokiFault
        case prometheusText, prometheusQuery
    }

    static let folders = [
        "tempo", "tempo_edge", "tempo_small_max_bytes", "tempo_busy", "tempo_api_timeout_1ms",
        "tempo_multitenant_no_org", "tempo_multitenant_org", "loki", "loki_busy", "loki_multitenant_no_org",
        "loki_query_timeout_1ms", "prometheus",
    ]

    /// Folders that are left alone altogether, each with the reason.
    static let foldersLeftOut = [
        "alertmanager": "the lab posts no webhooks", "conf": "settings, no exchanges",
        "loki_startup": "a log of repeated requests; Fault.starting has its text",
        "tempo2_10": "the lab answers as Tempo 3.0.3", "tempo_multitenant_two_orgs": "the lab has one tenant's data",
        "tempo_startup": "a log of repeated requests",
    ]

    /// Answers whose lines or labels are not those that were stored.
    static let changesLines: Set<String> = ["loki/range_keep", "loki/range_line_format", "loki/range_pattern_drop"]

    static func compared(_ kind: Comparison) throws -> [RecordedExchange] {
        try folders.flatMap { try RecordedExchange.all(in: $0) }.filter { comparison($0) == kind }
    }

    /// How an exchange is compared; nil when it is left out.
    static func comparison(_ exchange: RecordedExchange) -> Comparison? {
        guard reasonToLeaveOut(exchange) == nil else { return nil }
        let name = exchange.name
        let folder = name.prefix { $0 != "/" }
        switch folder {
        case "tempo", "tempo_edge":
            if exchange.status != 200 || exchange.headers["content-type"]?.hasPrefix("text/plain") == true {
                return .tempoText
            }
            if exchange.headers["content-type"] == "application/protobuf" { return .tempoTraceProtobuf }
            return exchange.target.contains("/api/search") ? .tempoSearch : .tempoTraceJSON
        case "tempo_small_max_bytes": return .tempoSizeLimit
        case "tempo_multitenant_no_org": return .tempoTenant
        case "tempo_busy", "tempo_api_timeout_1ms": return .tempoFault
        case "loki": return name.contains("/range_") && exchange.status == 200 ? .lokiRange : .lokiText
        case "loki_multitenant_no_org": return .lokiTenant
        case "loki_busy", "loki_query_timeout_1ms": return .lokiFault
        case "prometheus": return name.contains("/query") && exchange.status == 200 ? .prometheusQuery : .prometheusText
        default: return nil
        }
    }

    /// Why an exchange is left out; nil when it is compared.
    static func reasonToLeaveOut(_ exchange: RecordedExchange) -> String? {
        reasons[exchange.name]
            ?? prefixes.first { exchange.name.hasPrefix($0.prefix) }?.reason
    }

    private static let prefixes: [(prefix: String, reason: String)] = [
        ("tempo/metrics_", "the lab has no TraceQL metrics"), ("tempo/tags_", "the lab lists no tags"),
        ("tempo/values_", "the lab lists no values of tags"), ("tempo/otlp_", "nothing is pushed into the lab"),
        ("tempo/search_tags_", "the lab searches by TraceQL only, and says so with 400"),
        ("tempo_multitenant_org/", "the data of a tenant that has none"),
        ("loki/push_", "nothing is pushed into the lab"), ("loki/range_metric_", "the lab has no LogQL metrics"),
        ("loki/instant_", "the lab answers query_range only"), ("loki/index_", "the lab has no index to describe"),
        ("loki/detected_", "the lab detects no fields"), ("loki/format_query", "the lab formats no queries"),
        ("prometheus/rules", "the lab's rules do not fire"), ("prometheus/series", "the lab lists no series"),
        ("prometheus/alert", "the lab fires nothing"), ("prometheus/query_gzip", "the lab does not compress"),
        ("loki/patterns", "the lab mines no patterns"), ("loki/series", "the lab lists no series"),
    ]

    private static let reasons: [String: String] = [
        "tempo/buildinfo": "names a build", "tempo/overrides_get": "not served here or there",
        "tempo/status_services": "names the parts of a build",
        "tempo/search_accept_llm": "a format that nobody here asks for",
        "tempo/search_accept_protobuf": "the client asks for JSON when it searches",
        "tempo/trace_v1_accept_llm": "a format that nobody here asks for",
        "tempo/trace_v2_accept_llm": "a format that nobody here asks for",
        "tempo/search_gzip": "the lab does not compress",
        "tempo/trace_v1_failed_json_gzip": "the lab does not compress",
        "tempo/trace_v2_failed_json_gzip": "the lab does not compress",
        "tempo/search_head": "no body to compare; LabSocketTests sends a HEAD",
        "tempo/search_min_duration_only": "the lab does not know minDuration, which q replaces",
        "tempo/search_traceql_by_grouping": "the lab does not evaluate by()",
        "tempo/search_traceql_select_kinds": "the lab does not know nestedSetParent",
        "tempo_edge/search_dup": "a Trace holds each span once",
        "tempo_edge/trace_v1_dup": "a Trace holds each span once",
        "tempo_edge/trace_v2_dup": "a Trace holds each span once",
        "tempo_edge/search_multi": "undercounts a trace that is split over blocks, and the lab has no blocks",
        "tempo_edge/search_odd": "no Span ends before it starts",
        "tempo_edge/trace_v1_odd": "no Span ends before it starts",
        "tempo_edge/trace_v2_odd": "no Span ends before it starts",
        "tempo_small_max_bytes/metrics": "the lab has no TraceQL metrics",
        "tempo_small_max_bytes/search": "not concerned by the limit",
        "tempo_small_max_bytes/tags": "the lab lists no tags",
        "tempo_busy/metrics": "answered before the queue was full",
        "tempo_busy/tags": "answered before the queue was full",
        "tempo_multitenant_no_org/metrics": "the lab has no TraceQL metrics",
        "tempo_multitenant_no_org/tags": "the lab lists no tags",
        "loki/buildinfo": "names a build", "loki/drilldown_limits": "not asked for", "loki/flush": "nothing to flush",
        "loki/services": "names the parts of a build",
        "loki/label_values_pod_query": "not all of these pods are recorded",
        "loki/bad_logql_regex": "Swift's words for a bad regular expression are not Go's; LogQLTests has the status",
        "loki/range_accept_protobuf": "a format that nobody here asks for",
        "loki/range_gzip": "the lab does not compress",
        "loki/range_bad_step": "of a metric query", "loki/range_too_many_points": "of a metric query",
        "loki/range_keep": "the lab does not evaluate keep",
        "loki/range_line_format": "the lab does not evaluate line_format",
        "loki/range_pattern_drop": "the lab does not evaluate drop",
        "loki/range_regexp": "the lab does not evaluate regexp",
        "prometheus/buildinfo": "names a build", "prometheus/exemplars_empty": "the lab has no exemplars",
        "prometheus/labels": "labels of Prometheus' own metrics",
        "prometheus/metadata_limit": "the lab has no metadata",
        "prometheus/query_exec_error": "the lab joins no vectors",
        "prometheus/query_head_method": "no body to compare",
        "prometheus/query_nan_inf": "the lab evaluates no functions; its numbers are tested by themselves",
        "prometheus/query_range_step_dur": "the lab evaluates no functions",
        "prometheus/query_range_timeout": "the lab evaluates no subqueries",
        "prometheus/query_scalar": "the lab evaluates no functions",
        "prometheus/query_timeout": "the lab evaluates no subqueries",
        "prometheus/query_warning_partial_am": "the lab evaluates no functions",
        "prometheus/targets": "the lab scrapes nothing",
        "loki_multitenant_no_org/metric": "the lab has no LogQL metrics",
        "loki_query_timeout_1ms/labels": "answered in time",
    ]

    /// Every name for which there is a reason.
    static var names: [String] { reasons.keys.sorted() }
}

struct RecordingCoverageTests {
    @Test func `every folder of recordings is used or left out for a reason`() throws {
        let folders = try Repository.names(in: "Tests/Fixtures/Recorded").filter { $0 != "README.md" }
        #expect(folders == (RecordingCoverage.folders + RecordingCoverage.foldersLeftOut.keys).sorted())
    }

    @Test(arguments: RecordingCoverage.folders)
    func `every exchange is compared or left out for a reason`(_ folder: String) throws {
        for exchange in try RecordedExchange.all(in: folder) {
            let isCompared = RecordingCoverage.comparison(exchange) != nil
            #expect(isCompared != (RecordingCoverage.reasonToLeaveOut(exchange) != nil), "\(exchange.name)")
        }
    }

    @Test func `no reason is given for what does not exist`() throws {
        let existing = Set(try RecordingCoverage.folders.flatMap { try RecordedExchange.all(in: $0) }.map(\.name))
        #expect(RecordingCoverage.names.filter { !existing.contains($0) } == [])
    }
}
