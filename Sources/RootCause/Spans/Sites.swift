extension SpanTable {
    /// An operation on the way to it through its own service: `GET /prices → PriceController.query`.
    ///
    /// What a service does under one request and under another are two things, though the same function does both. A
    /// request begins where the service is entered; who calls it makes no difference.
    struct Site: Hashable, Sendable {
        /// The site above within the same service, or -1 where the service is entered.
        let above: Int
        let operation: Int
    }

    /// Recursion makes a path for every depth that it reaches: beyond this many sites, spans are told apart by their
    /// operation alone.
    static let mostSites = 50_000

    mutating func nameSites() {
        var numbers: [Site: Int] = [:]
        sites.removeAll()
        var pending: [Int] = []
        for trace in traceRows {
            pending.append(contentsOf: trace.rows.filter { rows[$0].parent < 0 })
            while let row = pending.popLast() {
                let parent = Int(rows[row].parent)
                let isInside = parent >= 0 && service(of: parent) == service(of: row)
                var site = Site(above: isInside ? Int(rows[parent].site) : -1, operation: Int(rows[row].operation))
                if numbers.count >= Self.mostSites, numbers[site] == nil {
                    site = Site(above: -1, operation: site.operation)
                    leftOut.withoutSite += 1
                }
                let number = numbers[site] ?? sites.count
                if number == sites.count {
                    sites.append(site)
                    numbers[site] = number
                }
                rows[row].site = Int32(clamping: number)
                var child = rows[row].firstChild
                while child >= 0 {
                    pending.append(Int(child))
                    child = rows[Int(child)].nextSibling
                }
            }
        }
    }

    /// The operation that a site runs.
    func operation(ofSite site: Int) -> Operation { operations[sites[site].operation] }
}

/// Which services take part in what a site does, by the spans below it; of those that send none, by the calls to them.
struct Reach: Sendable {
    private let names: [String]
    private var services: Int { names.count }
    /// By site and service, how many services away it is; 0 where it takes no part.
    private var distances: [UInt8]

    /// Traces are seldom deeper; what is farther up is not asked for an explanation.
    private static let mostLevels = 64
    /// Bytes: beyond it, nothing is said to reach anything.
    private static let mostPairs = 50_000_000

    init(_ table: SpanTable) {
        let peers = Set(table.operations.compactMap(\.peer)).subtracting(table.services).sorted()
        names = table.services + peers
        distances = []
        guard !Self.isTooLarge(for: table, services: names.count) else { return }
        let numbers = Dictionary(names.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
        distances = [UInt8](repeating: 0, count: table.sites.count * names.count)
        for row in table.rows.indices {
            let service = table.service(of: row)
            note(service, above: Int(table.rows[row].parent), in: table)
            guard let peer = table.operation(of: row).peer.flatMap({ numbers[$0] }) else { continue }
            note(peer, above: row, in: table)
        }
    }

    /// Notes a service at all sites above it.
    private mutating func note(_ service: Int, above row: Int, in table: SpanTable) {
        var below = service
        var hops: UInt8 = 0
        var parent = row
        var level = 0
        while parent >= 0, level < Self.mostLevels {
            let above = table.service(of: parent)
            if above != below { hops += 1 }
            if above != service {
                let place = Int(table.rows[parent].site) * services + service
                if distances[place] == 0 || distances[place] > hops { distances[place] = hops }
            }
            below = above
            parent = Int(table.rows[parent].parent)
            level += 1
        }
    }

    /// Whether there are too many sites and services to note who takes part in what.
    static func isTooLarge(for table: SpanTable) -> Bool { isTooLarge(for: table, services: table.services.count) }

    private static func isTooLarge(for table: SpanTable, services: Int) -> Bool {
        let pairs = table.sites.count.multipliedReportingOverflow(by: services)
        return pairs.overflow || pairs.partialValue > mostPairs
    }

    /// The services below a site with their distance: 1 for those that it calls itself.
    func services(below site: Int) -> [(service: String, hops: Int)] {
        guard !distances.isEmpty else { return [] }
        return (0..<services).compactMap { service in
            let hops = distances[site * services + service]
            return hops > 0 ? (names[service], Int(hops)) : nil
        }
    }
}
