package import Delivery
import Dispatch

/// Makes PNG of SVG with the program `rsvg-convert` of librsvg.
///
/// Each picture is a process of its own: what goes wrong in it ends with it. It gets the picture on its standard input
/// and nothing of this process's environment that could be a secret.
package struct RsvgConvert: PictureRendering {
    /// As Debian and its children call it.
    package static let programName = "rsvg-convert"
    private static let package = "librsvg2-bin"
    /// A picture of ours takes a fraction of a second, on a busy machine too.
    package static let usualLimit = Duration.seconds(5)
    /// In bytes: a picture of ours has about two tenths of a megabyte.
    package static let usualSize = 4 << 20
    /// Telephones have three pixels where a page counts one.
    private static let zoom = "3"

    private let program: String
    private let limit: Duration
    private let maximumSize: Int

    /// - Parameters:
    ///   - program: the path of `rsvg-convert`.
    ///   - limit: after which it is ended.
    ///   - maximumSize: of the PNG, in bytes.
    package init(program: String, limit: Duration = usualLimit, maximumSize: Int = usualSize) {
        self.program = program
        self.limit = limit
        self.maximumSize = maximumSize
    }

    /// - Parameter path: the folders to look in, as in the environment's `PATH`.
    /// - Throws: an error that says which package to install, where it is in none of them.
    package static func found(in path: String) throws(PictureError) -> RsvgConvert {
        guard let program = ChildProgram.path(of: programName, in: path) else {
            throw PictureError("\(programName) is not installed: apt-get install \(package) fonts-dejavu-core")
        }
        return RsvgConvert(program: program)
    }

    package func png(of svg: [UInt8]) async throws(PictureError) -> [UInt8] {
        let child = ChildProgram(path: program, arguments: ["--format", "png", "--zoom", Self.zoom])
        let (limit, maximumSize) = (limit, maximumSize)
        let outcome: Result<[UInt8], PictureError> = await withCheckedContinuation { continuation in
            // It waits for another process: not on one of the few threads that everything else runs on.
            DispatchQueue.global().async {
                continuation.resume(
                    returning: Result { () throws(PictureError) in
                        try child.output(of: svg, within: limit, atMost: maximumSize)
                    })
            }
        }
        let png = try outcome.get()
        guard png.starts(with: Self.signature) else {
            throw PictureError("\(Self.programName) wrote \(png.count) bytes that are no PNG")
        }
        return png
    }

    /// Source: https://www.w3.org/TR/png-3/#3PNGsignature
    private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
}
