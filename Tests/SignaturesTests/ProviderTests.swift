import Signatures
import Testing

struct ProviderTests {
    private func signature(_ id: String, _ provider: Signature.Provider? = nil) -> Signature {
        Signature(
            id: id, title: "x", cause: "image-pull-failure", provider: provider,
            subject: SubjectRule(.image, from: ["image"]), signs: [], statement: "x")
    }

    @Test func `a signature of one cloud is tried in that cloud only, where it takes the general one's place`() {
        let all = [signature("pull"), signature("pull", .aks), signature("disk", .eks), signature("dns")]
        func tried(_ provider: Signature.Provider?) -> [String] {
            all.applying(to: provider).map { "\($0.id) \($0.provider?.rawValue ?? "all")" }
        }
        #expect(tried(.aks) == ["pull aks", "dns all"])
        #expect(tried(.eks) == ["pull all", "disk eks", "dns all"])
        #expect(tried(.gke) == ["pull all", "dns all"])
        #expect(tried(nil) == ["pull all", "dns all"])
    }

    @Test func `one with a provider replaces only what stands for that provider`() {
        #expect(signature("a").replaces(signature("a")))
        #expect(signature("a").replaces(signature("a", .gke)))
        #expect(signature("a", .gke).replaces(signature("a", .gke)))
        #expect(!signature("a", .gke).replaces(signature("a")))
        #expect(!signature("a").replaces(signature("b")))
    }
}
