import HTML
import Testing

@Suite struct PageShellTests {
    @Test func `a page has its title, its styles and its content, and nothing from elsewhere`() {
        let page = PageShell(title: "A <b> & c", styles: ["p{margin:0}", "a{color:red}"]).html("<p>x</p>")
        #expect(page.hasPrefix("<!doctype html>\n<html lang=\"en\">\n"))
        #expect(
            page.contains(
                "<title>A &lt;b&gt; &amp; c</title>\n<style>p{margin:0}</style>\n<style>a{color:red}</style>\n"))
        #expect(page.hasSuffix("<body>\n<main>\n<p>x</p>\n</main>\n</body>\n</html>\n"))
        for word in ["<script", "<link", "src=", "@import", "http"] { #expect(!page.contains(word), "\(word)") }
    }

    @Test func `a script comes after what it works on`() {
        let page = PageShell(title: "", script: "run()").html("<p>x</p>")
        #expect(page.hasSuffix("<p>x</p>\n</main>\n<script>run()</script>\n</body>\n</html>\n"))
    }

    @Test func `a wide page says so to its style`() {
        #expect(PageShell(title: "", isWide: true).html("").contains("<main class=\"wide\">"))
    }

    @Test func `a page fits a telephone, by day and by night`() {
        let page = PageShell(title: "").html("")
        #expect(page.contains("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"))
        #expect(page.contains("<meta name=\"color-scheme\" content=\"light dark\">"))
        #expect(page.contains("<style>\(PageShell.style)</style>"))
        #expect(PageShell.style.contains("@media(prefers-color-scheme:dark)"))
    }

    @Test(arguments: [
        ("Stop the harm now", "stop-the-harm-now"), ("Log lines", "log-lines"), ("Über 9", "-ber-9"),
        ("\"><b>", "---b-"),
    ])
    func `a heading's id is letters, digits and hyphens`(_ title: String, _ anchor: String) {
        #expect(title.headingAnchor == anchor)
    }
}
