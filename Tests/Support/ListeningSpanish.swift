package import Languages
import Synchronization

/// Spanish that remembers what it was asked for in vain.
package final class ListeningSpanish: Sendable {
    private let untranslated = Mutex<Set<String>>([])
    private let ignored: Set<String>

    /// - Parameter ignored: sentences that only a test says.
    package init(ignoring ignored: Set<String> = []) {
        self.ignored = ignored
    }

    package var language: Language {
        Language(code: Language.spanish.code) { template in
            let translation = Language.spanish.translation(of: template)
            // A place alone, or a mark between two, says the same in both.
            if translation == nil, template.contains(where: \.isLetter), !self.ignored.contains(template) {
                self.untranslated.withLock { _ = $0.insert(template) }
            }
            return translation
        }
    }

    package var missing: [String] { untranslated.withLock { $0.sorted() } }
}
