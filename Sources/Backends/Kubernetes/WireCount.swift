/// A count or an exit code. Kubernetes' own are `int32`: a larger number is brought into that range, so that no sum of
/// theirs can overflow.
struct WireCount: Decodable {
    let number: Int

    init(from decoder: any Decoder) throws {
        number = Int(Int32(clamping: try decoder.singleValueContainer().decode(Int.self)))
    }
}
