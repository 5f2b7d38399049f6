import Languages
import RootCause

/// What happened, as a clause: "spot node aks-spot-3 was preempted".
struct CauseEvent: Hashable {
    /// As it stands inside a sentence.
    let clause: Phrase
    /// Whether it begins with a name, which keeps its own spelling even at the head of a sentence.
    let beginsWithName: Bool
    /// Whether it is what was seen, and no guess at what made it so.
    var isSeen = false

    /// As it stands at the head of a sentence.
    var sentence: Phrase { beginsWithName ? clause : clause.capitalized }

    init(_ clause: Phrase, beginsWithName: Bool = false) {
        self.clause = clause
        self.beginsWithName = beginsWithName
    }

    /// Where builds are what has become slow, the reader hears of their jobs and not of the service that traces them.
    init(slowJobs jobs: [String]) {
        self.init("builds of \(Quantities.list(jobs, limit: 2)) are slow")
        isSeen = true
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
        self.init(
            name.isEmpty
                ? "a spot node went away (no event says why)" : "spot node \(name) went away (no event says why)")
    }

    /// Kubernetes' names go up to 253; on a telephone a line has about 40.
    private static let nameLimit = 60

    private static func infrastructure(_ cause: Cause, _ kind: Hypothesis.Subject.Kind, _ name: String) -> CauseEvent {
        let named = !name.isEmpty
        return switch cause {
        case .spotEviction: CauseEvent(named ? "spot node \(name) was preempted" : "a spot node was preempted")
        case .nodeLost: CauseEvent(named ? "node \(name) was lost" : "a node was lost")
        case .nodePressureEviction:
            CauseEvent(named ? "node \(name) ran short and evicted pods" : "a node ran short and evicted pods")
        default:
            CauseEvent(
                !named
                    ? "a disk is full"
                    : kind == .pod ? "the disk of pod \(name) is full" : "the disk of node \(name) is full")
        }
    }

    private static func agent(_ cause: Cause, _ name: String) -> CauseEvent {
        let named = !name.isEmpty
        return switch cause {
        case .agentOOMKilled: CauseEvent(named ? "agent \(name) ran out of memory" : "an agent ran out of memory")
        case .imagePullFailure:
            CauseEvent(named ? "image \(name) could not be pulled" : "an image could not be pulled")
        case .agentUnschedulable:
            CauseEvent(named ? "there is no room for agents in \(name)" : "there is no room for new agents")
        case .volumeMountFailure:
            CauseEvent(named ? "volume \(name) could not be mounted" : "a volume could not be mounted")
        default: CauseEvent(named ? "agent \(name) lost its connection" : "an agent lost its connection")
        }
    }

    private static func controller(_ cause: Cause, _ name: String) -> CauseEvent {
        let named = !name.isEmpty
        return switch cause {
        case .controllerRestart:
            CauseEvent(named ? "Jenkins controller \(name) restarted" : "the Jenkins controller restarted")
        case .controllerOOMKilled:
            CauseEvent(
                named ? "Jenkins controller \(name) ran out of memory" : "the Jenkins controller ran out of memory")
        default:
            CauseEvent(named ? "Jenkins controller \(name) is overloaded" : "the Jenkins controller is overloaded")
        }
    }

    private static func job(_ cause: Cause, _ name: String) -> CauseEvent {
        let named = !name.isEmpty
        return switch cause {
        case .stageTimeout:
            CauseEvent(
                named ? "\(name) ran into its time limit" : "a stage ran into its time limit", beginsWithName: named)
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
        return switch cause {
        case .latencyRegression:
            CauseEvent(named ? "\(name) has become slow" : "a service has become slow", beginsWithName: named)
        case .badDeploy:
            CauseEvent(named ? "the new version of \(name) is bad" : "the new version of a service is bad")
        case .resourceSaturation:
            CauseEvent(
                named ? "\(name) has reached its resource limit" : "a service has reached its resource limit",
                beginsWithName: named)
        case .trafficSurge:
            CauseEvent(
                named ? "\(name) gets far more traffic than before" : "a service gets far more traffic than before",
                beginsWithName: named)
        case .telemetryGap:
            CauseEvent(named ? "\(name) sends no traces" : "a service sends no traces", beginsWithName: named)
        case .faultyInstance: CauseEvent(named ? "pod \(name) fails, its siblings do not" : "one pod fails")
        default: CauseEvent(named ? "\(name) fails" : "a dependency fails", beginsWithName: named)
        }
    }
}
