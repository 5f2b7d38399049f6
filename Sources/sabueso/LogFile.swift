import Glibc
import LogTemplates

/// A log that is read from its begin to its end, a chunk at a time: it may be larger than memory.
struct LogFile {
    private let name: String

    private static let chunkBytes = 1 << 20

    /// - Parameter name: a path; - is standard input.
    init(_ name: String) {
        self.name = name
    }

    /// - Parameter body: is given each line, without its end; of very long ones as much as a miner looks at.
    func read(_ body: (Span<UInt8>) -> Void) throws(RunFailure) {
        var splitter = LineSplitter()
        try readChunks { splitter.read($0, body) }
        splitter.finish(body)
    }

    /// The whole of it, for what must look back.
    func readAll() throws(RunFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        try readChunks { chunk in
            unsafe chunk.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
        }
        return bytes
    }

    private func readChunks(_ body: (Span<UInt8>) -> Void) throws(RunFailure) {
        let descriptor = name == "-" ? STDIN_FILENO : unsafe open(name, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(errno) }
        defer { if descriptor != STDIN_FILENO { close(descriptor) } }
        var chunk = [UInt8](repeating: 0, count: Self.chunkBytes)
        while true {
            let count = unsafe chunk.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(errno) }
            if count == 0 { break }
            body(chunk.span.extracting(0..<count))
        }
    }

    private func failure(_ code: Int32) -> RunFailure {
        let what = name == "-" ? "standard input" : name
        let reason =
            switch code {
            case ENOENT: "there is no such file; give the path of a log, or - for standard input"
            case EISDIR: "it is a folder; give one file of it, or join them and pipe them in: cat \(what)/*.log"
            case EACCES: "its permissions do not let you; run this as somebody who may read it, or pipe it in with -"
            default: "\(unsafe String(cString: strerror(code))); give a file that can be read, or - for standard input"
            }
        return RunFailure("\(what) cannot be read: \(reason)")
    }
}
