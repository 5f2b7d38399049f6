/// How a log line carries the id of its trace, as `loki.trace_id` says.
package enum TraceIDPlace: Hashable, Sendable {
    case metadata(String)
    case json(String)
    case text
}
