/// Fills `${NAME}` in from the environment; `$${` stands for a literal `${`.
enum EnvironmentExpansion {
    struct Result {
        /// nil when there is a problem.
        let text: String?
        let isSubstituted: Bool
        let problems: [String]
    }

    static func expand(_ text: String, _ environment: [String: String]) -> Result {
        var rest = text[...]
        var output = ""
        var problems: [String] = []
        var isSubstituted = false
        while let dollar = rest.firstIndex(of: "$") {
            output += rest[..<dollar]
            rest = rest[dollar...]
            if rest.hasPrefix("$${") {
                output += "${"
                rest = rest.dropFirst(3)
            } else if rest.hasPrefix("${") {
                isSubstituted = true
                guard let end = rest.firstIndex(of: "}") else {
                    problems.append("`${` without `}`; write `$${` for a literal `${`")
                    break
                }
                let name = String(rest.dropFirst(2)[..<end])
                rest = rest[rest.index(after: end)...]
                if !isVariableName(name) {
                    problems.append("`${\(name)}` is not the name of an environment variable")
                } else if let value = environment[name] {
                    output += value
                } else {
                    problems.append("the environment variable \(name) is not set")
                }
            } else {
                output += "$"
                rest = rest.dropFirst()
            }
        }
        output += rest
        return Result(text: problems.isEmpty ? output : nil, isSubstituted: isSubstituted, problems: problems)
    }

    /// Whether a value names an environment variable at all.
    static func substitutes(_ text: String) -> Bool {
        expand(text, [:]).isSubstituted
    }

    private static func isVariableName(_ name: String) -> Bool {
        name.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_]*/) != nil
    }
}
