import Testing

@testable import BuildLogs

@Suite struct LiteralScannerTests {
    @Test func `literals inside and behind one another are all found`() {
        let scanner = LiteralScanner(["he", "she", "his", "hers", "error: ", "rror"])
        var matches: [LiteralScanner.Match] = []
        scanner.scan(Array("ushers: error: x".utf8), into: &matches)
        let found = matches.map { "\($0.index)@\($0.end)" }
        #expect(found == ["1@4", "0@4", "3@6", "5@13", "4@15"])
    }

    @Test func `the same literal may stand for two rules`() {
        let scanner = LiteralScanner(["a", "a"])
        var matches: [LiteralScanner.Match] = []
        scanner.scan(Array("bab".utf8), into: &matches)
        #expect(matches.map(\.index).sorted() == [0, 1])
    }

}
