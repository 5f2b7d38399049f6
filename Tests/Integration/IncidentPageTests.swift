import HTTPTransport
import Lab
import Scenarios
import TestSupport
import Testing

/// An incident's page in a real browser, as a telephone and as a desk have it.
@Suite struct IncidentPageTests {
    /// CSS pixels of a common telephone and of a small desk.
    private static let widths = [390, 1280]
    /// Of letters, in CSS pixels: smaller ones are not read on a telephone.
    private static let smallestLetter = 10

    @Test func `its pictures are seen at every width, within what its policy allows`() async throws {
        let scenario = try #require(Scenario.named("dependency-failure"))
        try await Stage.run(scenario.evidence) { stage in
            let folder = try TemporaryFolder()
            let serve = try ServeProcess(port: FreePort.pick(), folder: folder, lab: stage.address)
            defer { serve.terminate() }
            try await serve.isReady(stage.http)
            #expect(try await serve.post(scenario.webhookBody, stage.http).status == 200)
            let page = try await eventually("the incident was diagnosed") {
                let page = try await serve.page("/incidents/i-1", stage.http)
                return page.contains("<figure class=\"picture\">") ? page : nil
            }
            let address = "http://127.0.0.1:\(serve.port)/incidents/i-1"
            let said = try await Browser().load(address, width: Self.widths[1])
            #expect(said.contains("<h2 id=\"causes\">"))
            #expect(!said.contains("Content Security Policy") && !said.contains("CONSOLE"), "\(said.prefix(2000))")
            for width in Self.widths {
                let found = try await Browser().measure(page, width: width, Self.measuring)
                try #require(found.count == 6, "\(found)")
                #expect(found[0] == width, "the frame")
                #expect(found[1] <= width, "it scrolls sideways at \(width)")
                #expect(found[2] == 2, "how it went, and the trace, each once")
                #expect(found[3] >= Self.smallestLetter, "letters of a picture at \(width)")
                #expect(found[4] == 0, "texts that leave their picture at \(width)")
                #expect(found[5] == 1, "the page's style colours them")
            }
        }
    }

    private static let measuring = """
        const seen = [...page.querySelectorAll("figure.picture svg")].filter(svg => svg.getBoundingClientRect().height);
        const letters = seen.flatMap(svg => {
          const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
          return [...svg.querySelectorAll("text")].map(text => scale * parseFloat(text.getAttribute("font-size")));
        });
        const outside = seen.flatMap(svg => {
          const box = svg.getBoundingClientRect();
          return [...svg.querySelectorAll("text")].filter(text => {
            const inner = text.getBoundingClientRect();
            return inner.left < box.left - 1 || inner.right > box.right + 1 || inner.bottom > box.bottom + 1;
          });
        });
        const ground = page.defaultView.getComputedStyle(page.documentElement).getPropertyValue("--picture-background");
        const bar = page.defaultView.getComputedStyle(seen[0].querySelector(".fill-background"));
        const same = document.createElement("i");
        same.style.color = ground;
        return [seen.length, Math.round(Math.min(...letters)), outside.length, bar.fill === same.style.color ? 1 : 0];
        """
}
