import Telemetry

/// Loki's documents, from the envelope down to the line.
struct LokiJSONDecoder {
    var json: JSONReader
    var answer = LokiAnswer()
    /// How many answers of `query_range` were among the documents.
    private(set) var results = 0
    private var mentions = TraceMentionCache()

    init(_ bytes: [UInt8]) { json = JSONReader(bytes) }

    /// One document, or an array of them.
    mutating func readDocument() throws(JSONFault) {
        guard try json.isObject() else {
            guard try json.beginArray() else { throw json.fault("logs are an object") }
            while try json.nextElement() { try readEnvelope() }
            return
        }
        try readEnvelope()
    }

    /// Puts the lines of all streams into one order. Swift's sort is stable, so lines of one instant stay as they are.
    mutating func finish() {
        answer.entries.sort { $0.at < $1.at }
    }

    /// What has `streams`, or `data` with a `result` of them.
    private mutating func readEnvelope() throws(JSONFault) {
        guard try json.beginObject() else { return }
        var (isEmpty, isKnown) = (true, false)
        var status = ""
        var message: String?
        while let name = try json.nextName() {
            isEmpty = false
            switch name {
            case "streams":
                isKnown = true
                try readStreams()
            case "data":
                isKnown = true
                try readData()
            case "status": status = try json.text() ?? ""
            case "error", "message": message = try json.text()
            default: try json.skip()
            }
        }
        guard status != "error" else { throw json.fault("it says that it failed: \(message ?? "without a reason")") }
        guard isEmpty || isKnown else { throw json.fault("neither streams nor data is in this object") }
    }

    private mutating func readData() throws(JSONFault) {
        guard try json.beginObject() else { throw json.fault("its data is no result of a query") }
        var hasResult = false
        while let name = try json.nextName() {
            switch name {
            case "resultType":
                let type = try json.text() ?? ""
                guard type == "streams" else { throw json.fault("it holds numbers (\(type)) and not log lines") }
            case "result":
                hasResult = true
                try readStreams()
            case "stats": try readStatistics()
            default: try json.skip()
            }
        }
        guard hasResult else { throw json.fault("there is no result in its data") }
        results += 1
    }

    private mutating func readStatistics() throws(JSONFault) {
        guard try json.beginObject() else { return }
        while let name = try json.nextName() {
            guard name == "summary", try json.beginObject() else {
                if name != "summary" { try json.skip() }
                continue
            }
            while let name = try json.nextName() {
                if name == "totalEntriesReturned" {
                    answer.totalEntriesReturned = Int(try json.integer())
                } else {
                    try json.skip()
                }
            }
        }
    }

    private mutating func readStreams() throws(JSONFault) {
        // Go writes an empty list as null.
        guard try !json.isNull() else { return try json.skip() }
        guard try json.beginArray() else { throw json.fault("its streams are no list") }
        while try json.nextElement() { try readStream() }
    }

    private mutating func readStream() throws(JSONFault) {
        guard try json.beginObject() else { return }
        let first = answer.entries.count
        var labels: [String: String]?
        // Where the lines are, when they come before the labels that they need.
        var early: [JSONReader.Place] = []
        while let name = try json.nextName() {
            switch name {
            case "stream": labels = try json.textMembers().reduce(into: [:]) { $0[$1.name] = $1.value }
            case "values":
                if let labels {
                    try readLines(labels)
                } else {
                    early.append(json.place)
                    try json.skip()
                }
            default: try json.skip()
            }
        }
        for place in early {
            let here = json.place
            json.place = place
            try readLines(labels ?? [:])
            json.place = here
        }
        // A backward query gives each stream newest first; turned round, lines of one instant are in order too.
        let added = answer.entries[first...]
        if let oldest = added.first, let newest = added.last, oldest.at > newest.at || isBackward {
            answer.entries[first...].reverse()
        }
    }

    /// Whether each stream is newest first even if its lines all have the same time, because that was asked for.
    var isBackward = false

    private mutating func readLines(_ labels: [String: String]) throws(JSONFault) {
        let hasTraceID = TraceMention.isNamed(in: labels)
        guard try json.beginArray() else { return }
        while try json.nextElement() {
            guard try json.beginArray() else { continue }
            var (at, line): (Timestamp?, JSONReader.Text?) = (nil, nil)
            var metadata: [String: String] = [:]
            var place = 0
            while try json.nextElement() {
                switch place {
                case 0: at = try json.timestamp()
                case 1: line = try json.textWithPlace()
                default: metadata = try json.lineMetadata()
                }
                place += 1
            }
            guard let at, let line else {
                answer.invalidEntries += 1
                continue
            }
            if !hasTraceID, !TraceMention.isNamed(in: metadata), let mention = TraceMention(in: json.bytes, line.range)
            {
                metadata = mentions.metadata(mention, addedTo: metadata, &json)
            }
            answer.entries.append(LogEntry(at: at, line: line.text, labels: labels, metadata: metadata))
        }
    }
}

extension JSONReader {
    /// The members of an object whose values are texts.
    mutating func textMembers() throws(JSONFault) -> [(name: String, value: String)] {
        var members: [(name: String, value: String)] = []
        guard try beginObject() else { return members }
        while let name = try nextName() {
            if let value = try text() { members.append((name, value)) }
        }
        return members
    }

    /// What is known of a line beside its text: flat in a pushed line, by kind in an answer.
    fileprivate mutating func lineMetadata() throws(JSONFault) -> [String: String] {
        var metadata: [String: String] = [:]
        guard try beginObject() else { return metadata }
        while let name = try nextName() {
            guard try isObject() else {
                if let value = try text() { metadata[name] = value }
                continue
            }
            let isParsed = name == "parsed"
            for member in try textMembers() where !isParsed || metadata[member.name] == nil {
                metadata[member.name] = member.value
            }
        }
        return metadata
    }
}
