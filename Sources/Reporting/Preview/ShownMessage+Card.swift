extension ShownMessage {
    /// An Adaptive Card.
    ///
    /// Source: https://adaptivecards.io/explorer
    init(card: WireJSON) {
        let reader = CardReader(card)
        let body = card["body"]?.items.flatMap(reader.blocks) ?? []
        let actions = reader.buttons(card["actions"])
        var notification = ""
        if case .text(let lines, _, _)? = body.first { notification = lines.joined().map(\.text).joined() }
        self.init(
            platform: .teams, notification: notification,
            blocks: body + (actions.isEmpty ? [] : [.buttons(actions)]))
    }
}

/// Reads the elements of one card, which may refer to each other.
private struct CardReader {
    private let mentions: Set<String>
    /// What unfolds an element, by the element's id.
    private let toggles: [String: String]

    init(_ card: WireJSON) {
        mentions = Set((card["msteams"]?["entities"]?.items ?? []).compactMap { $0["text"]?.string })
        var toggles: [String: String] = [:]
        for action in card.all where action["type"]?.string == "Action.ToggleVisibility" {
            for target in action["targetElements"]?.items ?? [] {
                if let id = target.string ?? target["elementId"]?.string { toggles[id] = action["title"]?.string }
            }
        }
        self.toggles = toggles
    }

    func blocks(_ element: WireJSON) -> [ShownMessage.Block] {
        let shown = visible(element)
        guard element["isVisible"] == .bool(false) else { return shown }
        return element["id"]?.string.flatMap { toggles[$0] }.map { [.folded($0, shown)] } ?? []
    }

    func buttons(_ actions: WireJSON?) -> [ShownMessage.Button] {
        (actions?.items ?? []).compactMap { action in
            guard action["type"]?.string != "Action.ToggleVisibility" else { return nil }
            return action["title"]?.string.map { .init(title: $0, url: action["url"]?.string) }
        }
    }

    private func visible(_ element: WireJSON) -> [ShownMessage.Block] {
        switch element["type"]?.string {
        case "TextBlock":
            return [.text([line(element["text"])], look(of: element), isClose: element["spacing"]?.string == "None")]
        case "FactSet":
            return [
                .facts(
                    (element["facts"]?.items ?? []).map { .init(title: line($0["title"]), value: line($0["value"])) })
            ]
        case "Container": return (element["items"]?.items ?? []).flatMap(blocks)
        case "ColumnSet":
            return (element["columns"]?.items ?? []).flatMap { $0["items"]?.items ?? [] }.flatMap(blocks)
        case "ActionSet":
            let buttons = buttons(element["actions"])
            return buttons.isEmpty ? [] : [.buttons(buttons)]
        case "Image": return [.picture(element["altText"]?.string ?? "")]
        default: return []
        }
    }

    private func line(_ text: WireJSON?) -> ShownMessage.Line {
        CardMarkup.line(of: text?.string ?? "", mentions: mentions)
    }

    private func look(of text: WireJSON) -> ShownMessage.Look {
        if text["fontType"]?.string == "Monospace" { return .monospaced }
        if text["color"]?.string == "Warning" { return .warning }
        if text["isSubtle"] == .bool(true) { return .quiet }
        return text["weight"]?.string == "Bolder" ? .headline : .body
    }
}
