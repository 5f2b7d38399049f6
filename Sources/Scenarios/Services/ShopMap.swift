/// The shop as its developers would draw it: who serves which request, and with whose help.
enum ShopMap {
    enum Language { case node, go, java, python }

    static let services = [
        "cart", "catalog", "checkout", "inventory", "payments", "recommendations", "shipping", "storefront",
    ]

    static func language(of service: String) -> Language {
        switch service {
        case "storefront": .node
        case "catalog", "inventory", "payments": .java
        case "recommendations": .python
        default: .go
        }
    }

    /// What a service does for one request.
    struct Operation: Hashable, Sendable {
        let service: String
        /// The span's name: `GET /orders/{id}`, or `shop.Inventory/Reserve` for gRPC.
        let name: String
        let steps: [Step]

        init(_ service: String, _ name: String, _ steps: [Step]) {
            self.service = service
            self.name = name
            self.steps = steps
        }

        var isRemoteProcedure: Bool { !name.contains(" ") }
        /// A caller may try again what only reads.
        var canBeRepeated: Bool {
            name.hasPrefix("GET ") || name.hasSuffix("/Quote") || name.hasSuffix("/Check")
        }
    }

    indirect enum Step: Hashable, Sendable {
        /// The service's own time, half of the requests below it; with a name, it has a span of its own.
        case work(String?, milliseconds: Int)
        /// - Parameter needed: whether the request fails when the callee does; otherwise its answer is left out.
        case call(Operation, needed: Bool)
        case store(Store, String, milliseconds: Int)
        case outside(host: String, String, milliseconds: Int)
    }

    /// A database that sends no spans.
    enum Store: String, Hashable, Sendable, CaseIterable {
        case cartRedis = "cart-redis"
        case featureRedis = "feature-redis"
        case catalogDB = "catalog-db"
        case inventoryDB = "inventory-db"
        case ordersDB = "orders-db"
        case paymentsDB = "payments-db"

        var isRedis: Bool { self == .cartRedis || self == .featureRedis }
        var port: Int { isRedis ? 6379 : 5432 }
    }

    static let acquirer = "api.acquirer.example.net"
    static let carrier = "rates.carrier.example.com"

    // MARK: Behind the shop's front

    static let readCart = Operation(
        "cart", "GET /cart/{id}",
        [.work(nil, milliseconds: 1), .store(.cartRedis, "GET", milliseconds: 1), .work(nil, milliseconds: 1)])
    static let reserve = Operation(
        "inventory", "shop.Inventory/Reserve",
        [.work(nil, milliseconds: 3), .store(.inventoryDB, "UPDATE stock", milliseconds: 6)])
    static let check = Operation(
        "inventory", "shop.Inventory/Check",
        [.work(nil, milliseconds: 2), .store(.inventoryDB, "SELECT stock", milliseconds: 4)])
    static let quote = Operation(
        "shipping", "shop.Shipping/Quote",
        [.work(nil, milliseconds: 3), .outside(host: carrier, "GET /v2/rates", milliseconds: 70)])
    static let pay = Operation(
        "payments", "POST /payments",
        [
            .work(nil, milliseconds: 6), .outside(host: acquirer, "POST /v1/charges", milliseconds: 140),
            .store(.paymentsDB, "INSERT payment", milliseconds: 5),
        ])
    static let place = Operation(
        "checkout", "POST /orders",
        [
            .work("validate order", milliseconds: 4), .call(readCart, needed: true), .call(reserve, needed: true),
            .call(quote, needed: true), .call(pay, needed: true),
            .store(.ordersDB, "INSERT order", milliseconds: 6),
        ])
    static let readOrder = Operation(
        "checkout", "GET /orders/{id}",
        [.work(nil, milliseconds: 2), .store(.ordersDB, "SELECT order", milliseconds: 5)])
    static let addItem = Operation(
        "cart", "POST /cart/{id}/items",
        [.work(nil, milliseconds: 2), .call(check, needed: true), .store(.cartRedis, "SET", milliseconds: 1)])
    static let readProduct = Operation(
        "catalog", "GET /products/{id}",
        [.work(nil, milliseconds: 4), .store(.catalogDB, "SELECT product", milliseconds: 6)])
    static let find = Operation(
        "catalog", "GET /search",
        [.store(.catalogDB, "SELECT product", milliseconds: 22), .work("rank results", milliseconds: 35)])
    static let recommend = Operation(
        "recommendations", "GET /recommendations",
        [.store(.featureRedis, "MGET", milliseconds: 2), .work("score candidates", milliseconds: 28)])

    // MARK: What customers ask for

    static let order = Operation(
        "storefront", "POST /checkout", [.work(nil, milliseconds: 8), .call(place, needed: true)])
    static let orderStatus = Operation(
        "storefront", "GET /orders/{id}", [.work(nil, milliseconds: 6), .call(readOrder, needed: true)])
    static let add = Operation(
        "storefront", "POST /cart/{id}/items", [.work(nil, milliseconds: 5), .call(addItem, needed: true)])
    static let product = Operation(
        "storefront", "GET /product/{id}",
        [.work(nil, milliseconds: 7), .call(readProduct, needed: true), .call(recommend, needed: false)])
    static let search = Operation(
        "storefront", "GET /search", [.work(nil, milliseconds: 6), .call(find, needed: true)])

    /// With how many of twenty requests each is.
    static let usualMix: [(Operation, Int)] = [(order, 6), (product, 5), (add, 4), (search, 3), (orderStatus, 2)]
}
