import Runbooks
import Testing

@Suite struct RunbookDocumentTests {
    private static let page = Runbook(
        name: "spot-eviction",
        text: """
            # Spot & eviction

            See `kubectl get node NODE`, JOB and [another](node-lost.md) or [elsewhere](https://example.com).

            ```sh
            kubectl get node NODE && echo <POD>
            ```

            ```traceql
            { span.ci.pipeline.id = "JOB" }
            ```
            """)

    private static func html(_ values: [Placeholder: String]) -> String {
        RunbookDocument(
            page,
            incident: .init(
                id: "i-42", alertName: "A", headline: "", state: "open", values: RunbookValues(values))
        ).html
    }

    @Test func `values take the places of their placeholders, and the others are marked`() {
        let html = Self.html([.node: "aks-1", .job: "team/my app"])
        #expect(html.contains(#"<code>kubectl get node <span class="value">aks-1</span></code>"#))
        #expect(html.contains(#"get node <span class="value">aks-1</span> &amp;&amp; echo &lt;"#))
        #expect(html.contains(#"&lt;<span class="open">POD</span>&gt;"#))
        #expect(html.contains(#"span.ci.pipeline.id = &quot;<span class="value">team/my app</span>&quot; }"#))
        #expect(html.contains("<title>Spot &amp; eviction</title>"))
    }

    @Test(arguments: ["x;curl example.com|sh", "$(id)", #""><script>alert(1)</script>"#, "x\u{202E}y", "a\nrm -rf b"])
    func `a hostile name stays out of commands, queries and sentences, and its absence is said`(name: String) {
        let html = Self.html([.node: name, .job: name])
        #expect(html.contains(#"kubectl get node <span class="open">NODE</span>"#))
        #expect(html.contains(#"span.ci.pipeline.id = &quot;<span class="open">JOB</span>&quot;"#))
        #expect(html.contains("Left out of commands: NODE, JOB."))
        #expect(!html.contains(name))
    }

    @Test func `what is told of the incident is escaped`() {
        let html = RunbookDocument(
            Self.page,
            incident: .init(
                id: "i-1", alertName: "<i>", headline: "a & \"b\" 'c' \u{202E}", state: "<open>", values: .none),
            notice: "<n>"
        ).html
        #expect(html.contains("&lt;i&gt; · &lt;open&gt;"))
        #expect(html.contains("a &amp; &quot;b&quot; &#39;c&#39;  </p>"))
        #expect(html.contains("<p>&lt;n&gt;</p>"))
    }

    @Test func `links lead to pages, with the incident, and nowhere else`() {
        let html = Self.html([:])
        #expect(html.contains(#"<a href="node-lost?incident=i-42">another</a>"#))
        #expect(html.contains(#"<a href="../runbooks?incident=i-42">"#))
        #expect(!html.contains("example.com") && html.contains("elsewhere"))
        #expect(RunbookDocument(Self.page, isIndex: true).html.contains(#"<a href="runbooks/node-lost">"#))
    }

    @Test func `every shipped page has each of its links, code blocks and sections, and nothing from elsewhere`() throws
    {
        let library = RunbookLibrary.shipped
        for page in try Pages.all() {
            let html = RunbookDocument(try #require(library.page(page.name))).html
            for section in Runbook.sections {
                let anchor = section.lowercased().replacing(" ", with: "-")
                #expect(html.contains("<h2 id=\"\(anchor)\">") && html.contains("<a href=\"#\(anchor)\">"))
            }
            #expect(html.split(separator: "<pre").count - 1 == page.code("sh", "traceql", "logql", "promql").count)
            for link in page.links {
                #expect(html.contains("<a href=\"\(link.dropLast(3))\">"), "\(page.name): \(link)")
            }
            #expect(!html.contains("src=") && !html.contains("<link") && !html.contains("@import"), "\(page.name)")
        }
    }
}
