import HTTPTransport
import Lab
import Telemetry
import Testing

@testable import ChainCheck

/// The whole chain, asked over HTTP.
@Suite struct ChainCheckTests {
    private func findings(_ fault: ChainFault) async throws -> [Finding] {
        var chain = ChainCase()
        fault.evidence(&chain)
        var configuration = try chain.configuration()
        fault.configuration(&configuration)
        let lab = Lab(evidence: chain.evidence, configuration: configuration)
        fault.lab(lab)
        let (made, off) = (chain, fault.clockIsOff)
        return try await lab.whileRunning { address in
            let loop = CurlEventLoop()
            var plan = made.plan(address, loop)
            fault.plan(&plan)
            let started = ContinuousClock.now
            let findings = await ChainCheck(
                plan, now: { made.now + off + started.duration(to: .now) }, limit: .seconds(300)
            ).findings()
            await loop.shutdown()
            return findings
        }
    }

    @Test func `a chain in which all is well has a line for each of its links`() async throws {
        let findings = try await findings(ChainFault(description: "none", expected: [:]))
        #expect(findings.map(\.check) == Check.allCases)
        for finding in findings { #expect(finding.verdict == .ok, "\(finding)") }
        let observed = Dictionary(findings.map { ($0.check, $0.observed) }) { first, _ in first }
        #expect(
            observed[.tempo] == "2.10.8" && observed[.kubernetes] == "v1.31.2" && observed[.alertmanager] == "0.25.0")
        #expect(observed[.tracesAppear]?.hasSuffix("of jenkins-master") == true)
        #expect(observed[.tracesWithLogs] == "100 % of 4 lines of jenkins-master carry a trace id")
        #expect(observed[.alertRouting] == "receiver sabueso (sabueso.monitoring:9096) gets HighTraceErrorRate")
    }

    @Test(arguments: ChainFault.all)
    func `a fault is told on its own lines, with what to do, and hides nothing else`(_ fault: ChainFault) async throws {
        for finding in try await findings(fault) {
            guard let expected = fault.expected[finding.check] else {
                #expect(finding.verdict == .ok, "\(fault): \(finding)")
                continue
            }
            #expect(finding.verdict == expected.verdict, "\(finding)")
            let advice = try #require(finding.advice, "\(finding)")
            #expect("\(finding.observed) \(advice)".contains(expected.words), "\(finding)")
        }
    }

    @Test func `without any configuration every link is skipped with the key that it needs`() async {
        let loop = CurlEventLoop()
        let plan = ChainPlan(openClient: CurlClient(HTTPClientConfiguration(proxy: .direct), on: loop))
        let findings = await ChainCheck(plan, now: { Timestamp(seconds: 1_800_000_000) }).findings()
        await loop.shutdown()
        #expect(findings.count == Check.allCases.count)
        #expect(findings.allSatisfy { $0.verdict == .skipped && $0.statement.hasSuffix("?") })
        #expect(findings.allSatisfy { $0.advice != nil })
    }

    @Test func `a raised timeout is waited for`() async {
        let loop = CurlEventLoop()
        let client = CurlClient(HTTPClientConfiguration(proxy: .direct), on: loop)
        var plan = ChainPlan(openClient: client)
        #expect(ChainCheck.limit(plan) == ChainCheck.usualLimit)
        plan.tempo = ChainPlan.Server(address: "http://tempo:3200", http: client, timeout: .seconds(60))
        #expect(ChainCheck.limit(plan) == .seconds(180))
        await loop.shutdown()
    }

    @Test func `a check that takes too long is given up alone`() async {
        let loop = CurlEventLoop()
        var plan = ChainPlan(openClient: CurlClient(HTTPClientConfiguration(proxy: .direct), on: loop))
        plan.receivers = ["on-call"]
        plan.chatTests = [
            .init(receiver: "on-call") {
                try? await Task.sleep(for: .seconds(3600))
                return nil
            }
        ]
        let findings = await ChainCheck(plan, now: { Timestamp(seconds: 0) }, limit: .milliseconds(50)).findings()
        await loop.shutdown()
        let chat = findings.filter { $0.check == .chat }
        #expect(chat.map(\.verdict) == [.failure] && chat.first?.target == "on-call")
        #expect(chat.first?.observed.hasPrefix("it took longer than") == true)
    }
}
