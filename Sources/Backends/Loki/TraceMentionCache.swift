/// Makes metadata of the trace ids that lines mention; lines of one request, which follow one another, share theirs.
struct TraceMentionCache {
    private var last: (traceID: String, spanID: String?, metadata: [String: String]) = ("", nil, [:])

    /// - Parameter metadata: kept; an id that it names already stays as it is.
    mutating func metadata(
        _ mention: TraceMention, addedTo metadata: [String: String], _ json: inout JSONReader
    ) -> [String: String] {
        let traceID = json.sharedText(mention.traceID)
        let spanID = mention.spanID.map { json.sharedText($0) }
        if last.traceID != traceID || last.spanID != spanID {
            var found = ["trace_id": traceID]
            found["span_id"] = spanID
            last = (traceID, spanID, found)
        }
        return metadata.isEmpty
            ? last.metadata : metadata.merging(last.metadata) { known, found in known.isEmpty ? found : known }
    }
}
