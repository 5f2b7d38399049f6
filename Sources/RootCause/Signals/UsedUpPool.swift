/// Lines and exceptions that say that there is no connection left, as pools of connections and servers word it.
enum UsedUpPool {
    /// The pool of the process that says it, in lower case: HikariCP, DBCP, c3p0, Tomcat's JDBC pool, Druid, GlassFish and
    /// Payara, Apache HttpClient, Reactor, SQLAlchemy, psycopg, Prisma, Knex, Rails, ADO.NET, Npgsql, sqlx, the drivers of
    /// MongoDB, go-redis, Jedis.
    static let own = [
        "connection is not available, request timed out", "cannot get a connection, pool error",
        "an attempt by a client to checkout a connection has timed out",
        "timeout: pool empty. unable to fetch a connection",
        "getconnectiontimeoutexception: wait millis", "in-use connections equal max-pool-size",
        "timeout waiting for connection from pool", "pending acquire queue has reached its maximum size",
        "pool#acquire(duration) has been pending for more than", "queuepool limit of size",
        "couldn't get a connection after", "connection pool exhausted", "connection pool has been exhausted",
        "connection pool is exhausted", "timed out fetching a new connection from the connection pool",
        "timeout acquiring a connection", "could not obtain a connection from the pool",
        "could not obtain a database connection within", "prior to obtaining a connection from the pool",
        "all pooled connections were in use", "all connections are in use", "all connections in use",
        "no free connections in the pool", "pool timed out while waiting for an open connection",
        "timed out while checking out a connection from connection pool", "timeout waiting for a pooled item after",
        "connection pool timeout", "could not get a resource from the pool", "pool exhausted",
    ]
    /// What PostgreSQL, PgBouncer, MySQL, Oracle, MongoDB and Redis answer when they have no connection left.
    static let served = [
        "too many connections", "too many clients already", "remaining connection slots are reserved",
        "no more connections allowed", "query_wait_timeout", "more than 'max_user_connections'",
        "exceeded the 'max_user_connections'", "too many open connections", "ora-00018", "ora-00020", "ora-12516",
        "ora-12519", "ora-12520", "max number of clients reached",
    ]
    /// A pool of which nothing is in use is not used up: then nobody could be reached.
    private static let idle = ["active=0,", "active 0,", "busy:0;", "in use by other operations: 0"]

    private static let ownMarks = Marks(own, ignoresCase: true)
    private static let servedMarks = Marks(served, ignoresCase: true)
    private static let idleMarks = Marks(idle, ignoresCase: true)
    private static let connectionMarks = Marks(["connection", "conns"], ignoresCase: true)

    /// Whether a text may be about connections at all: a cheap question before the others.
    static func isAbout(_ text: String) -> Bool {
        connectionMarks.areIn(text) || ownMarks.areIn(text) || servedMarks.areIn(text)
    }

    /// Whether who says it has no connection left in a pool of its own.
    static func isOwn(_ text: String) -> Bool {
        (ownMarks.areIn(text) || saysAllOfThemInUse(text)) && !idleMarks.areIn(text)
    }

    /// Whether a server says, or is said to have said, that it takes no more connections.
    static func isServed(_ text: String) -> Bool { servedMarks.areIn(text) }

    private static let pairMarks = Marks(["/", " of "])
    /// How many words from the numbers the connections may stand, behind and before them, and what they do.
    private static let (thingBehind, thingBefore, use) = (2, 3, 4)
    private static let longestRead = 500
    private static let uses: Set<Substring> = [
        "use", "used", "using", "busy", "active", "checked", "acquired", "borrowed", "inuse",
    ]
    private static let things: Set<Substring> = ["connection", "connections", "conns"]

    /// `20 of 20 connections in use`, `active connections: 20/20`: two numbers that are equal, beside connections in use.
    private static func saysAllOfThemInUse(_ text: String) -> Bool {
        guard connectionMarks.areIn(text), pairMarks.areIn(text, limit: longestRead) else { return false }
        let words = text.prefix(longestRead).lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "/" }
            .flatMap { word in word == "/" ? [word] : word.split(separator: "/") }
        for place in words.indices.dropLast() where isCount(words[place]) {
            let isJoined = ["of", "/"].contains(words[place + 1])
            let other = isJoined ? place + 2 : place + 1
            // `20/20` is two words by now, and `took 20 20` is none of ours.
            guard other < words.count, words[other] == words[place],
                isJoined || text.contains("\(words[place])/\(words[other])")
            else { continue }
            func near(_ before: Int, _ behind: Int) -> ArraySlice<Substring> {
                words[max(0, place - before)...min(words.count - 1, other + behind)]
            }
            if !things.isDisjoint(with: near(thingBefore, thingBehind)), !uses.isDisjoint(with: near(use, use)) {
                return true
            }
        }
        return false
    }

    /// One connection is no pool.
    private static func isCount(_ word: Substring) -> Bool { Int(word).map { $0 > 1 } ?? false }
}
