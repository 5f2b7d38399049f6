import Glibc
import HTTPTransport
import Lab
import Telemetry
import TestSupport
import Testing

/// What every test here stands on: a lab that runs for as long as the test does, and a client.
struct Stage: Sendable {
    let lab: Lab
    let address: LabAddress
    let http = CurlClient()

    /// Runs a test beside a lab, and ends the lab with it.
    static func run(
        _ evidence: Evidence, configuration: LabConfiguration = LabConfiguration(),
        _ test: @escaping @Sendable (Stage) async throws -> Void
    ) async throws {
        let lab = Lab(evidence: evidence, configuration: configuration)
        try await lab.whileRunning { address in
            let stage = Stage(lab: lab, address: address)
            do {
                try await test(stage)
            } catch {
                await stage.http.shutdown()
                throw error
            }
            await stage.http.shutdown()
            let folder = MessageFolder.named("integration-\(address.port)")
            try await lab.receivedMessages().write(to: folder)
            #expect(await lab.refusals() == [], "the platforms would not have taken these")
        }
    }

    /// The messages with these numbers, each by its platform.
    func messages(_ numbers: ClosedRange<Int>) async throws -> [ChatMessage.Platform: String] {
        try await withThrowingTaskGroup(of: [ChatMessage.Platform: String]?.self) { group in
            group.addTask {
                var messages: [ChatMessage.Platform: String] = [:]
                for number in numbers {
                    guard let message = await lab.message(number: number) else { return nil }
                    messages[message.platform] = message.body
                }
                return messages
            }
            group.addTask {
                try await Task.sleep(for: Self.patience)
                return nil
            }
            let first = try await group.next() ?? nil
            group.cancelAll()
            guard let first else { throw TestFailure("messages \(numbers) did not arrive within \(Self.patience)") }
            return first
        }
    }

    /// What people see in the channel, as soon as it is what the test waits for.
    func conversation(
        _ what: String, _ find: @escaping @Sendable ([SlackMessage]) -> SlackMessage?
    ) async throws -> SlackMessage {
        try await eventually(what, within: Self.patience) { find(await lab.conversations()) }
    }

    /// Alertmanager sends again for as long as it takes; this is when a test gives up.
    private static let patience = Duration.seconds(120)
}

extension Timestamp {
    /// The machine's time: real servers take nothing else.
    static var now: Timestamp {
        var spec = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &spec)
        return Timestamp(seconds: Int64(spec.tv_sec), nanoseconds: Int64(spec.tv_nsec))
    }
}
