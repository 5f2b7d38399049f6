/// What a metric measures, as far as a diagnosis needs to know: it decides which way is bad, and the words for it.
package enum MetricMeaning: String, Hashable, Sendable, CaseIterable {
    /// Processor time used, of a pod or of a node; cores, millicores or a share of the limit.
    case cpu
    /// Time or periods in which the kernel held a container back from the processor.
    case throttling
    /// Memory in use, of a pod or of a node; bytes or a share of the limit.
    case memory
    /// A container's restarts: a counter, or its increase.
    case restarts
    /// What waits for its turn: a build queue, a thread pool, a connection pool.
    case queue
    /// The time that an answer takes, whatever the quantile.
    case latency
    /// Failures: a rate, a share or a counter's increase.
    case errors
    /// The share of what went well, where less is worse.
    case success
    /// Requests, operations or messages in a time, sent or served; bytes on the network.
    case traffic
}
