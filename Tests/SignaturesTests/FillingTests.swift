import Languages
import Signatures
import Testing

struct FillingTests {
    @Test func `names in braces are filled in, and what cannot be is not said`() {
        #expect(
            Filling.fill("Image `{image}` of {subject}", ["image": "a", "subject": "b"])?.english == "Image `a` of b")
        #expect(Filling.fill("Image {image}", [:]) == nil)
        #expect(Filling.fill("kubectl -o jsonpath={.items}", [:])?.english == "kubectl -o jsonpath={.items}")
        #expect(Filling.names(in: "{a} and {b_c}") == ["a", "b_c"])
    }

    @Test(arguments: [
        ("https://User@Git.Example.com:8443/x/y.git", "git.example.com"), ("repo.example.com.", "repo.example.com"),
        ("git.example.com:22", "git.example.com"), ("[2001:db8::1]", "[2001:db8::1]"),
    ])
    func `hosts are told in one way`(written: String, told: String) {
        #expect(SubjectName.tidied(written, .host) == told)
        #expect(SubjectName.tidied(written, .image) == written)
    }
}
