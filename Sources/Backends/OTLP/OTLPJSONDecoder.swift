import Telemetry

/// The envelopes of OTLP/JSON, from the document down to the spans of one library.
struct OTLPJSONDecoder {
    var json: JSONReader
    var answer = OTLPAnswer()

    init(_ bytes: [UInt8]) { json = JSONReader(bytes) }

    /// One document, or an array of them.
    mutating func readDocument() throws(JSONFault) {
        guard try json.isObject() else {
            guard try json.beginArray() else { throw json.fault("traces are an object") }
            while try json.nextElement() { try readTraces() }
            return
        }
        try readTraces()
    }

    /// What has `resourceSpans` (or Tempo's names for it) somewhere in it.
    private mutating func readTraces() throws(JSONFault) {
        guard try json.beginObject() else { return }
        var (isEmpty, isKnown, isPartial) = (true, false, false)
        var message: String?
        while let name = try json.nextName() {
            isEmpty = false
            switch name {
            case "resourceSpans", "batches":
                isKnown = true
                guard try json.beginArray() else { break }
                while try json.nextElement() { try readResourceSpans() }
            case "trace":
                isKnown = true
                try readTraces()
            case "status":
                let status = try json.text()
                isPartial = status == "PARTIAL" || status == "1"
            case "message": message = try json.text()
            default: try json.skip()
            }
        }
        guard isEmpty || isKnown else {
            throw json.fault("neither resourceSpans nor batches nor trace is in this object")
        }
        if isPartial { answer.partialReason = message ?? "" }
    }

    private mutating func readResourceSpans() throws(JSONFault) {
        guard try json.beginObject() else { return }
        var resource: Attributes?
        // Where the spans are, when they come before the resource that they need.
        var early: [JSONReader.Place] = []
        while let name = try json.nextName() {
            switch name {
            case "resource": resource = try readResource()
            // The second name is OTLP's before 1.0.
            case "scopeSpans", "instrumentationLibrarySpans":
                if let resource {
                    try readScopes(resource)
                } else {
                    early.append(json.place)
                    try json.skip()
                }
            default: try json.skip()
            }
        }
        for place in early {
            let (here, resource) = (json.place, resource ?? [:])
            json.place = place
            try readScopes(resource)
            json.place = here
        }
    }

    private mutating func readResource() throws(JSONFault) -> Attributes {
        var attributes: Attributes = [:]
        guard try json.beginObject() else { return attributes }
        while let name = try json.nextName() {
            if name == "attributes" { attributes = try json.otlpAttributes() } else { try json.skip() }
        }
        return attributes
    }

    private mutating func readScopes(_ resource: Attributes) throws(JSONFault) {
        guard try json.beginArray() else { return }
        while try json.nextElement() {
            guard try json.beginObject() else { continue }
            while let name = try json.nextName() {
                guard name == "spans", try json.beginArray() else {
                    if name != "spans" { try json.skip() }
                    continue
                }
                while try json.nextElement() {
                    if let span = try json.otlpSpan(resource) {
                        answer.spans.append(span)
                    } else {
                        answer.invalidSpans += 1
                    }
                }
            }
        }
    }
}
