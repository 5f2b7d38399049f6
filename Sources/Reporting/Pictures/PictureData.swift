package import RootCause
import Telemetry

/// What pictures are made of: all of it is in a diagnosis, and in its stored JSON.
package struct PictureData: Hashable, Sendable {
    package var course: Course?
    package var outline: TraceOutline?

    package init(course: Course? = nil, outline: TraceOutline? = nil) {
        self.course = course
        self.outline = outline
    }

    package init(_ diagnosis: Diagnosis) {
        self.init(course: diagnosis.course, outline: diagnosis.outline)
    }
}
