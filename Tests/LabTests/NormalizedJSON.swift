import Lab
import Scenarios

/// JSON made comparable: members sorted by name, lists of attributes sorted, names of no consequence left out.
extension JSON {
    func normalized(leavingOut names: Set<String> = []) -> JSON {
        switch self {
        case .object(let members):
            .object(
                members.filter { !names.contains($0.name) }
                    .map { Member(name: $0.name, value: $0.value.normalized(leavingOut: names)) }
                    .sorted { $0.name < $1.name })
        case .array(let elements):
            if elements.allSatisfy({ $0["key"] != nil }) {
                .array(
                    elements.map { $0.normalized(leavingOut: names) }
                        .sorted { ($0["key"]?.text ?? "") < ($1["key"]?.text ?? "") })
            } else {
                .array(elements.map { $0.normalized(leavingOut: names) })
            }
        default: self
        }
    }
}
