import Telemetry

/// People and webhooks who call the controller: traces of the same service that are no builds.
struct WebRequests {
    private static let routes = [
        ("GET", "/job/:jobFullName/", 200), ("GET", "/job/:jobFullName/:runNumber/console", 200),
        ("POST", "/github-webhook/", 200), ("GET", "/login", 200),
        ("GET", "/blue/rest/organizations/:org/pipelines/", 200),
        ("POST", "/ajaxBuildQueue", 403), ("GET", "/job/:jobFullName/:runNumber/artifact/:path", 404),
    ]

    /// One request, one trace, one span.
    static func span(
        at: Timestamp, resource: Attributes, lasting: ClosedRange<Int> = 12...480, status: Int? = nil,
        _ random: inout SplitMix
    ) -> Span {
        let route = random.element(of: routes)
        let code = status ?? route.2
        return Span(
            traceID: TraceID(high: random.next(), low: random.next()), id: SpanID(random.next()),
            name: "\(route.0) \(route.1)", kind: .server, start: at, end: at + random.milliseconds(lasting),
            status: code >= 500 ? .error(message: "") : .unset,
            attributes: [
                "http.request.method": .string(route.0), "http.route": .string(route.1), "url.path": .string(route.1),
                "http.response.status_code": .int(Int64(code)), "server.address": .string("jenkins.example.com"),
            ], resource: resource)
    }
}
