import Runbooks
import Testing

@Suite struct MarkdownTests {
    private func blocks(_ text: String) -> [MarkdownBlock] { Runbook(name: "x", text: text).blocks }

    @Test func `every kind of block that the pages use is read`() {
        let text = """
            # Title

            One line
            and its end.

            - first
            - second
              goes on

            1. one
            2. two

            | a | b |
            | --- | --- |
            | 1 | x \\| y |

            ```sh
            # no heading
            ls | wc -l

            pwd
            ```
            """
        #expect(
            blocks(text) == [
                .heading(level: 1, [.text("Title")]),
                .paragraph([.text("One line and its end.")]),
                .list(isOrdered: false, items: [[.text("first")], [.text("second goes on")]]),
                .list(isOrdered: true, items: [[.text("one")], [.text("two")]]),
                .table(header: [[.text("a")], [.text("b")]], rows: [[[.text("1")], [.text("x | y")]]]),
                .code(language: "sh", text: "# no heading\nls | wc -l\n\npwd"),
            ])
    }

    @Test func `blocks need no empty line between a paragraph and a list, a heading or code`() {
        #expect(
            blocks("a\n- b\n## c\nd\n```\ne\n```") == [
                .paragraph([.text("a")]), .list(isOrdered: false, items: [[.text("b")]]),
                .heading(level: 2, [.text("c")]), .paragraph([.text("d")]), .code(language: "", text: "e"),
            ])
    }

    @Test(
        arguments: [
            ("a `b *c*` d", [.text("a "), .code("b *c*"), .text(" d")]),
            ("*a* and **b `c`**", [.emphasis([.text("a")]), .text(" and "), .strong([.text("b "), .code("c")])]),
            ("[a `b`](c.md).", [.link(text: [.text("a "), .code("b")], target: "c.md"), .text(".")]),
            ("kube_pod_info and 2 * 3 * 4", [.text("kube_pod_info and 2 * 3 * 4")]),
            ("an open ` mark, [no link] and \\*no mark\\*", [.text("an open ` mark, [no link] and *no mark*")]),
        ] as [(String, [MarkdownInline])])
    func `marks inside of a line are read, and what is no mark is text`(line: String, parts: [MarkdownInline]) {
        #expect(blocks(line) == [.paragraph(parts)])
    }

    @Test(arguments: ["", "\n\n", "```", "|", "| a |\n| - |", "[](", "**", "# ", "1.", "- "])
    func `what is unfinished is read to its end`(text: String) {
        _ = blocks(text)
    }
}
