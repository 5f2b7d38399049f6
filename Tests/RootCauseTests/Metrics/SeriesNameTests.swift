import Settings
import Telemetry
import Testing

@testable import RootCause

struct SeriesNameTests {
    @Test(arguments: SeriesName.allCases)
    func `every series that is known by its name is asked for under that name`(name: SeriesName) throws {
        let query = try #require(MetricQuery.builtIn.first { $0.name == name.rawValue })
        #expect(query.promQL.contains(name.metric))
    }

    @Test func `a series is known by its query's name and by the metric's own`() {
        func series(_ name: String) -> MetricSeries { MetricSeries(name: name, labels: [:], samples: []) }
        #expect(SeriesName(series("container_restarts")) == .containerRestarts)
        #expect(SeriesName(series("kube_pod_container_status_restarts_total")) == .containerRestarts)
        #expect(SeriesName(series("kube_node_created")) == nil)
        #expect(!series("kube_node_info").isCalled(.nodeLabels))
    }
}
