import Scenarios
import Telemetry

/// The times of a request, read and refused as Prometheus does.
enum PrometheusTimes {
    /// Points of a series that Prometheus gives at once.
    private static let maximumPoints: Int64 = 11_000

    struct Range {
        let start: Timestamp
        let end: Timestamp
        let step: Duration

        var instants: [Timestamp] {
            var instants: [Timestamp] = []
            var instant = start
            while instant <= end {
                instants.append(instant)
                instant = instant + step
            }
            return instants
        }
    }

    static func range(_ request: LabRequest) throws(PrometheusRefusal) -> Range {
        let start = try instant(request, "start")
        let end = try instant(request, "end")
        guard start <= end else {
            throw .badData("invalid parameter \"end\": end timestamp must not be before start time")
        }
        let text = request.parameter("step") ?? ""
        guard let step = Double(text).flatMap(seconds) ?? GoNumbers.duration(text) else {
            throw .badData("invalid parameter \"step\": cannot parse \"\(text)\" to a valid duration")
        }
        guard step > .zero else {
            throw .badData(
                "invalid parameter \"step\": zero or negative query resolution step widths are not accepted. "
                    + "Try a positive integer")
        }
        guard (end - start).nanoseconds / step.nanoseconds <= maximumPoints else {
            throw .badData(
                "exceeded maximum resolution of 11,000 points per timeseries. "
                    + "Try decreasing the query resolution (?step=XX)")
        }
        return Range(start: start, end: end, step: step)
    }

    /// Of an instant query; nil: now.
    static func time(_ request: LabRequest) throws(PrometheusRefusal) -> Timestamp? {
        guard let text = request.parameter("time") else { return nil }
        guard let time = instant(text) else {
            throw .badData(
                "invalid parameter \"time\": Invalid time value for 'time': cannot parse \"\(text)\" to a valid timestamp"
            )
        }
        return time
    }

    private static func instant(_ request: LabRequest, _ name: String) throws(PrometheusRefusal) -> Timestamp {
        let text = request.parameter(name) ?? ""
        guard let instant = instant(text) else {
            throw .badData("invalid parameter \"\(name)\": cannot parse \"\(text)\" to a valid timestamp")
        }
        return instant
    }

    private static func instant(_ text: String) -> Timestamp? {
        Double(text).flatMap(seconds).map { Timestamp(seconds: 0) + $0 } ?? Timestamp(rfc3339: text)
    }

    /// To the millisecond, as Prometheus keeps time; nil beyond the year 2262.
    private static func seconds(_ number: Double) -> Duration? {
        guard number.magnitude < 9_223_372_036 else { return nil }
        return .milliseconds(Int64((number * 1000).rounded()))
    }
}

/// An answer of Prometheus' that is an error.
struct PrometheusRefusal: Error {
    let answer: LabAnswer

    init(_ status: Int, _ type: String, _ words: String) {
        let body: JSON = ["status": "error", "errorType": .string(type), "error": .string(words)]
        answer = LabAnswer(status: status, contentType: "application/json", body: Array(body.compact.utf8))
    }

    static func badData(_ words: String) -> PrometheusRefusal { PrometheusRefusal(400, "bad_data", words) }
}
