package import Alerts
import Languages
package import Signatures
package import Telemetry

/// Works out what the evidence says: evidence in, diagnosis out, nothing else.
///
/// Pure and deterministic: the same evidence, in whatever order its lists are, gives the same diagnosis.
package struct RootCauseAnalyzer: Sendable {
    package struct Options: Hashable, Sendable {
        /// What a hypothesis must reach to be called a cause; below it, `unknown` stands first.
        package var minimumConfidence: Double
        /// What metrics measure, by name, where the configuration says it; others are understood by their names.
        package var metricMeanings: [String: MetricMeaning]
        /// Known failures, by whose marks causes are told that no rule of their own has.
        package var signatures: [Signature]
        /// A build that takes less than this is never called slow.
        package var slowBuildFloor: Duration

        /// - Parameters:
        ///   - minimumConfidence: 0.4 is "possible" in the words that a person reads.
        ///   - slowBuildFloor: below five minutes nobody minds.
        package init(
            minimumConfidence: Double = 0.4, metricMeanings: [String: MetricMeaning] = [:],
            signatures: [Signature] = [], slowBuildFloor: Duration = .seconds(300)
        ) {
            self.minimumConfidence = minimumConfidence
            self.metricMeanings = metricMeanings
            self.signatures = signatures
            self.slowBuildFloor = slowBuildFloor
        }
    }

    private let options: Options

    package init(options: Options = Options()) {
        self.options = options
    }

    /// - Parameter alert: names the service that it is about. Its time comes late, and only says what cannot be the
    ///   beginning. nil when an investigation began without an alert.
    package func diagnose(_ evidence: Evidence, alert: AlertGroup?) -> Diagnosis {
        let scene = Scene(evidence, alert: alert, options: options)
        let namespaces = Namespaces(evidence)
        let hypotheses = Ranking.hypotheses(in: scene, minimumConfidence: options.minimumConfidence).map {
            var hypothesis = $0
            hypothesis.namespace = namespaces.namespace(of: $0.subject)
            return hypothesis
        }
        let suspects = Ranking.suspects(in: scene, hypotheses: hypotheses).map {
            var suspect = $0
            suspect.namespace = namespaces.namespace(of: $0)
            return suspect
        }
        let keyLines = KeyLines.choose(in: scene, hypotheses: hypotheses)
        let exemplar = ExemplarChoice.choose(in: scene, hypotheses: hypotheses)
        return Diagnosis(
            scope: evidence.scope, window: evidence.window, baseline: evidence.baseline, onset: scene.onset,
            hypotheses: hypotheses, suspects: suspects,
            timeline: Timeline.make(in: scene, keyLines: keyLines),
            impact: ImpactFigures.count(
                in: scene, hypotheses: hypotheses, minimumConfidence: options.minimumConfidence),
            gaps: (evidence.gaps + LeftOut.gaps(in: scene)).sorted {
                ($0.source.rawValue, $0.reason.english, $0.isTotal ? 1 : 0) < (
                    $1.source.rawValue, $1.reason.english, $1.isTotal ? 1 : 0
                )
            },
            samplings: evidence.samplings.sorted {
                ($0.source.rawValue, $0.taken, $0.total ?? -1) < ($1.source.rawValue, $1.taken, $1.total ?? -1)
            },
            keyLines: keyLines, exemplar: exemplar,
            outline: exemplar.flatMap { TraceOutlining.outline(of: $0, in: scene.spans) },
            course: CourseCounting.course(in: scene, hypotheses: hypotheses))
    }
}
