import Signatures

/// Reads the files and folders of signatures that a configuration names, and puts them beside the built-in ones.
final class SignatureFiles {
    private let main: DecodingContext
    private(set) var problems: [SettingsProblem] = []

    /// - Parameter main: of the configuration itself.
    init(context main: DecodingContext) {
        self.main = main
    }

    /// - Parameter paths: the entries under `signatures`; what cannot be read is reported there.
    /// - Returns: the built-in ones, each replaced by the user's that takes its place, then the user's others in their order.
    func read(_ paths: [YAMLNode]) -> [Signature] {
        var own: [(signature: Signature, file: String)] = []
        for node in paths {
            guard let path = YAMLShape<String>.path.read(node) else { continue }
            for file in files(at: path, node) {
                guard let bytes = node.contents(of: file) else { continue }
                let context = main.forFile(file)
                for signature in Signature.read(bytes, context) {
                    if let earlier = own.first(where: { $0.signature.isSame(as: signature) && $0.file != file }) {
                        problems.append(
                            SettingsProblem(
                                file: file, key: signature.id, message: "\(earlier.file) has a signature of this id"))
                    }
                    own.append((signature, file))
                }
                problems += context.problems.ordered()
            }
        }
        let shipped = Signature.builtIn
        let replaced = shipped.map { builtIn in
            own.lazy.map(\.signature).first { $0.replaces(builtIn) } ?? builtIn
        }
        return replaced + own.map(\.signature).filter { signature in !shipped.contains(where: signature.replaces) }
    }

    /// The file itself, or what a folder has of YAML, by name.
    private func files(at path: String, _ node: YAMLNode) -> [String] {
        guard let names = main.listFolder(path) else { return [path] }
        let files = names.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.sorted()
        if files.isEmpty { node.report("the folder \(path) has no file that ends in .yaml or .yml") }
        let folder = path.hasSuffix("/") ? path : path + "/"
        return files.map { folder + $0 }
    }
}
