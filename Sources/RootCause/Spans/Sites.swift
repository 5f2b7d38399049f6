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
    private static let mostSites = 50_000

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
