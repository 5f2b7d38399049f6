internal import CLibcurl

/// One request on its way, and as much of its answer as has come. Lives on the event loop's thread.
final class Transfer {
    let submission: Mailbox.Submission
    private let easy: EasyHandle
    private var body: [UInt8] = []
    private var isTooLarge = false

    /// Begins the transfer; `end` has to follow.
    ///
    /// The token's file is read here, on the event loop's thread: it is small and local, and nobody of Swift's threads
    /// waits for it.
    init(_ submission: Mailbox.Submission, on multi: MultiHandle) throws(HTTPError) {
        self.submission = submission
        let (request, target) = (submission.request, submission.target)
        let remaining = request.deadline - submission.submitted.duration(to: .now)
        guard remaining > .zero else {
            throw .deadlineExceeded(host: target.authority, after: request.deadline)
        }
        let credentials = try Credentials(submission.configuration.authorization, for: target.authority)
        guard let easy = EasyHandle() else {
            throw .connectionFailed(host: target.authority, reason: "no memory for another request")
        }
        self.easy = easy
        do throws(EasyHandle.Refusal) {
            try easy.apply(submission.configuration)
            try easy.apply(credentials)
            try easy.apply(request, to: target, headers: submission.headers, remaining: remaining)
            try unsafe easy.setReceiver(Unmanaged.passUnretained(self).toOpaque(), Self.receive)
        } catch {
            throw .connectionFailed(host: target.authority, reason: error.description)
        }
        guard multi.add(easy) else {
            throw .connectionFailed(host: target.authority, reason: "libcurl takes no further transfer")
        }
    }

    /// The transfer that a handle belongs to.
    static func of(_ easy: UnsafeMutableRawPointer) -> Transfer? {
        unsafe EasyHandle.receiver(of: easy).map { unsafe Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Takes it off the event loop; one that still runs is thereby aborted, its connection closed.
    func end(on multi: MultiHandle) { multi.remove(easy) }

    /// How many connections were opened for it: none when it was sent on one that was there.
    var connectionsOpened: Int { easy.number(CURLINFO_NUM_CONNECTS) }

    /// - Parameter code: what libcurl says of the ended transfer.
    func result(_ code: CURLcode) -> Result<HTTPResponse, HTTPError> {
        let (request, authority) = (submission.request, submission.target.authority)
        if isTooLarge { return .failure(.responseTooLarge(host: authority, limit: request.maximumResponseSize)) }
        guard code == CURLE_OK else {
            let failure = CurlFailure(code: code, detail: easy.errorDetail)
            let elapsed = submission.submitted.duration(to: .now)
            return .failure(failure.error(for: request, authority: authority, elapsed: elapsed))
        }
        return .success(
            HTTPResponse(status: easy.number(CURLINFO_RESPONSE_CODE), headers: easy.responseHeaders, body: body))
    }

    /// libcurl's write callback. Taking less than offered aborts the transfer.
    private static let receive: curl_write_callback = { bytes, size, count, receiver in
        guard let bytes = unsafe bytes, let receiver = unsafe receiver else { return 0 }
        let transfer = unsafe Unmanaged<Transfer>.fromOpaque(receiver).takeUnretainedValue()
        return unsafe transfer.append(UnsafeRawBufferPointer(start: bytes, count: size * count))
    }

    private func append(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard bytes.count <= submission.request.maximumResponseSize - body.count else {
            isTooLarge = true
            return 0
        }
        unsafe body.append(contentsOf: bytes)
        return bytes.count
    }
}
