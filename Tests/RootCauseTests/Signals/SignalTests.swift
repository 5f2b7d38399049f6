import Telemetry
import Testing

@testable import RootCause

struct SignalTests {
    /// Ten minutes of quiet traffic and two minutes of `window`, a trace every four seconds: shop → cart → SELECT, and
    /// shop → stock.
    private func traffic(_ window: (inout Story, Story.Handle, Double, Int) -> Void) -> Story {
        var story = Story()
        for number in 0..<180 {
            let at = Double(number) * 4 - 600
            let jitter = Double(number * 7 % 10) * 0.0005
            let root = story.span("shop", "GET /", kind: .server, at: at, takes: 0.4)
            if at >= 0 { window(&story, root, at, number) } else { Self.quiet(&story, root, at, jitter: jitter) }
        }
        return story
    }

    private static func quiet(
        _ story: inout Story, _ root: Story.Handle, _ at: Double, jitter: Double = 0, cart: Double = 0.05,
        cartGap: Double = 0.004, stockGap: Double = 0.004
    ) {
        let server = story.call(
            "shop", "cart", "GET /cart", under: root, at: at + 0.01, takes: cart + jitter, gap: cartGap)
        story.span("cart", "SELECT", under: server, kind: .client, at: at + 0.03, takes: 0.01)
        story.call("shop", "stock", "GET /stock", under: root, at: at + 0.2, takes: 0.03 + jitter, gap: stockGap)
    }

    private func blamed(_ story: Story) -> [String] { Scene(story.evidence, alert: nil).blame.map(\.service) }

    private func strongest(_ story: Story) -> Signal? { Scene(story.evidence, alert: nil).blame.first?.signals.first }

    @Test func `quiet traffic blames nobody`() {
        let story = traffic { Self.quiet(&$0, $1, $2, jitter: Double($3 * 7 % 10) * 0.0005) }
        #expect(blamed(story).isEmpty)
        #expect(story.diagnosis().verdict == "unknown")
    }

    @Test func `a service that computes longer is slow, not its caller`() {
        let story = traffic { Self.quiet(&$0, $1, $2, jitter: Double($3 % 5) * 0.0005, cart: 0.15) }
        #expect(strongest(story).map { [$0.service, $0.operation] } == ["cart", "GET /cart"])
        #expect(story.diagnosis().verdict == "latency-regression cart")
    }

    @Test func `a delay on the way counts against the callee`() {
        let story = traffic { Self.quiet(&$0, $1, $2, jitter: Double($3 % 5) * 0.0005, cartGap: 0.104) }
        #expect(strongest(story).map { [$0.service, $0.caller ?? ""] } == ["cart", "shop"])
    }

    @Test func `a caller whose calls are all slow is to blame itself`() {
        let story = traffic {
            Self.quiet(&$0, $1, $2, jitter: Double($3 % 5) * 0.0005, cartGap: 0.084, stockGap: 0.084)
        }
        #expect(blamed(story).first == "shop")
    }

    @Test func `a delay that hits one call in three is found`() {
        let story = traffic { Self.quiet(&$0, $1, $2, cart: $3 % 3 == 0 ? 0.18 : 0.05) }
        #expect(blamed(story).first == "cart")
    }

    @Test func `one slow call among thirty is chance`() {
        let story = traffic {
            Self.quiet(&$0, $1, $2, jitter: Double($3 * 7 % 10) * 0.0005, cart: $3 == 170 ? 0.18 : 0.05)
        }
        #expect(story.diagnosis().verdict == "unknown")
    }

    @Test func `calls that no longer happen count against who no longer makes them`() {
        let story = traffic { story, root, at, _ in
            let server = story.call("shop", "cart", "GET /cart", under: root, at: at + 0.01, takes: 0.05)
            story.span("cart", "SELECT", under: server, kind: .client, at: at + 0.03, takes: 0.01)
        }
        #expect(strongest(story).map { [$0.service, $0.operation] } == ["shop", "GET /stock"])
        #expect(strongest(story)?.after == 0)
    }

    @Test func `when several callers stop after one call, its callee is suspected`() {
        var story = Story()
        for number in 0..<180 {
            let at = Double(number) * 4 - 600
            for caller in ["shop", "kiosk"] {
                let root = story.span(caller, "GET /", kind: .server, at: at, takes: 0.4)
                story.call(caller, "prices", "GET /prices", under: root, at: at + 0.05, takes: 0.02)
                if at < 0 { story.call(caller, "cart", "POST /cart", under: root, at: at + 0.2, takes: 0.02) }
            }
        }
        let blame = Scene(story.evidence, alert: nil).blame
        #expect(blame.first?.service == "prices")
        #expect(blame.first?.signals.first?.kind == .cutShort)
    }

    @Test func `failures that began with the window count, those that always happened do not`() {
        var story = Story()
        for number in 0..<180 {
            let at = Double(number) * 4 - 600
            let root = story.span("shop", "GET /", kind: .server, at: at, takes: 0.4)
            let isOdd = number % 2 == 1
            story.call(
                "shop", "ads", "GET /ads", under: root, at: at + 0.1, takes: 0.01,
                status: isOdd ? .error(message: "no ads") : .unset)
            story.call(
                "shop", "pay", "POST /pay", under: root, at: at + 0.3, takes: 0.01,
                status: isOdd && at >= 0 ? .error(message: "502") : .unset)
        }
        #expect(blamed(story) == ["pay"])
        #expect(story.diagnosis().verdict == "dependency-failure pay")
    }

    @Test func `a template that is new, and one that no longer comes, are noticed by the operation that writes them`() {
        func talk(_ line: String) -> Story {
            var story = Story()
            for number in 0..<180 {
                let at = Double(number) * 4 - 600
                let root = story.span("shop", "GET /", kind: .server, at: at, takes: 0.1)
                story.log(at < 0 ? "cart \(number) found" : line, at: at + 0.05, service: "shop", span: root)
            }
            return story
        }
        let signals = Scene(talk("ERROR cart 7 not found: no such key").evidence, alert: nil).blame.first?.signals
        #expect(signals?.first?.kind == .logs)
        #expect(signals?.first?.operation == "cart 7 not found: no such key")
        #expect(signals?.contains { $0.operation == "cart 0 found" && $0.after == 0 } == true)
        #expect(blamed(talk("cart 4 found")).isEmpty)
    }

    @Test func `the onset is found in the data`() throws {
        let story = traffic { story, root, at, _ in
            Self.quiet(&story, root, at)
            if at >= 40 {
                story.call(
                    "shop", "pay", "POST /pay", under: root, at: at + 0.3, takes: 0.01, status: .error(message: ""))
            }
        }
        let onset = try #require(story.diagnosis().onset)
        #expect(abs((onset - Story.at(40)).inSeconds) <= 4)
    }

    @Test func `slow traces have an onset too`() throws {
        var story = Story()
        for number in 0..<360 {
            let at = Double(number) * 2 - 600
            story.span("shop", "GET /", kind: .server, at: at, takes: at >= 60 ? 1 : 0.1 + Double(number % 5) * 0.01)
        }
        let onset = try #require(story.diagnosis().onset)
        #expect(abs((onset - Story.at(60)).inSeconds) <= 4)
    }
}
