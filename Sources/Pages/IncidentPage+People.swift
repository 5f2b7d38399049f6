import Journal

/// What was sent, and what people did and said.
extension IncidentPage {
    var people: String {
        let remarks = story.remarks.map { remark -> [String] in
            let (what, text): (String, String) =
                switch remark.kind {
                case .acknowledged: ("takes care of it", remark.text)
                case .note: ("notes", remark.text)
                case .silenced: ("silenced it", "silence \(remark.text)")
                case .silenceEnded: ("ended the silence", remark.text)
                }
            return [Markup.time(remark.at, on: day), remark.author.shown(atMost: 100), what, text.shown()]
        }
        let votes = story.votes.map { vote -> [String] in
            let verdict = vote.isRight ? Markup.badge("right", "good") : Markup.badge("wrong", "bad")
            let actual = vote.actualCause.map { "really \($0)".shown(atMost: 200) } ?? ""
            return [
                Markup.time(vote.at, on: day), vote.author.shown(atMost: 100),
                "\(verdict) \(vote.cause.shown(atMost: 100))", actual,
            ]
        }
        return Markup.section(
            "People", [Markup.table(["Time (UTC)", "Who", "What", ""], remarks + votes, times: true)])
    }

    var messages: String {
        let rows = story.messages.map { stored -> [String] in
            let state =
                switch stored.state {
                case .pending: Markup.badge("waiting")
                case .sent: Markup.badge("sent", "good")
                case .parked: Markup.badge("given up", "bad")
                }
            let attempts = stored.attempts.map { "<p>\(Markup.time($0.at, on: day)) \(outcome($0))</p>" }
            return [
                Markup.time(stored.message.createdAt, on: day), stored.message.receiver.shown(atMost: 100),
                "\(stored.message.kind.shown(atMost: 40)), \(stored.message.step.rawValue)", state,
                attempts.joined(),
            ]
        }
        return Markup.section(
            "Messages",
            [Markup.table(["Time (UTC)", "Receiver", "Message", "State", "Attempts"], rows, times: true)])
    }

    private func outcome(_ attempt: DeliveryAttempt) -> String {
        let word =
            switch attempt.outcome {
            case .delivered: "delivered"
            case .retry(let at): "to be tried again at \(Markup.time(at, on: day))"
            case .parked: "given up"
            }
        return word + (attempt.detail.isEmpty ? "" : ": \(attempt.detail.shown(atMost: 300))")
    }
}
