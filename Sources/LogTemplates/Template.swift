/// Names a template among those that one miner found: they are numbered in the order in which they were first seen.
package struct TemplateID: Hashable, Comparable, Sendable {
    package let index: Int

    package init(_ index: Int) {
        self.index = index
    }

    package static func < (left: TemplateID, right: TemplateID) -> Bool { left.index < right.index }
}

/// Names a form that a miner saw: what is left of a line when its variables are masked. One template can have several.
package struct FormID: Hashable, Sendable {
    /// Small, because a reader may keep one for every line of a log.
    let number: Int32
}

/// What lines that differ only in their variables have in common.
package struct Template: Hashable, Sendable {
    /// What stands for a variable in a template's text.
    package static let variable = "<*>"

    package let id: TemplateID
    /// The words, `<*>` where lines differ: `Cannot contact <*>: hudson.remoting.ChannelClosedException`.
    package let text: String
    /// How many lines were added to it.
    package let count: Int
    /// The first line that was added to it, at most `exampleBytes` of it, without colours.
    package let example: String

    /// More of a line is no example but an attachment.
    package static let exampleBytes = MaskedLine.maximumBytes

    package init(id: TemplateID, text: String, count: Int, example: String) {
        self.id = id
        self.text = text
        self.count = count
        self.example = example
    }
}

/// The templates of all lines that a miner was given.
package struct MinedTemplates: Sendable {
    /// By their ids, which are their places.
    package let templates: [Template]
    /// Lines for whose template there was no room: the last template, "<*>", is theirs. 0 when there is none such.
    package let rest: Int
    private let templateOfForm: [Int32]

    init(templates: [Template], rest: Int, templateOfForm: [Int32]) {
        self.templates = templates
        self.rest = rest
        self.templateOfForm = templateOfForm
    }

    /// The template of the lines for which the miner gave this form.
    package func id(of form: FormID) -> TemplateID { TemplateID(Int(templateOfForm[Int(form.number)])) }

    /// The template of the lines for which the miner gave this form.
    package func template(of form: FormID) -> Template { templates[id(of: form).index] }
}
