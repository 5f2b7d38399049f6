package import Alerts
import FoundationEssentials
package import HTTPTransport
package import Languages
package import Telemetry

/// Silences, by Alertmanager's API v2.
///
/// Source: https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml
package struct AlertmanagerSilences: Sendable {
    private let client: any HTTPClient
    private let address: String
    private let deadline: Duration

    /// A silence's id is some forty characters.
    private static let maximumResponseSize = 64 << 10

    /// - Parameters:
    ///   - client: with the authorization that the server wants.
    ///   - address: without a slash at its end.
    package init(client: any HTTPClient, address: String, deadline: Duration) {
        self.client = client
        self.address = address
        self.deadline = deadline
    }

    /// What is to be silenced, for how long, and who wants it.
    package struct Order: Hashable, Sendable {
        package var matchers: [AlertGroup.Matcher]
        package var startsAt: Timestamp
        package var endsAt: Timestamp
        package var createdBy: String
        package var comment: String

        package init(
            matchers: [AlertGroup.Matcher], startsAt: Timestamp, endsAt: Timestamp, createdBy: String, comment: String
        ) {
            self.matchers = matchers
            self.startsAt = startsAt
            self.endsAt = endsAt
            self.createdBy = createdBy
            self.comment = comment
        }
    }

    package enum Failure: Error, Hashable, Sendable {
        /// It has no silence of this id (any more).
        case notFound
        /// In words, for the person who asked and for the log.
        case refused(Phrase)
    }

    /// Makes a silence, or changes one.
    ///
    /// - Parameter id: of the silence to change; one that is over is made anew.
    /// - Returns: its id; a changed silence may get another one.
    package func put(_ order: Order, replacing id: String? = nil) async throws(Failure) -> String {
        // An empty list of matchers would be refused, or silence everything.
        guard !order.matchers.isEmpty else { throw .refused("the alerts have no labels to select them by") }
        let wire = WireSilence(
            id: id,
            matchers: order.matchers.map {
                WireSilence.Matcher(name: $0.label, value: $0.value, isRegex: false, isEqual: true)
            },
            startsAt: "\(order.startsAt)", endsAt: "\(order.endsAt)", createdBy: order.createdBy,
            comment: order.comment)
        guard let body = try? JSONEncoder().encode(wire) else { throw .refused("its comment cannot be written") }
        let response = try await send("POST", "/api/v2/silences", [UInt8](body))
        switch response.status {
        case 200:
            guard let answer = try? JSONDecoder().decode(Created.self, from: Data(response.body)) else {
                throw .refused("it answered 200 without a silence's id: is the address an Alertmanager's?")
            }
            return answer.silenceID
        case 404: throw .notFound
        default: throw .refused(explain(response))
        }
    }

    /// Ends a silence; one that has ended already is no failure.
    package func expire(_ id: String) async throws(Failure) {
        guard id.utf8.allSatisfy({ Self.identifierBytes.contains($0) }), !id.isEmpty else { throw .notFound }
        let response = try await send("DELETE", "/api/v2/silence/\(id)", nil)
        switch response.status {
        case 200: return
        case 404: throw .notFound
        // Before release 0.27 every failure was a 500; the words are the same.
        case 500 where response.text.contains("already expired"): return
        case 500 where response.text.contains("not found"): throw .notFound
        default: throw .refused(explain(response))
        }
    }

    private static let identifierBytes = Set("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-".utf8)

    private func send(_ method: String, _ path: String, _ body: [UInt8]?) async throws(Failure) -> HTTPResponse {
        do throws(HTTPError) {
            return try await client.send(
                HTTPRequest(
                    method: method, url: address + path,
                    headers: body == nil ? [] : [HTTPHeader("Content-Type", "application/json")], body: body,
                    deadline: deadline, maximumResponseSize: Self.maximumResponseSize))
        } catch {
            throw .refused(Phrase(verbatim: ChatText.plain("\(error)")))
        }
    }

    private func explain(_ response: HTTPResponse) -> Phrase {
        "it answered \(response.status): \(ChatText.plain(response.text, atMost: 200))"
    }
}

private struct WireSilence: Encodable {
    struct Matcher: Encodable {
        let name: String
        let value: String
        let isRegex: Bool
        let isEqual: Bool
    }

    let id: String?
    let matchers: [Matcher]
    let startsAt: String
    let endsAt: String
    let createdBy: String
    let comment: String
}

private struct Created: Decodable {
    let silenceID: String
}
