import Backends
import Journal
import Reporting
import Responder
import Telemetry
import Testing

@testable import ChatCommands

@Suite struct CommandHandlerTests {
    private static let id = Fixture.id

    @Test func `the help names every command`() async throws {
        let text = try await Fixture().answer("help")
        for form in CommandParser.forms { #expect(text.contains("`\(form.verb)")) }
    }

    @Test func `the status lists what is open and who took it`() async throws {
        let fixture = try await Fixture()
        #expect(try await fixture.answer("status").contains("`i-42` spot node aks-spot-3 was preempted"))
        _ = try await fixture.answer("ack i-42")
        #expect(try await fixture.answer("status").contains("taken by on-call-1"))
    }

    @Test func `an incident is told with its cause and what people said`() async throws {
        let fixture = try await Fixture()
        _ = try await fixture.answer("note i-42 <!channel> *look*")
        let text = try await fixture.answer("incident i-42")
        #expect(text.contains("Cause: spot-eviction"))
        #expect(text.contains("on-call-1: &lt;!channel&gt; ∗look∗"))
    }

    @Test func `what is not there is said`() async throws {
        let fixture = try await Fixture(isDiagnosed: false)
        #expect(try await fixture.answer("ack i-7").contains("There is no incident i-7"))
        #expect(try await fixture.answer("similar i-42").contains("has not been looked at yet"))
        #expect(try await fixture.answer("right i-42").contains("has not been looked at yet"))
        #expect(try await fixture.answer("silence i-42").contains("switched off"))
        await fixture.journal.close()
        #expect(try await fixture.answer("status").contains("does not answer at the moment"))
    }

    @Test func `taking an incident shows in its first message, once, and is replaced by the next`() async throws {
        let fixture = try await Fixture()
        #expect(try await fixture.answer("ack i-42").contains("on-call-1 takes care of i-42"))
        let first = try await fixture.firstMessage()
        #expect(first.contains("it began") && first.contains("Taken by on-call-1 at 15:31:40 UTC"))
        #expect(try await fixture.answer("ack i-42").contains("already"))
        let other = Person(id: "U0456", name: "`<!here>`")
        #expect(try await fixture.answer("ack i-42", by: other).contains("Before, on-call-1 did."))
        let second = try await fixture.firstMessage()
        #expect(second.contains("Taken by '&lt;!here&gt;' at") && !second.contains("Taken by on-call-1"))
        #expect(second.components(of: #""block_id":"people""#) == 1)
        let remarks = try await fixture.journal.remarks(on: Self.id)
        #expect(remarks.map(\.kind) == [.acknowledged, .acknowledged])
    }

    @Test func `without a conversation nothing is edited`() async throws {
        let fixture = try await Fixture(isTold: false)
        _ = try await fixture.answer("ack i-42")
        #expect(try await fixture.journal.messages(of: Self.id).isEmpty)
    }

    @Test func `a vote is kept with what was named, and the newest of a person counts`() async throws {
        let fixture = try await Fixture()
        #expect(try await fixture.answer("right i-42").contains("spot-eviction was right"))
        #expect(try await fixture.answer("wrong i-42 Node Lost").contains("was node-lost, not spot-eviction"))
        let votes = try await fixture.journal.votes()
        let vote = try #require(votes.first)
        #expect(votes.count == 1 && vote.author == "U0123ABCD")
        #expect(!vote.isRight && vote.cause == "spot-eviction" && vote.actualCause == "node-lost")
        #expect(vote.confidence > 0.5)
        #expect(fixture.records.current["spot-eviction"]?.incidents == 1, "it counts at once")
    }

    @Test func `an unknown cause is kept in words and answered with the nearest names`() async throws {
        let fixture = try await Fixture()
        #expect(try await fixture.answer("wrong i-42 node-lots").contains("`node-lost`"))
        #expect(try await fixture.answer("wrong i-42 disk trouble").contains("`disk-full`"))
        #expect(try await fixture.journal.votes().first?.actualCause == "disk trouble")
        #expect(try await fixture.answer("wrong i-42 spot-eviction").contains("`right i-42`"))
    }

    @Test func `similar incidents have the cause in common, the newest first`() async throws {
        let fixture = try await Fixture()
        #expect(try await fixture.answer("similar i-42").contains("No other incident"))
        for number in [7, 9] as [Int64] {
            var other = try Fixture.incident(IncidentID(number: number), key: "k\(number)")
            other.state = .resolved
            other.resolvedAt = other.startsAt + .seconds(540)
            try await fixture.journal.save(other, messages: [])
        }
        let text = try await fixture.answer("similar i-42")
        #expect(text.contains("2 incidents") && text.contains("over after 9 min"))
        let (nine, seven) = (text.firstRange(of: "`i-9`"), text.firstRange(of: "`i-7`"))
        #expect(try #require(nine).lowerBound < #require(seven).lowerBound)
    }

    @Test func `why looks at the service and the time that are named`() async throws {
        let fixture = try await Fixture()
        let answer = await fixture.handler.answer(try CommandParser().parse("why cart 10m"), by: Fixture.person)
        guard case .summary = answer.content else { return #expect(Bool(false), "\(answer)") }
        let request = try #require(fixture.evidence.requests.all.first)
        #expect(request.scope.services == ["cart"])
        #expect(request.window == TimeWindow(start: Fixture.now + .seconds(-600), end: Fixture.now))
        #expect(answer.audience == .everyone)
    }

    @Test func `why takes the place from the thread's incident, and builds are looked at as builds`() async throws {
        let fixture = try await Fixture()
        _ = try await fixture.answer("why", in: Self.id)
        _ = try await fixture.answer("why jenkins-controller")
        let requests = fixture.evidence.requests.all
        #expect(requests.first?.scope.services == ["jenkins-master"])
        #expect(requests.last?.areBuilds == true)
    }

    @Test func `a replay looks at the alert's own time and is marked`() async throws {
        let fixture = try await Fixture()
        let text = try await fixture.answer("replay i-42")
        #expect(text.contains("REPLAY"))
        #expect(fixture.evidence.requests.all.first?.scope.services == ["shop"])
    }
}

extension String {
    /// How often the other one is in it.
    fileprivate func components(of other: String) -> Int { ranges(of: other).count }
}
