import ServiceLifecycle
import Synchronization
import Testing

@testable import ChatCommands

@Suite struct CommandQueueTests {
    private final class Notes: Sendable {
        private let kept = Mutex<[String]>([])
        var all: [String] { kept.withLock { $0 } }
        func add(_ note: String) { kept.withLock { $0.append(note) } }
    }

    @Test func `there is room for so many and no more`() {
        let queue = CommandQueue(capacity: 2)
        let job = CommandQueue.Job(work: {}, giveBack: {})
        #expect(queue.submit(job) && queue.submit(job))
        #expect(!queue.submit(job))
    }

    @Test func `when the service stops, what was begun is finished and what was not is given back`() async throws {
        let queue = CommandQueue(workers: 1)
        let notes = Notes()
        let (begun, begin) = AsyncStream<Void>.makeStream()
        let (released, release) = AsyncStream<Void>.makeStream()
        let first = CommandQueue.Job(
            work: {
                begin.finish()
                for await _ in released {}
                notes.add("first finished")
            }, giveBack: { notes.add("first given back") })
        let second = CommandQueue.Job(
            work: { notes.add("second begun") }, giveBack: { notes.add("second given back") })
        #expect(queue.submit(first) && queue.submit(second))
        let group = ServiceGroup(services: [queue], logger: Fixture.silent)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            for await _ in begun {}
            await group.triggerGracefulShutdown()
            while queue.submit(second) { await Task.yield() }
            release.finish()
            try await tasks.waitForAll()
        }
        #expect(notes.all.first == "first finished")
        #expect(notes.all.contains("second given back") && !notes.all.contains("second begun"))
    }
}
