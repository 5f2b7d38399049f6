/// Reads the files of playbooks that a configuration names, one after the other.
final class PlaybookFiles {
    private let main: DecodingContext
    private let receivers: [String]
    private(set) var problems: [SettingsProblem] = []

    /// - Parameters:
    ///   - main: of the configuration itself.
    ///   - receivers: the names that playbooks may send to.
    init(context main: DecodingContext, receivers: [String]) {
        self.main = main
        self.receivers = receivers
    }

    /// - Parameter paths: the entries under `playbooks`; a file that cannot be read is reported there.
    func read(_ paths: [YAMLNode]) -> [Playbook] {
        var playbooks: [Playbook] = []
        for node in paths {
            guard let path = YAMLShape<String>.path.read(node), let bytes = node.contents(of: path) else { continue }
            read(bytes, path, after: &playbooks)
        }
        return playbooks
    }

    /// - Returns: nil when there is no such file beside the configuration.
    func read(beside name: String) -> [Playbook]? {
        let path = main.resolve(name)
        var playbooks: [Playbook] = []
        do {
            try read(main.read(path), path, after: &playbooks)
            return playbooks
        } catch {
            guard case .unreadable(let reason) = error else { return nil }
            problems.append(SettingsProblem(file: path, message: "cannot be read: \(reason)"))
            return []
        }
    }

    private func read(_ bytes: [UInt8], _ path: String, after playbooks: inout [Playbook]) {
        let context = main.forFile(path)
        let earlier = playbooks
        let added = Playbook.read(bytes, context, after: earlier, receivers: receivers)
        playbooks += added
        problems += context.problems.ordered()
    }
}
