import Languages
import Telemetry
import Testing

@testable import RootCause

/// One small incident for each rule of localisation that looks at what happens inside a run.
struct FlowSignalTests {
    /// Ten quiet minutes and two of trouble, a trace every four seconds.
    private func traffic(_ trace: (inout Story, Double, _ number: Int, _ isTroubled: Bool) -> Void) -> Story {
        var story = Story()
        for number in 0..<180 {
            let at = Double(number) * 4 - 600
            trace(&story, at, number, at >= 0)
        }
        return story
    }

    private func blame(_ story: Story) -> [ServiceBlame] { Scene(story.evidence, alert: nil).blame }

    @Test func `who stops after a call that went well is to blame itself`() {
        let story = traffic { story, at, _, isTroubled in
            let root = story.span("shop", "POST /order", kind: .server, at: at, takes: 0.4)
            let pay = story.call("shop", "pay", "POST /pay", under: root, at: at + 0.05, takes: 0.02)
            story.span("pay", "INSERT", under: pay, kind: .client, at: at + 0.06, takes: 0.005)
            if !isTroubled { story.call("shop", "mail", "POST /mail", under: root, at: at + 0.2, takes: 0.02) }
        }
        #expect(blame(story).first?.service == "shop")
        #expect(story.diagnosis().hypotheses[0].statement.english.hasPrefix("`shop` "))
    }

    @Test func `an exception below is found below, not where it passes through`() {
        let story = traffic { story, at, _, isTroubled in
            let root = story.span("shop", "GET /", kind: .server, at: at, takes: 0.4)
            let basic = story.call("shop", "basic", "GET /basic", under: root, at: at + 0.05, takes: 0.2)
            let price = story.call("basic", "price", "GET /price", under: basic, at: at + 0.06, takes: 0.02)
            if !isTroubled {
                story.span("price", "SELECT", under: price, kind: .client, at: at + 0.065, takes: 0.005)
                story.call("basic", "route", "GET /route", under: basic, at: at + 0.1, takes: 0.02)
                story.call("shop", "cart", "GET /cart", under: root, at: at + 0.3, takes: 0.02)
            }
        }
        #expect(blame(story).first?.service == "price")
    }

    @Test func `two statements that write alike are told apart by their places in the code`() {
        let story = traffic { story, at, number, isTroubled in
            let root = story.span("travel", "GET /trips", kind: .server, at: at, takes: 0.1)
            // One in ten always failed there.
            let fails = isTroubled || number % 10 == 0
            story.log("INFO TravelService#366 calculated time: \(number)", at: at + 0.01, service: "travel", span: root)
            if !fails {
                story.log(
                    "INFO TravelService#372 calculated time: \(number + 7)", at: at + 0.02, service: "travel",
                    span: root)
            }
        }
        let top = blame(story).first
        #expect(top?.service == "travel")
        #expect(story.diagnosis().hypotheses[0].statement.english.contains("TravelService#3"))
    }

    @Test func `numbers that only look like places in the code make no statements of their own`() {
        let story = traffic { story, at, number, _ in
            let root = story.span("shop", "GET /", kind: .server, at: at, takes: 0.1)
            story.log("INFO took order#\(number) from the shelf", at: at + 0.01, service: "shop", span: root)
        }
        #expect(Scene(story.evidence, alert: nil).logs.statements.count == 1)
    }

    @Test func `what a function does is compared under the same request`() {
        // Both requests end in one function; each always writes its own line, and the batch goes silent.
        let story = traffic { story, at, number, isTroubled in
            let isBatch = number % 2 == 0
            let root = story.span("price", isBatch ? "POST /batch" : "GET /one", kind: .server, at: at, takes: 0.1)
            let query = story.span("price", "query", under: root, at: at + 0.01, takes: 0.05)
            if isBatch, !isTroubled { story.log("INFO batch of prices", at: at + 0.02, service: "price", span: query) }
            if !isBatch { story.log("INFO one price", at: at + 0.02, service: "price", span: query) }
        }
        let signal = blame(story).first?.signals.first { $0.operation == "batch of prices" }
        #expect(signal.map { [$0.before, $0.after] } == [1, 0])
    }

    @Test func `a trace that repeats itself proves no more than one trace`() {
        let story = traffic { story, at, number, isTroubled in
            let root = story.span("shop", "GET /", kind: .server, at: at, takes: 2)
            let isOdd = isTroubled && number == 170
            for call in 0..<(isOdd ? 40 : 2) {
                let server = story.call(
                    "shop", "cart", "GET /cart", under: root, at: at + 0.01 + Double(call) * 0.04, takes: 0.03)
                if !isOdd { story.span("cart", "SELECT", under: server, kind: .client, at: at + 0.02, takes: 0.005) }
            }
        }
        #expect(blame(story).first { $0.service == "cart" }?.strength ?? 0 < Signal.least)
    }

    @Test func `that failures no longer come is good news`() {
        let story = traffic { story, at, number, isTroubled in
            let root = story.span("shop", "GET /", kind: .server, at: at, takes: 0.1)
            if !isTroubled, number % 4 != 0 {
                story.log("ERROR no such user \(number)", at: at + 0.01, service: "shop", span: root)
            } else {
                story.log("INFO user \(number) greeted", at: at + 0.01, service: "shop", span: root)
            }
        }
        #expect(blame(story).first?.strength ?? 0 < Signal.least)
    }

    @Test func `calls that are tried again and again count against who answers them badly`() {
        let story = traffic { story, at, _, isTroubled in
            let root = story.span("shop", "GET /", kind: .server, at: at, takes: 0.4)
            for attempt in 0..<(isTroubled ? 3 : 1) {
                story.call(
                    "shop", "stock", "GET /stock", under: root, at: at + 0.05 + Double(attempt) * 0.1, takes: 0.05,
                    status: isTroubled && attempt < 2 ? .error(message: "503") : .unset)
            }
        }
        #expect(blame(story).first?.service == "stock" || story.diagnosis().verdict.hasSuffix("stock"))
    }

    @Test func `the onset is where the first suspect began to differ`() throws {
        let story = traffic { story, at, _, _ in
            let root = story.span("shop", "GET /", kind: .server, at: at, takes: 0.1)
            if at < 60 { story.log("INFO done", at: at + 0.05, service: "shop", span: root) }
        }
        let onset = try #require(story.diagnosis().onset)
        #expect(abs((onset - Story.at(60)).inSeconds) <= 4)
    }
}

extension FlowSignalTests {
    @Test func `where the lines of quiet traces were not fetched, lines are not taken for new`() {
        var story = Story()
        for number in 0..<180 {
            let at = Double(number) * 4 - 600
            let root = story.span("shop", "GET /", kind: .server, at: at, takes: 0.1)
            if at >= 0 { story.log("INFO user \(number) greeted", at: at + 0.05, service: "shop", span: root) }
        }
        var evidence = story.evidence
        #expect(!Scene(evidence, alert: nil).blame.isEmpty, "fetched whole, they are new")
        evidence.samplings = [Sampling(.logs, taken: 30, total: 500)]
        #expect(Scene(evidence, alert: nil).blame.isEmpty)
    }
}
