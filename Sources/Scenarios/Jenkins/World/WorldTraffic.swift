/// How much ordinary work goes on around an incident.
struct WorldTraffic {
    /// The ordinary builds before the window and in it; about as many.
    let buildsOfBaseline: Int
    let buildsOfWindow: Int
    /// Pages that people and programs ask the controller for.
    let requests: Int
    /// Lines that the controller writes whatever happens.
    let controllerLines: Int
    /// Builds that people or newer builds stop.
    let stoppedBuilds: Int
    /// Builds before the window whose tests fail.
    let failedTests: Int

    static let usual = WorldTraffic(
        buildsOfBaseline: 125, buildsOfWindow: 125, requests: 70, controllerLines: 60, stoppedBuilds: 4, failedTests: 2)
    /// A night's: the folder of such a case is small enough to be read and to be kept in the repository.
    static let small = WorldTraffic(
        buildsOfBaseline: 7, buildsOfWindow: 4, requests: 4, controllerLines: 8, stoppedBuilds: 1, failedTests: 0)

    /// So many of the usual builds, as part of these.
    func share(_ usual: Int) -> Int { usual * buildsOfBaseline / Self.usual.buildsOfBaseline }
}
