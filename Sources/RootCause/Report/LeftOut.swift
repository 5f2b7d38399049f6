import Languages
import Telemetry

/// What of the evidence was there and could not be looked at as it is, in sentences that reach the reader.
///
/// Everything comes from outside and may be of any size and shape: limits bound what it costs, and where one bites, the
/// reader hears of it. In usual evidence there is nothing to say.
enum LeftOut {
    static func gaps(in scene: Scene) -> [Gap] {
        traces(scene).map { Gap(.traces, $0, isTotal: false) }
            + logs(scene.logs.leftOut).map { Gap(.logs, $0, isTotal: false) }
    }

    private static func traces(_ scene: Scene) -> [Phrase] {
        let left = scene.spans.leftOut
        var sentences: [Phrase] = []
        if left.unnamed > 0 {
            sentences.append(
                left.unnamed == 1
                    ? "there are more than \(SpanTable.mostOperations) span names: \(1) span shares one name"
                    : "there are more than \(SpanTable.mostOperations) span names: \(left.unnamed) spans share one name"
            )
        }
        if left.withoutSite > 0 {
            sentences.append(
                "calls are nested in more than \(SpanTable.mostSites) ways: the rest is told apart by its names alone")
        }
        if scene.stepsLeftOut > 0 {
            sentences.append(
                "requests take more than \(Flow.mostPairs) different steps; \(Words.count(scene.stepsLeftOut, "further step")) were not compared"
            )
        }
        if Reach.isTooLarge(for: scene.spans) {
            sentences.append(
                "there are too many services and operations to note which takes part in which: symptoms may be taken for causes"
            )
        }
        if left.rings > 0 {
            sentences.append(
                "spans that name each other as parents were cut apart in \(Words.count(left.rings, "place"))")
        }
        if left.rivals > 0 {
            sentences.append(
                "\(spans(left.rivals)) left out: another one of the same trace has the same id and lasts longer")
        }
        if left.backwards > 0 {
            sentences.append(
                left.backwards == 1
                    ? "\(1) span ends before it begins: its duration is taken for 0"
                    : "\(left.backwards) spans end before they begin: their duration is taken for 0")
        }
        if left.outside > 0 {
            let traces = Words.count(scene.spans.traces.count, "trace")
            sentences.append(
                "not compared: \(left.outside) of \(traces), neither of the window nor of the time before")
        }
        if scene.spans.tracesInWindow > 0, scene.spans.tracesBefore == 0 {
            sentences.append(
                "there are no traces from the time before: nothing could be compared, only failures themselves were seen"
            )
        }
        if scene.evidence.baseline.overlaps(scene.evidence.window) {
            sentences.append("the time to compare with overlaps the window: only what lies outside of it was compared")
        }
        return sentences
    }

    static func logs(_ left: LogTable.LeftOut) -> [Phrase] {
        var sentences: [Phrase] = []
        if left.cut > 0 {
            sentences.append(
                "of \(Words.count(left.cut, "log line")) of more than \(LongLine.mostBytes >> 10) KiB only the beginning was read"
            )
        }
        if left.withoutTemplate > 0 {
            sentences.append(
                "the log has too many kinds of lines; \(Words.count(left.withoutTemplate, "line")) of the rarest were taken together"
            )
        }
        return sentences
    }

    private static func spans(_ count: Int) -> Phrase { Words.count(count, "span") }
}
