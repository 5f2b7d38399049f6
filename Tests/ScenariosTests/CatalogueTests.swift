import RootCause
import Runbooks
import Scenarios
import Settings
import Signatures
import Testing

/// Whatever the catalogue of causes names is known to the whole project: a cause that somebody adds fails here until it
/// can be found, looked up and measured.
@Suite struct CatalogueTests {
    private static let signatures = Signature.builtIn
    private static let runbooks = RunbookLibrary.shipped

    /// A cause may have two families: in builds and in services.
    private static func families(of cause: Cause) -> [any ScenarioFamily.Type] {
        ScenarioFamilies.all.filter { $0.cause == cause.rawValue }
    }

    /// `unknown` is what is left when nothing finds a cause.
    @Test(arguments: Cause.allCases.filter { $0 != .unknown })
    func `a rule or a signature finds it`(_ cause: Cause) {
        #expect(
            RootCauseAnalyzer.causesWithRules.contains(cause)
                || Self.signatures.contains { $0.cause == cause.rawValue })
    }

    @Test(arguments: Cause.allCases)
    func `a runbook tells what to do`(_ cause: Cause) throws {
        let page = try #require(Self.runbooks.page(cause.rawValue))
        #expect(!page.blocks.isEmpty)
    }

    @Test(arguments: Cause.allCases)
    func `there are scenarios of it: plain, with evidence missing, and one that only looks like it`(_ cause: Cause) {
        let families = Self.families(of: cause)
        #expect(!families.isEmpty)
        for family in families {
            let variants = family.members.compactMap { family.variant(of: $0) }
            #expect(variants.count == family.members.count)
            #expect(variants.contains(.plain), "\(family)")
            #expect(variants.count { $0 == .evidenceMissing } >= 2, "\(family)")
            #expect(variants.contains(.decoy), "\(family)")
            #expect(family.variant(of: "no such member") == nil)
        }
    }

    @Test(arguments: Cause.allCases.filter { $0 != .unknown })
    func `the catalogue of signatures has it, with the kind of what a person would look at`(_ cause: Cause) {
        #expect(!CauseCatalogue.subjectKinds(of: cause.rawValue).isEmpty)
    }

    @Test func `nothing is measured, matched or ruled on that is in no catalogue`() {
        #expect(ScenarioFamilies.all.allSatisfy { Cause(rawValue: $0.cause) != nil })
        #expect(Self.signatures.allSatisfy { Cause(rawValue: $0.cause) != nil })
        #expect(CauseCatalogue.causes.allSatisfy { Cause(rawValue: $0) != nil })
        #expect(!RootCauseAnalyzer.causesWithRules.contains(.unknown))
    }
}

extension LabelledScenario.Label {
    /// Whether a cause of the catalogue is named with a kind of subject that it has.
    var isOfCatalogue: Bool {
        guard self != .unknown else { return true }
        return !subjectName.isEmpty
            && CauseCatalogue.subjectKinds(of: cause).contains { $0.rawValue == subjectKind }
    }
}
