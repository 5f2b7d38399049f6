import ShippedTexts
package import Signatures

extension Signature {
    /// The signatures that the program brings along: those of `Config/signatures`.
    package static let builtIn: [Signature] = readBuiltIn(tryingExamples: false).signatures

    /// What is wrong with the built-in ones when every example is tried: nothing, in a program that passed its tests.
    package static func problemsOfBuiltIn() -> [SettingsProblem] { readBuiltIn(tryingExamples: true).problems }

    private static func readBuiltIn(
        tryingExamples: Bool
    ) -> (signatures: [Signature], problems: [SettingsProblem]) {
        var signatures: [Signature] = []
        var problems: [SettingsProblem] = []
        for file in ShippedTexts.signatures {
            let nothing: FileReader = { _ throws(FileReadError) in throw .notFound }
            let context = DecodingContext(
                file: file.name, environment: [:], readFile: nothing, triesEverything: tryingExamples)
            signatures += Signature.read(file.bytes, context)
            problems += context.problems.ordered()
        }
        return (signatures, problems)
    }
}
