import TestSupport

/// The built program, run to its end.
struct Program: Sendable {
    let code: Int32
    /// Standard output and standard error together.
    let text: String

    init(_ command: String, arguments: [String]) async throws {
        let process = try ChildProcess(
            BuiltProgram.path(), [command] + arguments, environment: ["NO_COLOR": "1"], in: Repository.root)
        code = await process.exitCode()
        text = process.text
    }

    init(
        _ arguments: String..., environment: [String: String] = [:], in folder: String = Repository.root
    ) async throws {
        let process = try ChildProcess(
            BuiltProgram.path(), arguments, environment: environment.merging(["NO_COLOR": "1"]) { $1 }, in: folder)
        code = await process.exitCode()
        text = process.text
    }
}
