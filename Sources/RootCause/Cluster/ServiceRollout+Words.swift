import Languages
import Telemetry

/// How a rollout of a service is told.
extension ServiceRollout {
    /// As in `1.1` of `registry.example.com/checkout:1.1`; nil when nobody told the images or they did not change.
    var version: String? { rollout.images.first.map { Self.tag(of: $0.after) ?? $0.after } }

    /// ``its rollout at 10:42:10 UTC brought image `1.1` in place of `1.0` ``
    var sentence: Phrase {
        let clock = Words.clock(rollout.change.at)
        let when: Phrase = rollout.change.kind == .rollback ? "its rollback at \(clock)" : "its rollout at \(clock)"
        guard let image = rollout.images.first else { return "\(when) came just before" }
        if let before = Self.tag(of: image.before), let after = Self.tag(of: image.after),
            image.before.dropLast(before.count) == image.after.dropLast(after.count)
        {
            return "\(when) brought image `\(after)` in place of `\(before)`"
        }
        return "\(when) brought image `\(image.after)` in place of `\(image.before)`"
    }

    /// What somebody did about it, and whether that helped.
    ///
    /// - Parameters:
    ///   - helped: what it adds that the trouble ended with it.
    ///   - inVain: what it adds that it did not.
    func findingOfUndoing(helped: Double, inVain: Double) -> Finding? {
        guard let undone else { return nil }
        let base = undone.rollout.finding(weight: 0)
        switch undone.outcome {
        case .calm(let since):
            return Finding(
                .pods, at: base.at, text: "\(base.text); no call failed after \(Words.clock(since))", weight: helped)
        case .goesOn: return Finding(.pods, at: base.at, text: "\(base.text); calls fail all the same", weight: inVain)
        case .unknown: return base
        }
    }

    /// What follows the last colon, which is none of the registry's port.
    private static func tag(of image: String) -> String? {
        guard let colon = image.lastIndex(of: ":") else { return nil }
        let tag = image[image.index(after: colon)...]
        return tag.isEmpty || tag.contains("/") ? nil : String(tag)
    }
}
