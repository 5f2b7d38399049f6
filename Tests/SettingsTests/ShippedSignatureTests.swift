import ShippedTexts
import Signatures
import TestSupport
import Testing

@testable import Settings

@Suite struct ShippedSignatureTests {
    @Test func `every file of signatures is built into the program, byte by byte`() throws {
        let folder = "Config/signatures"
        #expect(ShippedTexts.signatures.map(\.name) == (try Repository.names(in: folder)))
        for file in ShippedTexts.signatures {
            #expect(try file.bytes == Repository.bytes("\(folder)/\(file.name)"), "\(file.name)")
        }
    }

    @Test func `nothing is wrong with the built-in signatures, and every example comes out as promised`() {
        #expect(Signature.problemsOfBuiltIn().map(\.description) == [])
        #expect(Signature.builtIn.count >= ShippedTexts.signatures.count)
        #expect(Set(Signature.builtIn.map(\.id)).count == Signature.builtIn.count)
    }

    @Test func `a file is named for its cause`() {
        for file in ShippedTexts.signatures {
            let context = DecodingContext(file: file.name, environment: [:]) { _ throws(FileReadError) in
                throw .notFound
            }
            let causes = Set(Signature.read(file.bytes, context).map(\.cause))
            #expect(causes == [String(file.name.dropLast(5))], "\(file.name)")
        }
    }

    @Test func `every sign that has a pattern is shown by an example`() {
        for signature in Signature.builtIn {
            for mark in signature.signs where mark.pattern != nil {
                var alone = signature
                alone.signs = [mark]
                let isShown = signature.examples.positive.contains { example in
                    Example(example.sight).fault(in: alone, .positive) == nil
                }
                #expect(isShown, "\(signature.id): \(mark.pattern ?? "")")
            }
        }
    }
}
