import Signatures
import Telemetry

/// A step, as far as one signature has marks in what it says.
private struct Speaker: Hashable {
    let signature: Int
    let origin: StepOrigin
}

extension [Sighting] {
    /// The same, where signs also have the names that the same step told with a supporting mark: a refusal does not repeat
    /// which credential the step said that it uses.
    ///
    /// The last that was said before counts; what was only said later counts where nothing was said before.
    func named(by signatures: [Signature]) -> [Sighting] {
        var telling: [Speaker: [Sighting]] = [:]
        for sighting in self where sighting.role == .stronger {
            guard let origin = sighting.origin else { continue }
            telling[Speaker(signature: sighting.signature, origin: origin), default: []].append(sighting)
        }
        guard !telling.isEmpty else { return self }
        return map { sighting in
            guard sighting.role == .sign, let origin = sighting.origin,
                let beside = telling[Speaker(signature: sighting.signature, origin: origin)]
            else { return sighting }
            var named = sighting
            for name in signatures[sighting.signature].subject.from
            where Place(rawValue: name) == nil && named.names[name] == nil {
                let own = beside.filter { $0.names[name] != nil }
                let before = own.last {
                    ($0.at ?? .init(nanoseconds: .min)) <= (sighting.at ?? .init(nanoseconds: .max))
                }
                named.names[name] = (before ?? own.first)?.names[name]
            }
            return named
        }
    }
}
