/// Makes of a picture's SVG text what chat platforms take.
package protocol PictureRendering: Sendable {
    func png(of svg: [UInt8]) async throws(PictureError) -> [UInt8]
}

/// Why there is no picture, in words for the record of the attempt.
package struct PictureError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
