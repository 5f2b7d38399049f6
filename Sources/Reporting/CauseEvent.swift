import RootCause

/// What happened, as a clause: "spot node aks-spot-3 was preempted".
struct CauseEvent: Hashable {
    /// As it stands inside a sentence.
    let clause: String
    /// Whether it begins with a name, which keeps its own spelling even at the head of a sentence.
    let beginsWithName: Bool

    /// As it stands at the head of a sentence.
    var sentence: String {
        beginsWithName ? clause : clause.prefix(1).uppercased() + clause.dropFirst()
    }

    init(_ clause: String, beginsWithName: Bool = false) {
        self.clause = clause
        self.beginsWithName = beginsWithName
    }

    /// - Returns: nil for `unknown`: nothing is known to have happened.
    init?(_ cause: Cause, to subject: Hypothesis.Subject) {
        let name = subject.name.plainLine.cut(to: Self.nameLimit)
        switch cause {
        case .unknown: return nil
        case .spotEviction, .nodeLost, .nodePressureEviction, .diskFull:
            self = Self.infrastructure(cause, subject.kind, name)
        case .agentOOMKilled, .imagePullFailure, .agentUnschedulable, .agentDisconnected, .volumeMountFailure:
            self = Self.agent(cause, name)
        case .controllerRestart, .controllerOOMKilled, .controllerOverload:
            self = Self.controller(cause, name)
        case .stageTimeout, .buildFailure, .testFailure, .pipelineDefinitionError:
            self = Self.job(cause, name)
        case .scmFailure, .credentialFailure, .dependencyDownloadFailure, .dnsFailure, .certificateExpired:
            self = Self.outside(cause, subject.kind, name)
        case .dependencyFailure, .latencyRegression, .badDeploy, .resourceSaturation, .trafficSurge, .telemetryGap,
            .faultyInstance:
            self = Self.service(cause, name)
        }
    }

    /// A spot node that went without a notice.
    init(spotNodeGone subject: Hypothesis.Subject) {
        let name = subject.name.plainLine.cut(to: Self.nameLimit)
        self.init("\(name.isEmpty ? "a spot node" : "spot node \(name)") went away (no event says why)")
    }

    /// Kubernetes' names go up to 253; on a telephone a line has about 40.
    private static let nameLimit = 60

    private static func infrastructure(_ cause: Cause, _ kind: Hypothesis.Subject.Kind, _ name: String) -> CauseEvent {
        switch cause {
        case .spotEviction: CauseEvent(name.isEmpty ? "a spot node was preempted" : "spot node \(name) was preempted")
        case .nodeLost: CauseEvent(name.isEmpty ? "a node was lost" : "node \(name) was lost")
        case .nodePressureEviction:
            CauseEvent("\(name.isEmpty ? "a node" : "node \(name)") ran short and evicted pods")
        default:
            CauseEvent(name.isEmpty ? "a disk is full" : "the disk of \(kind == .pod ? "pod" : "node") \(name) is full")
        }
    }

    private static func agent(_ cause: Cause, _ name: String) -> CauseEvent {
        let agent = name.isEmpty ? "an agent" : "agent \(name)"
        return switch cause {
        case .agentOOMKilled: CauseEvent("\(agent) ran out of memory")
        case .imagePullFailure: CauseEvent("\(name.isEmpty ? "an image" : "image \(name)") could not be pulled")
        case .agentUnschedulable:
            CauseEvent(name.isEmpty ? "there is no room for new agents" : "there is no room for agents in \(name)")
        case .volumeMountFailure: CauseEvent("\(name.isEmpty ? "a volume" : "volume \(name)") could not be mounted")
        default: CauseEvent("\(agent) lost its connection")
        }
    }

    private static func controller(_ cause: Cause, _ name: String) -> CauseEvent {
        let controller = name.isEmpty ? "the Jenkins controller" : "Jenkins controller \(name)"
        return switch cause {
        case .controllerRestart: CauseEvent("\(controller) restarted")
        case .controllerOOMKilled: CauseEvent("\(controller) ran out of memory")
        default: CauseEvent("\(controller) is overloaded")
        }
    }

    private static func job(_ cause: Cause, _ name: String) -> CauseEvent {
        let named = !name.isEmpty
        return switch cause {
        case .stageTimeout:
            CauseEvent("\(named ? name : "a stage") ran into its time limit", beginsWithName: named)
        case .testFailure: CauseEvent(named ? "tests of \(name) fail" : "tests fail")
        case .pipelineDefinitionError:
            CauseEvent(named ? "the pipeline of \(name) has an error" : "a pipeline has an error")
        default: CauseEvent(named ? "the build of \(name) fails" : "a build fails")
        }
    }

    private static func outside(_ cause: Cause, _ kind: Hypothesis.Subject.Kind, _ name: String) -> CauseEvent {
        let named = !name.isEmpty
        return switch cause {
        case .scmFailure: CauseEvent(named ? "checkout from \(name) fails" : "checkout fails")
        case .credentialFailure where kind == .host:
            CauseEvent(named ? "\(name) refuses the credential" : "a credential is refused", beginsWithName: named)
        case .credentialFailure: CauseEvent(named ? "credential \(name) is refused" : "a credential is refused")
        case .dependencyDownloadFailure: CauseEvent(named ? "downloads from \(name) fail" : "downloads fail")
        case .dnsFailure: CauseEvent(named ? "the name \(name) cannot be resolved" : "names cannot be resolved")
        default: CauseEvent(named ? "the certificate of \(name) has expired" : "a certificate has expired")
        }
    }

    private static func service(_ cause: Cause, _ name: String) -> CauseEvent {
        let named = !name.isEmpty
        let service = named ? name : "a service"
        return switch cause {
        case .latencyRegression: CauseEvent("\(service) has become slow", beginsWithName: named)
        case .badDeploy: CauseEvent("the new version of \(service) is bad")
        case .resourceSaturation: CauseEvent("\(service) has reached its resource limit", beginsWithName: named)
        case .trafficSurge: CauseEvent("\(service) gets far more traffic than before", beginsWithName: named)
        case .telemetryGap: CauseEvent("\(service) sends no traces", beginsWithName: named)
        case .faultyInstance: CauseEvent(named ? "pod \(name) fails, its siblings do not" : "one pod fails")
        default: CauseEvent("\(named ? name : "a dependency") fails", beginsWithName: named)
        }
    }
}
