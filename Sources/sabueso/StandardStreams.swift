import Glibc

/// The process's standard error, for what is not the command's result.
enum StandardError {
    static func write(_ text: String) { writeAll(text, to: STDERR_FILENO) }
}

/// The process's standard output.
enum StandardOutput {
    static func write(_ text: String) { writeAll(text, to: STDOUT_FILENO) }

    static func write(_ bytes: [UInt8]) { writeAll(bytes, to: STDOUT_FILENO) }

    /// Whether a person sees it, so that colours make sense; https://no-color.org is respected.
    static var isTerminal: Bool {
        unsafe isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR") == nil
    }
}

private func writeAll(_ text: String, to descriptor: Int32) {
    writeAll([UInt8](text.utf8), to: descriptor)
}

private func writeAll(_ bytes: [UInt8], to descriptor: Int32) {
    unsafe bytes.withUnsafeBytes { buffer in
        var offset = 0
        while offset < buffer.count {
            let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[offset...])
            let written = unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { return }  // Nobody reads any more: a closed pipe ends the output, not the run.
            offset += written
        }
    }
}

/// The process's standard input.
enum StandardInput {
    /// Everything up to its end.
    static func readAll() -> [UInt8] {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(STDIN_FILENO, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return all }
            all += buffer[..<count]
        }
    }
}
