import FoundationEssentials

extension [ChatMessage] {
    /// Writes each message into a file of its own, `003-slack-edit.json`, for people and for other judges of them.
    ///
    /// - Parameter folder: is made when it is not there.
    package func write(to folder: String) throws {
        let folder = URL(filePath: folder)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for message in self where message.step.word != "file" {
            let number = String(message.number)
            let name = "\(String(repeating: "0", count: Swift.max(0, 3 - number.count)))\(number)"
            try Data(message.body.utf8)
                .write(to: folder.appending(path: "\(name)-\(message.platform.rawValue)-\(message.step.word).json"))
        }
    }
}

extension ChatMessage.Step {
    fileprivate var word: String {
        switch self {
        case .post: "post"
        case .edit: "edit"
        case .reply: "reply"
        case .file: "file"
        }
    }
}
