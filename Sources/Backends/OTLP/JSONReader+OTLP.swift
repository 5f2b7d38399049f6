import Telemetry

/// The values of OTLP/JSON: spans, attributes, ids, enums.
extension JSONReader {
    /// nil when its ids are missing, zero or unreadable: such a span belongs to no trace.
    mutating func otlpSpan(_ resource: Attributes) throws(JSONFault) -> Span? {
        guard try beginObject() else { return nil }
        var traceID: TraceID?
        var id: SpanID?
        var parentID: SpanID?
        var name = ""
        var kind = Span.Kind.unspecified
        var (start, end): (Timestamp?, Timestamp?) = (nil, nil)
        var status = Span.Status.unset
        var attributes: Attributes = [:]
        var events: [Span.Event] = []
        var links: [Span.Link] = []
        while let member = try nextName() {
            switch member {
            case "traceId": traceID = try otlpTraceID()
            case "spanId": id = try otlpSpanID()
            case "parentSpanId": parentID = try otlpSpanID()
            case "name": name = try text() ?? ""
            case "kind": kind = try text().flatMap { Span.Kind(otlp: $0) } ?? .unspecified
            case "startTimeUnixNano": start = try timestamp()
            case "endTimeUnixNano": end = try timestamp()
            case "status": status = try otlpStatus()
            case "attributes": attributes = try otlpAttributes()
            case "events": events = try otlpEvents()
            case "links": links = try otlpLinks()
            default: try skip()
            }
        }
        guard let traceID, let id else { return nil }
        let began = start ?? Timestamp(nanoseconds: 0)
        return Span(
            traceID: traceID, id: id, parentID: parentID, name: name, kind: kind, start: began, end: end ?? began,
            status: status, attributes: attributes, resource: resource, events: events, links: links)
    }

    private mutating func otlpStatus() throws(JSONFault) -> Span.Status {
        guard try beginObject() else { return .unset }
        var (code, message) = ("", "")
        while let name = try nextName() {
            switch name {
            case "code": code = try text() ?? ""
            case "message": message = try text() ?? ""
            default: try skip()
            }
        }
        return Span.Status(otlp: code, message: message)
    }

    private mutating func otlpEvents() throws(JSONFault) -> [Span.Event] {
        var events: [Span.Event] = []
        guard try beginArray() else { return events }
        while try nextElement() {
            guard try beginObject() else { continue }
            var at = Timestamp(nanoseconds: 0)
            var name = ""
            var attributes: Attributes = [:]
            while let member = try nextName() {
                switch member {
                case "timeUnixNano": at = try timestamp() ?? at
                case "name": name = try text() ?? ""
                case "attributes": attributes = try otlpAttributes()
                default: try skip()
                }
            }
            events.append(Span.Event(at: at, name: name, attributes: attributes))
        }
        return events
    }

    private mutating func otlpLinks() throws(JSONFault) -> [Span.Link] {
        var links: [Span.Link] = []
        guard try beginArray() else { return links }
        while try nextElement() {
            guard try beginObject() else { continue }
            var traceID: TraceID?
            var spanID: SpanID?
            while let member = try nextName() {
                switch member {
                case "traceId": traceID = try otlpTraceID()
                case "spanId": spanID = try otlpSpanID()
                default: try skip()
                }
            }
            if let traceID, let spanID { links.append(Span.Link(traceID: traceID, spanID: spanID)) }
        }
        return links
    }

    mutating func otlpAttributes() throws(JSONFault) -> Attributes {
        let pairs = try otlpPairs()
        return pairs.isEmpty ? [:] : Attributes(pairs)
    }

    private mutating func otlpPairs() throws(JSONFault) -> [(String, AttributeValue)] {
        var pairs: [(String, AttributeValue)] = []
        guard try beginArray() else { return pairs }
        while try nextElement() {
            guard try beginObject() else { continue }
            var key: String?
            var value = AttributeValue.string("")
            while let name = try nextName() {
                switch name {
                case "key": key = try text()
                case "value": value = try otlpValue()
                default: try skip()
                }
            }
            if let key { pairs.append((key, value)) }
        }
        return pairs
    }

    /// An `AnyValue`; the empty string when nothing is in it.
    private mutating func otlpValue() throws(JSONFault) -> AttributeValue {
        var value = AttributeValue.string("")
        guard try beginObject() else { return value }
        while let name = try nextName() {
            switch name {
            case "stringValue": value = .string(try text() ?? "")
            case "intValue": value = .int(try integer())
            case "doubleValue": value = .double(try double())
            case "boolValue": value = .bool(try bool())
            case "bytesValue": value = .bytes(try token().flatMap { Base64.decoded(bytes, $0) } ?? [])
            case "arrayValue": value = .array(try otlpArray())
            case "kvlistValue": value = .map(try otlpMap())
            default: try skip()
            }
        }
        return value
    }

    private mutating func otlpArray() throws(JSONFault) -> [AttributeValue] {
        var values: [AttributeValue] = []
        guard try beginObject() else { return values }
        while let name = try nextName() {
            guard name == "values", try beginArray() else {
                if name != "values" { try skip() }
                continue
            }
            while try nextElement() { values.append(try otlpValue()) }
        }
        return values
    }

    private mutating func otlpMap() throws(JSONFault) -> [String: AttributeValue] {
        var pairs: [(String, AttributeValue)] = []
        guard try beginObject() else { return [:] }
        while let name = try nextName() {
            if name == "values" { pairs = try otlpPairs() } else { try skip() }
        }
        return Dictionary(pairs) { _, last in last }
    }

    /// 32 hexadecimal digits, fewer when zeros were stripped, or 16 bytes in base64.
    private mutating func otlpTraceID() throws(JSONFault) -> TraceID? {
        guard let token = try token() else { return nil }
        let split = max(token.lowerBound, token.upperBound - 16)
        if token.count <= 32, let low = HexDigits.value(of: bytes, split..<token.upperBound),
            let high = split == token.lowerBound ? 0 : HexDigits.value(of: bytes, token.lowerBound..<split)
        {
            return high == 0 && low == 0 ? nil : TraceID(high: high, low: low)
        }
        return Base64.decoded(bytes, token).flatMap { TraceID(bytes: $0) }
    }

    /// 16 hexadecimal digits, or 8 bytes in base64; nil for an empty one, which is how a root says that it has no parent.
    private mutating func otlpSpanID() throws(JSONFault) -> SpanID? {
        guard let token = try token(), !token.isEmpty else { return nil }
        if let value = HexDigits.value(of: bytes, token) { return value == 0 ? nil : SpanID(value) }
        return Base64.decoded(bytes, token).flatMap { SpanID(bytes: $0) }
    }
}

extension Span.Kind {
    /// OTLP's number, or its name with or without the prefix.
    init?(otlp text: String) {
        switch text {
        case "0", "SPAN_KIND_UNSPECIFIED": self = .unspecified
        case "1", "SPAN_KIND_INTERNAL": self = .internal
        case "2", "SPAN_KIND_SERVER": self = .server
        case "3", "SPAN_KIND_CLIENT": self = .client
        case "4", "SPAN_KIND_PRODUCER": self = .producer
        case "5", "SPAN_KIND_CONSUMER": self = .consumer
        default: return nil
        }
    }
}

extension Span.Status {
    /// A message without a code says nothing: OTLP has it only beside an error.
    init(otlp code: String, message: String) {
        switch code {
        case "1", "STATUS_CODE_OK": self = .ok
        case "2", "STATUS_CODE_ERROR": self = .error(message: message)
        default: self = .unset
        }
    }
}
