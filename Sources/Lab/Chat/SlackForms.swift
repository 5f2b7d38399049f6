/// Block Kit as Slack documents it. Source: https://docs.slack.dev/reference/block-kit/blocks
enum SlackForms {
    static let maximumBlocks = 50
    private static let identifier = JSONForm.Member.optional("block_id", .text(1...255))
    private static let action = JSONForm.Member.optional("action_id", .text(1...255))
    private static let url = JSONForm.text(1...3000)

    static let blocks = JSONForm.list(.kinds(kinds), 0...maximumBlocks)

    private static let kinds: [String: [JSONForm.Member]] = [
        "header": [identifier, .required("text", plain(150))],
        "divider": [identifier],
        "section": [
            identifier, .optional("text", text(3000)), .optional("fields", .list(text(2000), 1...10)),
            .optional("accessory", element), .optional("expand", .flag),
        ],
        "context": [identifier, .required("elements", .list(contextElement, 1...10))],
        "actions": [identifier, .required("elements", .list(.kinds(actions), 1...25))],
        "context_actions": [identifier, .required("elements", .list(.kinds(contextActions), 1...5))],
        "image": [identifier, .optional("title", plain(2000))] + image,
        "markdown": [identifier, .required("text", .text(1...12_000))],
        "rich_text": [identifier, .required("elements", .list(.anything, 1...1000))],
    ]

    // MARK: Text

    private static func plain(_ limit: Int) -> JSONForm {
        .kinds(["plain_text": [.required("text", .text(1...limit)), .optional("emoji", .flag)]])
    }

    /// `emoji` belongs to plain text, `verbatim` to mrkdwn.
    private static func text(_ limit: Int) -> JSONForm {
        .kinds([
            "plain_text": [.required("text", .text(1...limit)), .optional("emoji", .flag)],
            "mrkdwn": [.required("text", .text(1...limit)), .optional("verbatim", .flag)],
        ])
    }

    // MARK: Elements

    private static let element = JSONForm.kinds(actions.merging(["image": image]) { first, _ in first })

    private static let contextElement = JSONForm.kinds([
        "plain_text": [.required("text", .text(1...3000)), .optional("emoji", .flag)],
        "mrkdwn": [.required("text", .text(1...3000)), .optional("verbatim", .flag)],
        "image": image,
    ])

    private static let image: [JSONForm.Member] = [
        .required("alt_text", .text(1...2000)), .optional("image_url", .address(["https://", "http://"], 1...3000)),
        .optional("slack_file", .record([.optional("id", .text(1...255)), .optional("url", url)])),
    ]

    private static let confirm = JSONForm.Member.optional(
        "confirm",
        .record([
            .required("title", plain(100)), .required("text", text(300)), .required("confirm", plain(30)),
            .required("deny", plain(30)), .optional("style", .word(["primary", "danger"])),
        ]))

    private static let actions: [String: [JSONForm.Member]] = [
        "button": [
            action, confirm, .required("text", plain(75)),
            .optional("url", .address(["https://", "http://"], 1...3000)),
            .optional("value", .text(1...2000)), .optional("style", .word(["primary", "danger"])),
            .optional("accessibility_label", .text(1...75)),
        ],
        "overflow": [action, confirm, .required("options", .list(option(isIn: "overflow"), 1...5))],
        "static_select": [
            action, confirm, .optional("placeholder", plain(150)), .optional("focus_on_load", .flag),
            .required("options", .list(option(isIn: "static_select"), 1...100)),
            .optional("initial_option", option(isIn: "static_select")),
        ],
    ]

    private static func option(isIn menu: String) -> JSONForm {
        let link: [JSONForm.Member] = menu == "overflow" ? [.optional("url", url)] : []
        return .record(
            link + [
                .required("text", plain(75)), .required("value", .text(1...150)), .optional("description", plain(75)),
            ])
    }

    private static let contextActions: [String: [JSONForm.Member]] = [
        "feedback_buttons": [
            action, .required("positive_button", thumb), .required("negative_button", thumb),
        ],
        "icon_button": [
            action, confirm, .required("icon", .word(["trash"])), .required("text", plain(75)),
            .optional("value", .text(1...2000)), .optional("accessibility_label", .text(1...75)),
            .optional("visible_to_user_ids", .list(.text(1...255), 1...100)),
        ],
    ]

    private static let thumb = JSONForm.record([
        .required("text", plain(75)), .required("value", .text(1...2000)),
        .optional("accessibility_label", .text(1...75)),
    ])
}
