import Backends
import FoundationEssentials
import Scenarios
import Telemetry
import TestSupport
import Testing

/// The labelled scenarios that are kept as folders beside those of the demo.
@Suite struct SmallScenarioTests {
    private static let scenarios = SmallScenarios.all
    private static let parent = "Tests/Fixtures/Scenarios"

    @Test(arguments: scenarios.indices)
    func `the committed folder is what the generator makes, byte for byte, with its label`(_ index: Int) throws {
        let scenario = Self.scenarios[index]
        let folder = "\(Self.parent)/\(scenario.folderName)"
        if ProcessInfo.processInfo.environment["SABUESO_UPDATE_GOLDEN"] == "1" {
            try CaseWriter.write(scenario.files, to: Repository.path(folder))
        }
        #expect(try Repository.names(in: folder) == scenario.files.map(\.name))
        for file in scenario.files {
            let committed = try Repository.text("\(folder)/\(file.name)")
            #expect(committed == file.text, "\(folder)/\(file.name): SABUESO_UPDATE_GOLDEN=1 make test writes it")
        }
    }

    @Test func `one is plain, one lacks evidence, one only looks like it, and there is no other folder`() throws {
        #expect(Set(Self.scenarios.map(\.variant)) == Set(LabelledScenario.Variant.allCases))
        let names = Self.scenarios.map(\.folderName) + Scenario.all.map(\.name)
        #expect(try Repository.names(in: Self.parent) == names.sorted())
    }

    @Test(arguments: scenarios.indices)
    func `it is small, has ordinary work around it, and tells the truth in one file only`(_ index: Int) throws {
        let scenario = Self.scenarios[index]
        #expect(scenario.files.reduce(0) { $0 + $1.text.utf8.count } < 250_000)
        let healthy = scenario.scenario.evidence.traces.compactMap(\.root).count {
            $0.name.hasPrefix("BUILD ") && $0.status == .ok
        }
        #expect(healthy >= 8)
        for file in scenario.files where file.name != "label.yaml" && scenario.label != .unknown {
            #expect(!file.text.contains(scenario.label.cause), "\(file.name)")
        }
        let label = try #require(scenario.files.first { $0.name == "label.yaml" }).text
        #expect(label.contains(#"cause: "\#(scenario.label.cause)""#))
        #expect(label.contains(#"name: "\#(scenario.label.subjectName)""#))
    }

    @Test(arguments: scenarios.indices)
    func `what is read from the folder is the evidence that was written`(_ index: Int) throws {
        let scenario = Self.scenarios[index]
        let read = try CaseFolder(path: Repository.path("\(Self.parent)/\(scenario.folderName)")).load()
        let written = scenario.scenario.evidence
        #expect(read.evidence.window == written.window && read.evidence.baseline == written.baseline)
        #expect(read.evidence.logs.count == written.logs.count)
        #expect(Set(read.evidence.traces.map(\.id)) == Set(written.traces.map(\.id)))
        #expect(read.evidence.events.count == written.events.count)
        #expect(read.evidence.wasFetched(.events) == written.wasFetched(.events))
    }
}
