/// A pipeline, and the agents that it asks for.
struct WorldJob: Hashable {
    /// `payments/checkout-api/main`, `shop/storefront/PR-184`, `infra/terraform-live`.
    let fullName: String
    let template: AgentTemplate
    /// Where its sources are: `github.example.com/shop/storefront`.
    let repository: String
    /// The number of its first build in the time that is looked at.
    let firstNumber: Int

    var branch: String { String(fullName.split(separator: "/").last ?? "main") }

    /// Below the controller's address.
    var path: String { fullName.split(separator: "/").map { "job/\($0)/" }.joined() }

    /// The plugin names the root of a pull request's build with this placeholder, literally.
    var rootName: String {
        guard let slash = fullName.lastIndex(of: "/"), fullName[slash...].hasPrefix("/PR-") else {
            return "BUILD \(fullName)"
        }
        return "BUILD \(fullName[..<slash])/PR-{number}"
    }

    var displayName: String { fullName.split(separator: "/").joined(separator: " » ") }

    var workspace: String { "/home/jenkins/agent/workspace/" + fullName.replacing("/", with: "_") }
}

/// A pod template of the Kubernetes plugin: its name begins the agents' names and is the label that pipelines ask for.
struct AgentTemplate: Hashable {
    enum Trade: Hashable { case maven, node, go, docker, terraform }

    let label: String
    let trade: Trade
    /// The node pool that its pods are selected for, as the cloud has it.
    let pool: String
    let image: String
    /// The container that the steps run in, beside `jnlp`.
    let container: String
}
