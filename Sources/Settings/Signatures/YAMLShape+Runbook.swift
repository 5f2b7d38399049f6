import ShippedTexts

extension YAMLShape<String> {
    /// A page of `Runbooks`, by its path, or the address of a page elsewhere.
    static var runbook: YAMLShape {
        YAMLShape { node in
            guard let text = YAMLShape.text.read(node) else { return nil }
            if runbookPages.contains(text) { return text }
            guard text.contains(":") else {
                let nearest = NearestWord.to(text, among: runbookPages).map { "; did you mean \($0)?" } ?? ";"
                node.report("there is no page \(text)\(nearest) There are \(runbookPages.joined(separator: ", "))")
                return nil
            }
            switch WebAddress.check(text, as: .page) {
            case .success(let address): return address
            case .failure(let problem):
                node.report(problem.message)
                return nil
            }
        }
    }

    /// Without the list of all pages, which says nothing of a failure.
    private static var runbookPages: [String] {
        ShippedTexts.runbooks.map(\.name).filter { $0 != "README.md" }.map { "Runbooks/\($0)" }
    }
}
