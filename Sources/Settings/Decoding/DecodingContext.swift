/// What the reading of one file shares: where values come from, and the problems found so far.
final class DecodingContext {
    /// As messages name it.
    let file: String
    let environment: [String: String]
    private let readFile: FileReader
    private let folderLister: FolderLister
    /// Whether regular expressions are compiled and examples tried, which takes a while: not for what the tests have tried.
    let triesEverything: Bool
    /// Whether secrets stay where they are: for what neither fetches nor sends anything.
    let leavesOutSecrets: Bool
    /// Whether only the configuration is looked at, wherever that is: what is there only where the service runs is not missed.
    let isOffline: Bool
    private(set) var problems: [SettingsProblem] = []
    /// Every key path that was asked for, indices as `[]`: the configuration's vocabulary.
    private(set) var vocabulary: Set<String> = []

    init(
        file: String, environment: [String: String], readFile: @escaping FileReader,
        listFolder: @escaping FolderLister = { _ in nil }, triesEverything: Bool = true,
        leavesOutSecrets: Bool = false, isOffline: Bool = false
    ) {
        self.file = file
        self.environment = environment
        self.readFile = readFile
        folderLister = listFolder
        self.triesEverything = triesEverything
        self.leavesOutSecrets = leavesOutSecrets
        self.isOffline = isOffline
    }

    /// The same environment and files, for another file that this one names.
    func forFile(_ path: String) -> DecodingContext {
        DecodingContext(
            file: path, environment: environment, readFile: readFile, listFolder: folderLister,
            leavesOutSecrets: leavesOutSecrets, isOffline: isOffline)
    }

    func report(line: Int?, key: String, _ message: String) {
        problems.append(SettingsProblem(file: file, line: line, key: key, message: message))
    }

    func register(key: String) {
        vocabulary.insert(key)
    }

    /// Paths in a file are relative to the file's own folder, so that a configuration can be moved as a whole.
    func resolve(_ path: String) -> String {
        guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
        return file[...slash] + path
    }

    /// The names in a folder; nil when the path, which is resolved, is none.
    func listFolder(_ path: String) -> [String]? { folderLister(path) }

    /// - Parameter path: resolved.
    func read(_ path: String) throws(FileReadError) -> [UInt8] {
        try readFile(path)
    }
}
