import Yams

extension Settings {
    /// The file beside a configuration that is taken when `playbooks` is not in it.
    private static let usualPlaybooks = "playbooks.yaml"

    /// Reads a configuration with everything that it refers to, and checks it as a whole.
    ///
    /// - Parameters:
    ///   - path: of the YAML file. Paths in it are relative to its folder, but the journal's.
    ///   - environment: for `${VARIABLE}`.
    ///   - readFile: of the configuration, of playbooks, signatures and secrets.
    ///   - listFolder: of signatures.
    ///   - leavesOutSecrets: whether secrets are neither asked for nor read: for what neither fetches nor sends anything.
    ///   - isOffline: whether nothing is to be asked, so that what only a pod has is not missed.
    /// - Throws: every problem of every file, not only the first.
    package static func load(
        path: String, environment: [String: String], readFile: @escaping FileReader = readFileFromDisk,
        listFolder: @escaping FolderLister = listFolderOnDisk, leavesOutSecrets: Bool = false,
        isOffline: Bool = false
    ) throws(SettingsError) -> Settings {
        let context = DecodingContext(
            file: path, environment: environment, readFile: readFile, listFolder: listFolder,
            leavesOutSecrets: leavesOutSecrets, isOffline: isOffline)
        let bytes: [UInt8]
        do {
            bytes = try readFile(path)
        } catch {
            switch error {
            case .notFound: throw SettingsError([SettingsProblem(file: path, message: "there is no such file")])
            case .unreadable(let reason):
                throw SettingsError([SettingsProblem(file: path, message: "cannot be read: \(reason)")])
            }
        }
        var playbookFiles: [YAMLNode]?
        var signatureFiles: [YAMLNode] = []
        var receiverNames: [String] = []
        var migrated: [ConfigurationChange] = []
        var isTooNew = false
        let adapting = { (root: Node) -> Node in
            let version = ConfigurationVersion.of(root) ?? ConfigurationVersion.current
            isTooNew = version > ConfigurationVersion.current
            let migration = ConfigurationMigration(root, from: version)
            migrated = migration.changes
            return migration.root
        }
        let decoded = YAMLDocument.read(bytes, context, adapting: adapting) { reader in
            receiverNames = Receiver.names(in: reader).map(\.name)
            return Settings(reader, playbookFiles: &playbookFiles, signatureFiles: &signatureFiles)
        }
        // A document that is not YAML at all says nothing about playbooks.
        guard var settings = decoded else { throw SettingsError(context.problems) }
        // Everything else may be right there.
        if isTooNew { throw SettingsError(context.problems.filter { $0.key == "version" }) }
        settings.migrated = migrated
        let files = PlaybookFiles(context: context, receivers: receiverNames)
        if let playbookFiles {
            settings.playbooks = files.read(playbookFiles)
        } else if let playbooks = files.read(beside: usualPlaybooks) {
            settings.playbooks = playbooks
        }
        let signatures = SignatureFiles(context: context)
        settings.signatures = signatures.read(signatureFiles)
        let problems = context.problems.ordered() + files.problems + signatures.problems
        guard problems.isEmpty else { throw SettingsError(problems) }
        return settings
    }
}

extension [SettingsProblem] {
    /// By line; problems of one line in the order in which they were found.
    func ordered() -> [SettingsProblem] {
        enumerated().sorted { ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset) }.map(\.element)
    }
}
