/// Adaptive Cards 1.4 as its documentation has them, less what a webhook to Teams cannot use.
///
/// Left out are inputs, `Action.Submit` and `Action.Execute`, which need a bot to answer to, and `Media`, which Teams
/// does not show. Source: https://adaptivecards.io/explorer
enum CardForms {
    static let version = "1.4"

    /// The forms that hold each other.
    static let names: [String: JSONForm] = [
        "card": .kinds(["AdaptiveCard": card]), "element": .kinds(elements), "column": .kinds(["Column": column]),
        "action": .kinds(actions), "selectAction": .kinds(actions.filter { $0.key != "Action.ShowCard" }),
    ]

    static let envelope = JSONForm.record([
        .required("type", .word(["message"])),
        .required(
            "attachments",
            .list(
                .record([
                    .required("contentType", .word(["application/vnd.microsoft.card.adaptive"])),
                    .optional("contentUrl", .null), .required("content", .named("card")),
                ]), 1...1)),
    ])

    // MARK: Values

    private static let most = 1 << 16
    private static let text = JSONForm.text(0...most)
    private static let link = JSONForm.address(["https://", "http://"], 1...most)
    private static let sizes: Set<String> = ["default", "small", "medium", "large", "extralarge"]
    private static let spacing = JSONForm.anyCase(sizes.union(["none", "padding"]))
    private static let sides = JSONForm.anyCase(["left", "center", "right"])
    private static let heights = JSONForm.anyCase(["top", "center", "bottom"])
    private static let containerStyle = JSONForm.anyCase([
        "default", "emphasis", "good", "attention", "warning", "accent",
    ])
    private static let colours = JSONForm.anyCase([
        "default", "dark", "light", "accent", "good", "warning", "attention",
    ])

    // MARK: Cards

    private static let card: [JSONForm.Member] = [
        .optional("$schema", .word(["http://adaptivecards.io/schemas/adaptive-card.json"])),
        .optional("version", .text(1...8)), .optional("body", .list(.named("element"), 0...most)),
        .optional("actions", .list(.named("action"), 0...most)), .optional("selectAction", .named("selectAction")),
        .optional("fallbackText", text), .optional("speak", text), .optional("lang", .text(2...2)),
        .optional("minHeight", text), .optional("verticalContentAlignment", heights),
        .optional("backgroundImage", link),
        .optional(
            "msteams",
            .record([
                .optional("width", .word(["Full"])), .optional("entities", .list(mention, 0...most)),
            ])),
    ]

    /// Source: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-format
    private static let mention = JSONForm.kinds([
        "mention": [
            .required("text", .address(["<at>"], 1...most)),
            .required("mentioned", .record([.required("id", .text(1...most)), .required("name", .text(1...most))])),
        ]
    ])

    // MARK: Elements

    private static let common: [JSONForm.Member] = [
        .optional("id", .text(1...most)), .optional("isVisible", .flag), .optional("separator", .flag),
        .optional("spacing", spacing), .optional("height", .anyCase(["auto", "stretch"])),
        .optional("fallback", .either([.word(["drop"]), .named("element")])), .optional("requires", .anything),
    ]

    private static let textStyle: [JSONForm.Member] = [
        .required("text", text), .optional("color", colours),
        .optional("fontType", .anyCase(["default", "monospace"])),
        .optional("isSubtle", .flag), .optional("size", .anyCase(sizes)),
        .optional("weight", .anyCase(["default", "lighter", "bolder"])),
    ]

    private static let container: [JSONForm.Member] = [
        .optional("selectAction", .named("selectAction")), .optional("style", containerStyle),
        .optional("verticalContentAlignment", heights), .optional("bleed", .flag), .optional("backgroundImage", link),
        .optional("minHeight", text),
    ]

    private static let column: [JSONForm.Member] =
        common + container + [
            .optional("items", .list(.named("element"), 0...most)), .optional("width", .either([.number, text])),
        ]

    private static let elements: [String: [JSONForm.Member]] = [
        "TextBlock": common + textStyle + [
            .optional("horizontalAlignment", sides), .optional("maxLines", .number), .optional("wrap", .flag),
        ],
        "RichTextBlock": common + [
            .required("inlines", .list(.either([.kinds(["TextRun": textRun]), text]), 0...most)),
            .optional("horizontalAlignment", sides),
        ],
        "FactSet": common + [
            .required("facts", .list(.record([.required("title", text), .required("value", text)]), 0...most))
        ],
        "Container": common + container + [.required("items", .list(.named("element"), 0...most))],
        "ColumnSet": common + [
            .optional("columns", .list(.named("column"), 0...most)), .optional("selectAction", .named("selectAction")),
            .optional("style", containerStyle), .optional("bleed", .flag), .optional("minHeight", text),
            .optional("horizontalAlignment", sides),
        ],
        "Image": common + [
            .required("url", link), .optional("altText", text), .optional("backgroundColor", text),
            .optional("size", .anyCase(["auto", "stretch", "small", "medium", "large"])), .optional("width", text),
            .optional("style", .anyCase(["default", "person"])), .optional("horizontalAlignment", sides),
            .optional("selectAction", .named("selectAction")),
        ],
        "ImageSet": common + [
            .required("images", .list(.named("element"), 0...most)),
            .optional("imageSize", .anyCase(["auto", "stretch", "small", "medium", "large"])),
        ],
        "ActionSet": common + [.required("actions", .list(.named("action"), 0...most))],
    ]

    private static let textRun: [JSONForm.Member] =
        textStyle + [
            .optional("highlight", .flag), .optional("italic", .flag), .optional("strikethrough", .flag),
            .optional("underline", .flag), .optional("selectAction", .named("selectAction")),
        ]

    // MARK: Actions

    private static let commonAction: [JSONForm.Member] = [
        .optional("title", text), .optional("iconUrl", link),
        .optional("style", .anyCase(["default", "positive", "destructive"])), .optional("requires", .anything),
        .optional("fallback", .either([.word(["drop"]), .named("action")])),
    ]

    private static let actions: [String: [JSONForm.Member]] = [
        "Action.OpenUrl": commonAction + [.required("url", link)],
        "Action.ToggleVisibility": commonAction + [.required("targetElements", .list(target, 1...most))],
        "Action.ShowCard": commonAction + [.required("card", .named("card"))],
    ]

    private static let target = JSONForm.either([
        .text(1...most),
        .record([
            .optional("type", .word(["TargetElement"])), .required("elementId", .text(1...most)),
            .optional("isVisible", .either([.flag, .null])),
        ]),
    ])
}
