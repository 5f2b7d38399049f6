import TestSupport

/// What the project itself has, read from its own files: a page may name it.
enum ProjectVocabulary {
    /// Metrics that the service exposes, and those of the queries that it is configured with (the built-in ones are in
    /// the annotated configuration, which another test holds equal) and of the rules.
    static func metrics() throws -> Set<String> {
        var names: Set<String> = []
        for folder in ["Sources/Web", "Sources/Responder"] {
            for file in try Repository.names(in: folder) where file.hasSuffix(".swift") {
                let text = try Repository.text("\(folder)/\(file)")
                names.formUnion(text.matches(of: /sabueso_[a-z_]+/).map { String($0.output) })
            }
        }
        for file in ["Config/sabueso.yaml", "deploy/prometheus/rules.yaml"] {
            let words = try Repository.text(file).matches(of: /[a-z]+(_[a-z0-9]+)+(?=\{|\[|\))/)
            names.formUnion(words.map { String($0.output.0) })
        }
        return names
    }

    /// Full paths of the annotated configuration's keys: `loki.trace_id.place`. What is switched off there stands behind
    /// `#` without a space, so it counts as well.
    static func configurationKeys() throws -> Set<String> {
        var keys: Set<String> = []
        var path: [(indentation: Int, key: String)] = []
        for line in try Repository.text("Config/sabueso.yaml").split(separator: "\n") {
            guard let match = line.firstMatch(of: /^#?(?<indentation> *)#?(?<item>(- )?)(?<key>[a-z_]+):( |$)/) else {
                continue
            }
            let indentation = match.indentation.count + match.item.count
            while let last = path.last, last.indentation >= indentation { path.removeLast() }
            path.append((indentation, String(match.key)))
            keys.insert(path.map(\.key).joined(separator: "."))
        }
        return keys
    }

    /// The options of each command, `--config` among those that read the configuration.
    static func commands() throws -> [String: Set<String>] {
        let folder = "Sources/sabueso/Commands"
        var commands: [String: Set<String>] = [:]
        for file in try Repository.names(in: folder) where file.hasSuffix("Command.swift") {
            let text = try Repository.text("\(folder)/\(file)")
            guard let name = text.firstMatch(of: /commandName: "(?<name>[a-z]+)"/)?.name else { continue }
            var options: Set<String> = text.contains("ConfigurationFile") ? ["--config"] : []
            for option in text.matches(of: #/@(Option|Flag)\((?<words>[^@]*?)\)\n? *var (?<variable>[a-zA-Z]+)/#) {
                let custom = option.words.firstMatch(of: /customLong\("(?<name>[a-z-]+)"\)/).map { String($0.name) }
                options.insert("--\(custom ?? kebab(option.variable))")
            }
            commands[String(name)] = options
        }
        return commands
    }

    /// `maxLines` as the command line has it: `max-lines`.
    private static func kebab(_ name: Substring) -> String {
        name.map { $0.isUppercase ? "-\($0.lowercased())" : String($0) }.joined()
    }
}
