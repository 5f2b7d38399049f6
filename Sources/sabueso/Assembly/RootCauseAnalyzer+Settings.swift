import RootCause
import Settings

extension RootCauseAnalyzer {
    init(_ settings: Settings) {
        self.init(
            options: Options(
                minimumConfidence: settings.analysis.minimumConfidence, metricMeanings: settings.metricMeanings,
                signatures: settings.signatures, slowBuildFloor: settings.analysis.slowBuildFloor))
    }
}
