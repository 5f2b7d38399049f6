import Telemetry

extension Playbook {
    /// Reads a file of playbooks.
    ///
    /// - Parameters:
    ///   - earlier: the playbooks of the files before it, which are asked first.
    ///   - receivers: the names that playbooks may send to.
    static func read(
        _ bytes: [UInt8], _ context: DecodingContext, after earlier: [Playbook], receivers: [String]
    ) -> [Playbook] {
        var asked = earlier
        let shape = YAMLShape<Playbook>.section { reader in
            guard let playbook = Playbook(reader, knownReceivers: receivers) else { return nil }
            if asked.contains(where: { $0.name == playbook.name }) {
                reader.node("name")?.report("there is a playbook of this name already")
            }
            if let everything = asked.first(where: \.match.isEverything) {
                reader.report("is never used: \(everything.name) stands before it and matches every alert")
            }
            asked.append(playbook)
            return playbook
        }
        let playbooks = YAMLDocument.read(bytes, context) { $0.required("playbooks", as: .list(of: shape)) }
        return (playbooks ?? nil) ?? []
    }

    init?(_ reader: YAMLReader, knownReceivers: [String]) {
        let name = reader.required("name", as: .text)
        self.init(name: name ?? "")
        reader.read("match", as: .section(Match.init), into: &match)
        reader.read("scope", as: .section(ScopeRules.init), into: &scope)
        reader.read("windows", as: .section(Windows.init), into: &windows)
        reader.read("evidence", as: .evidence, into: &evidence)
        reader.read("filters", as: .section(Filters.init), into: &filters)
        reader.read("receivers", as: .receiverNames(among: knownReceivers), into: &receivers)
        reader.read("jenkins", as: .flag, into: &isJenkins)
        if name == nil { return nil }
    }
}

extension Playbook.Match {
    init(_ reader: YAMLReader) {
        self.init()
        reader.read("alertname", as: .oneOrMoreTexts, into: &alertNames)
        reader.read("labels", as: .labels, into: &labels)
    }
}

extension Playbook.ScopeRules {
    init(_ reader: YAMLReader) {
        self.init()
        reader.read("services", as: .section(Playbook.Source.init), into: &services)
        reader.read("namespaces", as: .section(Playbook.Source.init), into: &namespaces)
        reader.read("pods", as: .section(Playbook.Source.init), into: &pods)
        reader.read("jobs", as: .section(Playbook.Source.init), into: &jobs)
    }
}

extension Playbook.Source {
    init(_ reader: YAMLReader) {
        self.init()
        reader.read("labels", as: .labelNames, into: &labels)
        reader.read("last_resort", as: .labelNames, into: &lastResort)
        reader.read("except", as: .list(of: .text), into: &except)
        reader.read("otherwise", as: .list(of: .text), into: &otherwise)
    }
}

extension Playbook.Windows {
    init(_ reader: YAMLReader) {
        self.init()
        // Window and baseline are searched together, and Tempo refuses a search over more than 168 h.
        reader.read("before", as: .duration(in: .seconds(60) ... .seconds(86_400)), into: &before)
        reader.read("after", as: .duration(in: .zero ... .seconds(86_400)), into: &after)
        reader.read("baseline", as: .duration(in: .seconds(60) ... .seconds(5 * 86_400)), into: &baseline)
    }
}

extension Playbook.Filters {
    init(_ reader: YAMLReader) {
        self.init()
        reader.read("traceql", as: .text, into: &traceQL)
        reader.read("logql", as: .text, into: &logQL)
        if let traceQL, !QueryFragment.isCondition(traceQL) {
            reader.node("traceql")?.report(
                "expected a condition without braces or pipes, such as span.http.route != \"/health\"")
        }
        if let logQL, !["|", "!="].contains(where: logQL.hasPrefix) {
            reader.node("logql")?.report("expected what follows a stream selector, such as != \"healthcheck\"")
        }
    }
}

extension YAMLShape<[EvidenceSource]> {
    /// One kind at least, each once.
    fileprivate static var evidence: YAMLShape {
        YAMLShape { node in
            guard let kinds = YAMLShape.list(of: .oneOf(EvidenceSource.self)).read(node) else { return nil }
            guard !kinds.isEmpty, Set(kinds).count == kinds.count else {
                node.report(
                    kinds.isEmpty ? "expected one kind of evidence at least" : "a kind of evidence is given twice")
                return nil
            }
            return kinds
        }
    }
}

extension YAMLShape<[String]> {
    fileprivate static func receiverNames(among known: [String]) -> YAMLShape {
        list(
            of: YAMLShape<String> { node in
                guard let name = YAMLShape<String>.text.read(node) else { return nil }
                guard known.contains(name) else {
                    let nearest = NearestWord.to(name, among: known).map { "; did you mean \($0)?" } ?? ""
                    node.report("there is no receiver \"\(name)\" in the configuration\(nearest)")
                    return nil
                }
                return name
            })
    }
}
