/// An `HTTPAuthorization` with its file read: what goes out with this very request.
enum Credentials {
    case none
    case basic(username: String, password: String)
    case bearer(token: String)

    /// - Throws: `HTTPError.invalidRequest` for what cannot be sent in a header, `connectionFailed` when the token's file
    ///   cannot be read: it may be there again for the next attempt.
    init(_ authorization: HTTPAuthorization, for authority: String) throws(HTTPError) {
        switch authorization {
        case .none: self = .none
        case .basic(let username, let password):
            guard !username.contains(":"), Self.isText(username), Self.isText(password) else {
                throw .invalidRequest("the user name holds a colon, or it or the password a control character")
            }
            self = .basic(username: username, password: password)
        case .bearer(let token):
            self = .bearer(token: try Self.checked(token, "the bearer token"))
        case .bearerFile(let path):
            let token: String
            do throws(TokenFile.Failure) {
                token = try TokenFile(path: path).read()
            } catch {
                throw .connectionFailed(host: authority, reason: "the token file \(path) cannot be used: \(error)")
            }
            self = .bearer(token: try Self.checked(token, "the token in \(path)"))
        }
    }

    private static func checked(_ token: String, _ name: String) throws(HTTPError) -> String {
        guard RequestHeaders.isFieldValue(token), !token.isEmpty else {
            throw .invalidRequest("\(name) is empty or holds a control character")
        }
        return token
    }

    /// A NUL would end the text early.
    private static func isText(_ text: String) -> Bool { RequestHeaders.isFieldValue(text) }
}
