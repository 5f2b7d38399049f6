import ShippedTexts
package import Signatures

extension Signature {
    /// The signatures that the program brings along: those of `Config/signatures`.
    package static let builtIn: [Signature] = readBuiltIn().signatures

    /// The same with what is wrong with them, which is nothing in a program that passed its tests.
    static func readBuiltIn() -> (signatures: [Signature], problems: [SettingsProblem]) {
        var signatures: [Signature] = []
        var problems: [SettingsProblem] = []
        for file in ShippedTexts.signatures {
            let context = DecodingContext(file: file.name, environment: [:]) { _ throws(FileReadError) in
                throw .notFound
            }
            signatures += Signature.read(file.bytes, context)
            problems += context.problems.ordered()
        }
        return (signatures, problems)
    }
}
