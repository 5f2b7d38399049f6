/// What one of the lab's servers answers.
package struct LabAnswer: Hashable, Sendable {
    package let status: Int
    /// nil leaves the header out.
    package let contentType: String?
    package let headers: [Header]
    package let body: [UInt8]

    package struct Header: Hashable, Sendable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package init(status: Int, contentType: String?, headers: [Header] = [], body: [UInt8] = []) {
        self.status = status
        self.contentType = contentType
        self.headers = headers
        self.body = body
    }

    static let plainText = "text/plain; charset=utf-8"

    static func text(_ status: Int, _ text: String) -> LabAnswer {
        LabAnswer(status: status, contentType: plainText, body: Array(text.utf8))
    }

    /// What Go's router says to a path that it does not have.
    static let unknownPath = text(404, "404 page not found\n")
}

/// Why a request is refused; the text is the body of the answer.
struct Refusal: Error {
    let answer: LabAnswer

    /// 400, the usual one.
    init(_ text: String) { self.init(400, text) }

    init(_ status: Int, _ text: String) { answer = .text(status, text) }
}
