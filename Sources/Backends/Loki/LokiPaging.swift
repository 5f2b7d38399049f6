import Telemetry

/// Goes through a window page by page, without losing or repeating lines of the same nanosecond.
///
/// Loki does not say that it left lines out, and has no cursor: a page that is as long as its limit may be cut anywhere,
/// also between lines of one nanosecond. So the lines of a full page's last instant are dropped, and the next page
/// begins with that instant. One line more than wanted is asked for, to know whether there are more than wanted.
struct LokiPaging {
    struct Page: Hashable {
        let window: TimeWindow
        let limit: Int
    }

    private let limit: Int
    private let direction: LogDirection
    var largestPage: Int
    /// What has not been asked for yet; nil when all has been.
    private var rest: TimeWindow?
    /// In the order of fetching, each page oldest first.
    private var pages: [[LogEntry]] = []
    private var count = 0
    /// Whether lines of one nanosecond are more than a page, so that some of them cannot be had.
    private var hasLostLines = false

    init(window: TimeWindow, limit: Int, direction: LogDirection, largestPage: Int) {
        self.limit = limit
        self.direction = direction
        self.largestPage = largestPage
        rest = window
    }

    /// What to ask for; nil when there is enough, or no more.
    var next: Page? {
        guard let rest, count <= limit, rest.start < rest.end else { return nil }
        // Not `limit + 1`, which a caller who wants everything would let overflow.
        let missing = limit - count
        return Page(window: rest, limit: missing < largestPage ? missing + 1 : largestPage)
    }

    mutating func take(_ answer: LokiAnswer) {
        guard let page = next, let rest else { return }
        self.rest = nil
        var entries = answer.entries
        let isFull = max(entries.count, answer.totalEntriesReturned ?? 0) >= page.limit
        defer {
            pages.append(entries)
            count += entries.count
        }
        guard isFull, count + entries.count <= limit, let last = direction == .forward ? entries.last : entries.first
        else { return }
        let kept = entries.filter { $0.at != last.at }
        if kept.isEmpty {
            hasLostLines = true
            self.rest = beyond(last.at, in: rest)
        } else {
            entries = kept
            self.rest =
                direction == .forward
                ? TimeWindow(start: last.at, end: rest.end)
                : TimeWindow(start: rest.start, end: last.at + .nanoseconds(1))
        }
        // Lines from outside of the window would have it asked about for ever.
        if let next = self.rest, next.duration >= rest.duration {
            self.rest = nil
            hasLostLines = true
        }
    }

    /// All lines, oldest first, not more than wanted.
    var result: LogPage {
        let entries = (direction == .forward ? pages : pages.reversed()).flatMap(\.self)
        let wanted = direction == .forward ? entries.prefix(limit) : entries.suffix(limit)
        return LogPage(entries: [LogEntry](wanted), isTruncated: entries.count > limit || hasLostLines)
    }

    private func beyond(_ instant: Timestamp, in window: TimeWindow) -> TimeWindow {
        direction == .forward
            ? TimeWindow(start: instant + .nanoseconds(1), end: window.end)
            : TimeWindow(start: window.start, end: instant)
    }
}
