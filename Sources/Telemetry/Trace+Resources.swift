extension Trace {
    /// The same trace, with other resources for those of its spans for which there are any.
    ///
    /// - Parameter resources: by the place of a span in `spans`.
    package func replacingResources(_ resources: [Int: Attributes]) -> Trace {
        var copy = self
        for (index, resource) in resources where copy.spans.indices.contains(index) {
            copy.spans[index].resource = resource
        }
        return copy
    }
}
