/// What a statement gave back.
package struct PostgresAnswer: Sendable {
    /// The names of the columns, as in each of `rows`.
    package let columns: [String]
    package let rows: [[PostgresValue]]
    /// How many rows were inserted, changed or deleted.
    package let changedRows: Int
}
