import Telemetry

/// Something that goes wrong somewhere in the shop, as the requests there meet it.
struct ShopFault {
    enum Place: Hashable {
        /// The work of a service, on all of its pods.
        case service(String)
        case pod(String)
        /// The pods that run one version of a service.
        case version(String, of: String)
        /// What callers see of a host or database that sends no spans.
        case dependency(String)
        /// The same, for the callers on one pod.
        case dependencySeenBy(pod: String, String)
        /// What the pods of one version see of a service that they call: a deadline that is too short.
        case impatience(of: String, version: String, towards: String)
    }

    enum Effect {
        /// Own work, or the dependency's, takes as many times as long.
        case slower(Int)
        case fails(ShopError, milliseconds: ClosedRange<Int>)
        /// The caller waits so many milliseconds and no longer.
        case deadline(milliseconds: Int)
    }

    let place: Place
    let from: Timestamp
    var until: Timestamp?
    /// Of the requests that come there, how many of a hundred meet it.
    var percent = 100
    /// nil for all operations of the service.
    var operation: String?
    let effect: Effect

    func holds(at instant: Timestamp) -> Bool { from <= instant && until.map { instant < $0 } ?? true }
}

/// An error as a span, its exception event and a log line tell it.
struct ShopError: Hashable {
    /// Of the exception, in the language of the service that throws it.
    let type: String
    /// `{now}` and `{number}` stand for the request's time and for some number.
    let message: String
    /// What an HTTP caller is told; a gRPC caller gets what comes closest.
    var status = 500
    /// What a host outside answered; nil when it never came to an answer.
    var answer: Int?
}
