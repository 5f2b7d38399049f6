import Languages

/// What answers count.
enum Counted: CaseIterable {
    case incident, alertNotification, notification, message

    /// "1 incident", "3 incidents"
    func phrase(_ number: Int) -> Phrase {
        let isOne = number == 1
        return switch self {
        case .incident: isOne ? "\(number) incident" : "\(number) incidents"
        case .alertNotification: isOne ? "\(number) alert notification" : "\(number) alert notifications"
        case .notification: isOne ? "\(number) notification" : "\(number) notifications"
        case .message: isOne ? "\(number) message" : "\(number) messages"
        }
    }
}
