import FoundationEssentials

/// The program under test, as the build left it beside the tests.
package enum BuiltProgram {
    package static func path(_ name: String = "sabueso") throws -> String {
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let folder = tests.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let path = "\(folder)/\(name)"
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw TestFailure("\(path) was not built")
        }
        return path
    }
}
