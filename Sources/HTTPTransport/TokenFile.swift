internal import Glibc

/// A bearer token kept in a file by somebody else, who replaces it when it is about to expire.
struct TokenFile {
    let path: String

    /// Tokens of Kubernetes are about 1 KiB; sixteen times that is no token.
    static let maximumSize = 16 * 1024

    enum Failure: Error {
        case notReadable(reason: String)
        case empty
        case tooLong
    }

    /// The token without the white space around it.
    func read() throws(Failure) -> String {
        // Not blocking: a named pipe in its place must not hold up the caller.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .notReadable(reason: Self.message(errno)) }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: Self.maximumSize + 1)
        var count = 0
        while count < bytes.count {
            let size = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe Glibc.read(descriptor, buffer.baseAddress.map { unsafe $0 + count }, buffer.count - count)
            }
            if size < 0 && errno == EINTR { continue }
            guard size >= 0 else { throw .notReadable(reason: Self.message(errno)) }
            guard size > 0 else { break }
            count += size
        }
        guard count <= Self.maximumSize else { throw .tooLong }
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0d).contains($0) }
        let token = bytes[..<count].drop(while: isSpace).reversed().drop(while: isSpace).reversed()
        guard !token.isEmpty else { throw .empty }
        return String(decoding: token, as: UTF8.self)
    }

    private static func message(_ code: Int32) -> String {
        unsafe String(cString: strerror(code))
    }
}

extension TokenFile.Failure: CustomStringConvertible {
    var description: String {
        switch self {
        case .notReadable(let reason): reason
        case .empty: "it is empty"
        case .tooLong: "it is longer than \(TokenFile.maximumSize) bytes"
        }
    }
}
