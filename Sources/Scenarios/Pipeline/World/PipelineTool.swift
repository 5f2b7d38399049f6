/// What a pipeline builds with: it decides the stages, the wordings and where packages come from.
enum PipelineTool: Hashable, CaseIterable {
    case maven, gradle, npm, yarn, go, python, cargo, docker

    /// Whose agents it runs on.
    var trade: AgentTemplate.Trade {
        switch self {
        case .maven, .gradle: .maven
        case .npm, .yarn: .node
        case .go: .go
        case .python, .cargo, .docker: .docker
        }
    }

    /// What a build does after its checkout, in this order.
    var phases: [Phase] {
        switch self {
        case .maven, .gradle, .go, .cargo: [.build, .test]
        case .npm, .yarn, .python: [.resolve, .build, .test]
        case .docker: [.build, .publish]
        }
    }

    /// Where packages are fetched.
    var downloadPhase: Phase { phases.contains(.resolve) ? .resolve : .build }

    /// Those that run tests in a stage of their own.
    static let testing: [PipelineTool] = [.maven, .gradle, .npm, .yarn, .go, .python, .cargo]

    enum Phase: Hashable {
        case checkout, resolve, build, test, publish
    }
}

/// A pipeline with what it builds with and how its author named its stages and steps.
struct PipelineJob: Hashable {
    let job: WorldJob
    let tool: PipelineTool
    let remote: GitRemote
    let stages: [PipelineTool.Phase: String]
    /// The labels of the `sh` steps; a step without one is called `Shell Script`.
    let labels: [PipelineTool.Phase: String]

    var fullName: String { job.fullName }
    /// `rules-engine` of `pricing/rules-engine/main`.
    var module: String { String(job.fullName.split(separator: "/").dropLast().last ?? "app") }

    func stage(_ phase: PipelineTool.Phase) -> String {
        phase == .checkout ? "Declarative: Checkout SCM" : stages[phase] ?? "Build"
    }

    func label(_ phase: PipelineTool.Phase) -> String { labels[phase] ?? "Shell Script" }
}

/// Where a job's sources are and with what they are fetched.
struct GitRemote: Hashable {
    let host: String
    /// `pricing/rules-engine`.
    let path: String
    let usesSSH: Bool
    /// The id of the credential in Jenkins.
    let credential: String

    var url: String { usesSSH ? "git@\(host):\(path).git" : "https://\(host)/\(path).git" }
}

/// How a build breaks: in which phase, and what it prints.
struct Breakage: Hashable {
    var phase: PipelineTool.Phase
    /// Printed over the whole time of the step.
    var printed: [String]
    /// The last lines, close together.
    var lines: [String]
    var exception = "hudson.AbortException"
    var message = "script returned exit code 1"
    /// How long the step takes until it breaks.
    var seconds: ClosedRange<Int> = 12...60
    /// What the step is called when it is not the phase's usual one.
    var step: (type: String, title: String)? {
        get { stepType.isEmpty ? nil : (stepType, stepTitle) }
        set { (stepType, stepTitle) = newValue ?? ("", "") }
    }

    private var stepType = ""
    private var stepTitle = ""

    init(_ phase: PipelineTool.Phase, printed: [String] = [], lines: [String]) {
        self.phase = phase
        self.printed = printed
        self.lines = lines
    }
}
