/// The pipelines of a company, as many as a world needs.
enum JobCatalogue {
    private static let products: [(folder: String, name: String, trade: AgentTemplate.Trade)] = [
        ("payments", "checkout-api", .maven), ("payments", "ledger", .maven), ("shop", "storefront", .node),
        ("shop", "catalog", .maven), ("search", "indexer", .go), ("search", "ranking", .go),
        ("mobile", "gateway", .maven), ("web", "landing", .node), ("identity", "login", .maven),
        ("billing", "invoices", .maven), ("platform", "base-images", .docker), ("platform", "service-mesh", .go),
        ("infra", "terraform-live", .terraform), ("risk", "scoring", .docker), ("logistics", "routing", .go),
    ]

    /// Pull requests, main branches and releases of about two thirds of the products.
    static func jobs(_ cloud: Cloud, _ random: inout SplitMix) -> [WorldJob] {
        let templates = templates(cloud, &random)
        var jobs: [WorldJob] = []
        for product in products where product.trade != .maven || random.number(0...3) > 0 {
            guard let template = templates[product.trade] else { continue }
            var branches = ["main"]
            if random.number(0...2) > 0 { branches.append("PR-\(random.number(11...940))") }
            if random.number(0...3) == 0 { branches.append("release-\(random.number(1...7)).\(random.number(0...9))") }
            for branch in branches {
                jobs.append(
                    WorldJob(
                        fullName: "\(product.folder)/\(product.name)/\(branch)", template: template,
                        repository: "git.example.com/\(product.folder)/\(product.name)",
                        firstNumber: branch.hasPrefix("PR-") ? random.number(1...6) : random.number(40...1900)))
            }
        }
        return jobs
    }

    static func templates(_ cloud: Cloud, _ random: inout SplitMix) -> [AgentTemplate.Trade: AgentTemplate] {
        let tag = "\(random.number(2...5)).\(random.number(0...18)).\(random.number(0...9))"
        let trades: [(AgentTemplate.Trade, String, Cloud.Pool)] = [
            (.maven, "maven", .spot), (.node, "nodejs", .spot), (.go, "golang", .spot), (.docker, "docker", .build),
            (.terraform, "terraform", .build),
        ]
        return Dictionary(
            trades.map { trade, label, pool in
                (
                    trade,
                    AgentTemplate(
                        label: label, trade: trade, pool: cloud.name(of: pool),
                        image: "registry.example.com/ci/\(label)-agent:\(tag)", container: label)
                )
            }, uniquingKeysWith: { first, _ in first })
    }
}
