import Telemetry

/// Tempo's `start` and `end`: whole seconds, both or none.
struct TempoRange {
    /// nil when neither was given.
    let bounds: (start: Int64, end: Int64)?

    /// - Throws: Tempo's own complaints.
    init(_ request: LabRequest) throws(Refusal) {
        let start = try Self.seconds("start", request)
        let end = try Self.seconds("end", request)
        guard start != nil || end != nil else {
            bounds = nil
            return
        }
        let (from, to) = (start ?? 0, end ?? 0)
        guard from < to else {
            throw Refusal("http parameter start must be before end. received start=\(from) end=\(to)")
        }
        bounds = (from, to)
    }

    private static func seconds(_ name: String, _ request: LabRequest) throws(Refusal) -> Int64? {
        guard let text = request.parameter(name) else { return nil }
        do {
            return try GoNumbers.unsigned32(text)
        } catch {
            throw Refusal("invalid \(name): \(error)")
        }
    }
}
