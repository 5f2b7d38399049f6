package import Telemetry

/// Metric series as Prometheus' query API writes them.
package enum PrometheusForm {
    /// The body of a success.
    package static func success(_ type: String, _ result: JSON, warnings: [String] = []) -> JSON {
        .object(leavingOut: [
            "status": "success", "data": ["resultType": .string(type), "result": result],
            "warnings": warnings.isEmpty ? nil : .array(warnings.map { .string($0) }),
        ])
    }

    /// - Parameter name: whether the series' name stands among the labels.
    package static func labels(_ series: MetricSeries, named: Bool = true) -> JSON {
        .texts(named ? series.labels.merging(["__name__": series.name]) { $1 } : series.labels)
    }

    package static func matrix(_ series: [MetricSeries]) -> JSON {
        .array(series.map { ["metric": labels($0), "values": .array($0.samples.map(sample))] })
    }

    package static func sample(_ sample: MetricSeries.Sample) -> JSON {
        [instant(sample.at), .string(number(sample.value))]
    }

    /// Seconds, with three digits behind the point when it is no whole one.
    package static func instant(_ instant: Timestamp) -> JSON {
        let fraction = instant.milliseconds - instant.seconds * 1000
        guard fraction != 0 else { return .integer(instant.seconds) }
        let digits = String(fraction)
        return .number("\(instant.seconds)." + String(repeating: "0", count: 3 - digits.count) + digits)
    }

    /// As Go writes it: an exponent below 1e-6 and from 1e21 on, the shortest digits that are this number.
    package static func number(_ value: Double) -> String {
        guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-Inf" : "+Inf" }
        let sign = value.sign == .minus ? "-" : ""
        guard value != 0 else { return sign + "0" }
        // Swift writes the same digits, with an exponent at other sizes.
        let parts = "\(value.magnitude)".split(separator: "e")
        let point = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        var digits = point.joined()
        var exponent = point[0].count + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
        while digits.hasPrefix("0") {
            digits.removeFirst()
            exponent -= 1
        }
        while digits.hasSuffix("0") { digits.removeLast() }
        return sign + layout(digits, exponent)
    }

    /// - Parameter exponent: where the point is, counted from the first digit.
    private static func layout(_ digits: String, _ exponent: Int) -> String {
        let power = exponent - 1
        guard power >= -6, power < 21 else {
            let fraction = digits.count > 1 ? "." + digits.dropFirst() : ""
            let number = String(power.magnitude)
            return "\(digits.prefix(1))\(fraction)e\(power < 0 ? "-" : "+")\(number.count < 2 ? "0" : "")\(number)"
        }
        if exponent <= 0 { return "0." + String(repeating: "0", count: -exponent) + digits }
        if exponent >= digits.count { return digits + String(repeating: "0", count: exponent - digits.count) }
        return "\(digits.prefix(exponent)).\(digits.dropFirst(exponent))"
    }
}
