import Languages
import Telemetry

/// How an alert that fired besides is told.
extension OtherAlert {
    /// `also fired: KubeNodeNotReady on aks-spot-3`, `also fired: KubePodNotReady on 6 pods`
    var title: Phrase { title(naming: nil) }

    /// - Parameter subject: of several instances, the one that matters here.
    private func title(naming subject: String?) -> Phrase {
        "also fired: \(name)\(place(naming: subject))"
    }

    private func place(naming subject: String?) -> Phrase {
        let things = instances.compactMap(\.labels.subject)
        let names = Set(things.map(\.name))
        guard let first = things.first, !names.isEmpty else {
            return instances.count > 1 ? ", \(instances.count) times" : .empty
        }
        if names.count == 1 { return " on \(first.name)" }
        if let subject, names.contains(subject) { return " on \(subject) and \(names.count - 1) more" }
        let kinds = Set(things.map(\.kind))
        return kinds.count == 1 ? " on \(Words.count(names.count, first.kind))" : " on \(names.count) things"
    }

    /// `also fired: KubeNodeNotReady on aks-spot-3 since 15:29:50 UTC, 9 s after the onset`
    ///
    /// - Parameter subject: of several instances, the one that matters here.
    func sentence(naming subject: String? = nil, onset: Timestamp?) -> Phrase {
        let own = subject.flatMap { name in instances.first { $0.labels.names.contains(name) } }
        let began = own?.began ?? self.began
        let time: Phrase
        if let ended = own.map(\.ended) ?? self.ended, ended > began {
            time = "at \(Words.clock(began)) for \(Words.duration(seconds: (ended - began).inSeconds))"
        } else {
            time = "since \(Words.clock(began))"
        }
        return "\(title(naming: subject)) \(time)\(Self.distance(of: began, from: onset))"
    }

    /// Nearer than a second, they are together.
    private static func distance(of instant: Timestamp, from onset: Timestamp?) -> Phrase {
        guard let onset else { return .empty }
        let seconds = (instant - onset).inSeconds
        guard abs(seconds) >= 1 else { return ", at the onset" }
        let time = Words.duration(seconds: abs(seconds))
        return seconds < 0 ? ", \(time) before the onset" : ", \(time) after the onset"
    }
}
