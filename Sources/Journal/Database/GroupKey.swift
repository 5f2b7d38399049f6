/// A group's key as the tables keep it.
///
/// It is only ever compared. Alertmanager's has all labels that are grouped by, and PostgreSQL takes no more than 2,704
/// bytes into an index, so of a long one the end stands as its digest.
enum GroupKey {
    private static let longest = 1_024

    static func stored(_ key: String) throws -> String {
        guard key.utf8.count > longest else { return key }
        let digest = try SHA256.digest(of: key).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        // Its scalars have 4 bytes at most: with the digest it is not long any more.
        return "\(String(String.UnicodeScalarView(key.unicodeScalars.prefix(longest / 8)))) \(digest)"
    }
}
