import Glibc
import Hummingbird
import NIOCore

/// What the lab keeps of a connection: how to break it.
struct LabContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    private let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }

    /// Closes the connection so that the client sees `ECONNRESET` and not an orderly end.
    func resetConnection() async {
        // A linger time of zero turns the close into a reset; where the socket refuses it, the close alone must do.
        try? await (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        try? await channel.close()
    }
}
