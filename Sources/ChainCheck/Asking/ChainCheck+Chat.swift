/// Whether the receivers take a message; only when that was asked for.
extension ChainCheck {
    var chatJobs: [Job] {
        guard !plan.receivers.isEmpty else {
            return [
                Self.skipping(
                    [.chat], "no receiver is configured, so nobody will be told",
                    advice: "Give one under receivers (Config/sabueso.minimal.yaml).")
            ]
        }
        guard !plan.chatTests.isEmpty else {
            return [
                Self.skipping(
                    [.chat], "not tried", advice: "--send-test \(plan.receivers[0]) posts a message marked as a test.")
            ]
        }
        return plan.chatTests.map { test in
            Job(checks: [.chat], target: test.receiver) {
                guard let fault = await test.send() else {
                    return [
                        Finding(.chat, .ok, on: test.receiver, "it took the test message: look whether it is there")
                    ]
                }
                return [
                    Finding(
                        .chat, .failure, on: test.receiver, fault,
                        advice: "Correct its address, token or channel under receivers.")
                ]
            }
        }
    }
}
