import Signatures

extension Signature {
    /// Reads a file of signatures.
    static func read(_ bytes: [UInt8], _ context: DecodingContext) -> [Signature] {
        var earlier: [Signature] = []
        let shape = YAMLShape<Signature>.section { reader in
            guard let signature = Signature(reader) else { return nil }
            if earlier.contains(where: signature.isSame) {
                reader.node("id")?.report("there is a signature of this id in the file already")
            }
            earlier.append(signature)
            return signature
        }
        let signatures = YAMLDocument.read(bytes, context) { $0.required("signatures", as: .list(of: shape)) }
        return (signatures ?? nil) ?? []
    }

    init?(_ reader: YAMLReader) {
        let id = reader.required("id", as: .identifier)
        let title = reader.required("title", as: .text)
        let cause = reader.required("cause", as: .cause)
        let provider = reader.optional("provider", as: .oneOf(Provider.self))
        let subject = reader.required("subject", as: .section(SubjectRule.init))
        let signs = reader.required("signs", as: .marks(.sign))
        let stronger = reader.optional("stronger", as: .marks(.stronger)) ?? []
        let ruledOutBy = reader.optional("ruled_out_by", as: .marks(.ruledOut)) ?? []
        let statement = reader.required("statement", as: .text)
        let recommendations = reader.optional("recommendations", as: .list(of: .text)) ?? []
        let runbook = reader.optional("runbook", as: .runbook)
        let examples = reader.required("examples", as: .section(Examples.init))
        guard let id, let title, let cause, let subject, let signs, let statement, let examples else { return nil }
        self.init(
            id: id, title: title, cause: cause, provider: provider, subject: subject, signs: signs, stronger: stronger,
            ruledOutBy: ruledOutBy, statement: statement, recommendations: recommendations, runbook: runbook,
            examples: examples)
        if signs.isEmpty { reader.node("signs")?.report("expected one sign at least, found an empty list") }
        guard reader.context.triesEverything else { return }
        checkSubject(reader)
        checkTexts(reader)
        checkExamples(reader)
    }

    private func checkSubject(_ reader: YAMLReader) {
        guard let node = reader.node("subject") else { return }
        let kinds = CauseCatalogue.subjectKinds(of: cause)
        if !kinds.contains(subject.kind) {
            let allowed = kinds.map(\.rawValue).joined(separator: " or ")
            node["kind"]?.report("the subject of \(cause) is \(allowed), not \(subject.kind.rawValue)")
        }
        let known = Place.allCases.map(\.rawValue) + groups
        for (item, name) in zip(node["from"]?.items ?? [], subject.from) where !known.contains(name) {
            let nearest = NearestWord.to(name, among: known).map { "; did you mean \($0)?" } ?? ""
            item.report("is neither a place nor a named group of a pattern: no pattern has (?<\(name)>…)\(nearest)")
        }
    }

    private func checkTexts(_ reader: YAMLReader) {
        let known = Place.allCases.map(\.rawValue) + groups + [Filling.subject]
        func check(_ text: String, _ node: YAMLNode?) {
            for name in Filling.names(in: text) where !known.contains(name) {
                let nearest = NearestWord.to(name, among: known).map { "; did you mean \($0)?" } ?? ""
                node?.report("nothing gives {\(name)} a value: no pattern has (?<\(name)>…)\(nearest)")
            }
        }
        check(statement, reader.node("statement"))
        if statement.hasSuffix(".") {
            reader.node("statement")?.report("ends in a full stop: since when and how many builds is put behind it")
        }
        for (node, text) in zip(reader.node("recommendations")?.items ?? [], recommendations) { check(text, node) }
        if recommendations.count > Self.mostRecommendations {
            reader.node("recommendations")?.report(
                "expected \(Self.mostRecommendations) at most, found \(recommendations.count): nobody reads more")
        }
    }

    private func checkExamples(_ reader: YAMLReader) {
        guard let node = reader.node("examples") else { return }
        if examples.positive.isEmpty { node.report("a positive example is missing") }
        if examples.negative.isEmpty { node.report("a negative example is missing") }
        for (name, examples, promise) in [
            ("positive", examples.positive, Example.Promise.positive), ("negative", examples.negative, .negative),
            ("stronger", examples.stronger, .stronger), ("ruled_out_by", examples.ruledOut, .ruledOut),
        ] {
            for (item, example) in zip(node[name]?.items ?? [], examples) {
                if let fault = example.fault(in: self, promise) { item.report(fault) }
            }
        }
        for (name, marks, examples) in [
            ("stronger", stronger, examples.stronger), ("ruled_out_by", ruledOutBy, examples.ruledOut),
        ] {
            for (item, mark) in zip(reader.node(name)?.items ?? [], marks)
            where !examples.contains(where: { $0.shows(mark) }) {
                item.report("is never tried: no example under examples.\(name) shows it")
            }
        }
    }

    /// Whether two stand in each other's way.
    func isSame(as other: Signature) -> Bool { id == other.id && provider == other.provider }

    private var groups: [String] { Set(marks.flatMap(\.groups)).sorted() }
}

extension Examples {
    init(_ reader: YAMLReader) {
        self.init(
            positive: reader.required("positive", as: .list(of: .section(Example.init))) ?? [],
            negative: reader.required("negative", as: .list(of: .section(Example.init))) ?? [],
            stronger: reader.optional("stronger", as: .list(of: .section(Example.init))) ?? [],
            ruledOut: reader.optional("ruled_out_by", as: .list(of: .section(Example.init))) ?? [])
    }
}

extension SubjectRule {
    init?(_ reader: YAMLReader) {
        let kind = reader.required("kind", as: .oneOf(SubjectKind.self))
        let from = reader.required("from", as: .list(of: .text))
        if from?.isEmpty == true { reader.node("from")?.report("expected one name at least, found an empty list") }
        guard let kind, let from else { return nil }
        self.init(kind, from: from)
    }
}

extension YAMLShape<String> {
    /// `image-pull-failure`: the name by which one signature replaces another.
    fileprivate static var identifier: YAMLShape {
        .scalar("an id of small letters, digits and dashes", isText: true) { text in
            let words = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
            let letters = "abcdefghijklmnopqrstuvwxyz0123456789".utf8
            let isID = words.allSatisfy { !$0.isEmpty && $0.allSatisfy(letters.contains) }
            return isID ? text : nil
        }
    }

    fileprivate static var cause: YAMLShape {
        YAMLShape { node in
            guard let cause = YAMLShape.text.read(node) else { return nil }
            guard CauseCatalogue.causes.contains(cause) else {
                let nearest = NearestWord.to(cause, among: CauseCatalogue.causes)
                let advice =
                    nearest.map { "did you mean \($0)?" }
                    ?? "there is: \(CauseCatalogue.causes.joined(separator: ", "))"
                node.report("there is no cause \"\(cause)\"; \(advice)")
                return nil
            }
            return cause
        }
    }
}
