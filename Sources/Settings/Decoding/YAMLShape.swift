/// What a value must look like, and how it is read.
struct YAMLShape<Value> {
    /// Gives nil for what does not fit, after reporting it.
    let read: (YAMLNode) -> Value?
}

extension YAMLShape {
    /// A mapping, read key by key; keys that are not asked for are reported.
    static func section(_ decode: @escaping (YAMLReader) -> Value?) -> YAMLShape {
        YAMLShape { node in
            guard let reader = node.reader() else { return nil }
            let value = decode(reader)
            reader.finish()
            return value
        }
    }

    /// A scalar whose text is understood by `parse`.
    ///
    /// - Parameter expectation: in words; `parse` giving nil is answered with it.
    static func scalar(
        _ expectation: String, isText: Bool = false, _ parse: @escaping (String) -> Value?
    ) -> YAMLShape {
        YAMLShape { node in
            guard let scalar = node.scalar(expectation) else { return nil }
            guard isText || !scalar.isQuoted else {
                node.report("expected \(expectation), found text: remove the quotes")
                return nil
            }
            guard let value = parse(scalar.text) else {
                let found = scalar.isSubstituted ? "something else in the environment variable" : node.found
                node.report("expected \(expectation), found \(found)")
                return nil
            }
            return value
        }
    }

    /// One of the names of an enumeration.
    static func oneOf(_ type: Value.Type) -> YAMLShape
    where Value: RawRepresentable<String> & CaseIterable {
        let names = Value.allCases.map(\.rawValue)
        let expectation = "one of \(names.joined(separator: ", "))"
        return YAMLShape { node in
            guard let scalar = node.scalar(expectation) else { return nil }
            if let value = Value(rawValue: scalar.text) { return value }
            let nearest = scalar.isSubstituted ? nil : NearestWord.to(scalar.text, among: names)
            let advice = nearest.map { "; did you mean \($0)?" } ?? ""
            node.report(
                "expected \(expectation), found \(scalar.isSubstituted ? "something else" : node.found)\(advice)")
            return nil
        }
    }

    /// A list of equal things, in the order of the file.
    static func list<Element>(of element: YAMLShape<Element>) -> YAMLShape where Value == [Element] {
        YAMLShape { node in
            guard let items = node.items else {
                node.report("expected a list, found \(node.found)")
                return nil
            }
            let values = items.map(element.read)
            // One item that cannot be read spoils the list; the others were read for their problems.
            return values.contains { $0 == nil } ? nil : values.compactMap { $0 }
        }
    }
}

extension YAMLShape<Bool> {
    static var flag: YAMLShape {
        .scalar("true or false") { text in text == "true" ? true : text == "false" ? false : nil }
    }
}

extension YAMLShape<Int> {
    static func integer(in range: ClosedRange<Int>) -> YAMLShape {
        .scalar("a whole number from \(range.lowerBound) to \(range.upperBound)") { text in
            // YAML would read 010 as eight: no leading zeros. 10_000 is fine.
            guard text.wholeMatch(of: /0|[1-9][0-9]*(_[0-9]+)*/) != nil else { return nil }
            return Int(text.filter { $0 != "_" }).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    /// In bytes: `512KiB`, `4MiB`.
    static func byteCount(in range: ClosedRange<Int>) -> YAMLShape {
        let limits = "\(ByteCountText.format(range.lowerBound)) to \(ByteCountText.format(range.upperBound))"
        return .scalar("a size such as 4MiB (B, KiB, MiB or GiB), from \(limits)") { text in
            ByteCountText.parse(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }
}

extension YAMLShape<Double> {
    static func number(in range: ClosedRange<Double>) -> YAMLShape {
        .scalar("a number from \(range.lowerBound) to \(range.upperBound)") { text in
            guard text.wholeMatch(of: /[0-9]+(\.[0-9]+)?/) != nil else { return nil }
            return Double(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }
}

extension YAMLShape<Duration> {
    static func duration(in range: ClosedRange<Duration>) -> YAMLShape {
        let limits = "\(DurationText.format(range.lowerBound)) to \(DurationText.format(range.upperBound))"
        return .scalar("a duration such as 20s, 5m or 1h30m, from \(limits)") { text in
            DurationText.parse(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }
}
