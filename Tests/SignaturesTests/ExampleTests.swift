import Signatures
import Testing

struct ExampleTests {
    private let signature = Signature(
        id: "x", title: "x", cause: "image-pull-failure", subject: SubjectRule(.image, from: ["image"]),
        signs: [
            Mark(.log(["Unable to pull"]), pattern: #""(?<image>[^"]+)""#, weight: 2),
            Mark(.event(reasons: ["Failed"], object: "Pod"), text: "image", weight: 2),
        ], statement: "x")

    @Test func `an example that comes out as promised has no fault`() {
        let positive = Example(.log("Unable to pull \"a:1\""), subject: "a:1")
        #expect(positive.fault(in: signature, .positive) == nil)
        #expect(Example(.log("pulled a:1")).fault(in: signature, .negative) == nil)
        let event = Example(.event(reason: "Failed", object: "Pod", name: "p", message: "no image"))
        #expect(event.fault(in: signature, .positive) == nil)
    }

    @Test func `what makes it stronger and what rules it out is looked for among those marks alone`() {
        var signature = signature
        signature.stronger = [Mark(.exitCode(1), weight: 1)]
        signature.ruledOutBy = [Mark(.event(reasons: ["Pulled"], object: nil), weight: -4)]
        let pulled = Example(.event(reason: "Pulled", object: "Pod", name: "", message: ""))
        #expect(pulled.fault(in: signature, .ruledOut) == nil)
        #expect(pulled.shows(signature.ruledOutBy[0]) && !pulled.shows(signature.stronger[0]))
        #expect(
            pulled.fault(in: signature, .stronger) == "none of the marks under stronger is in this example")
        #expect(Example(.exitCode(1)).fault(in: signature, .stronger) == nil)
        #expect(
            Example(.exitCode(1)).fault(in: signature, .ruledOut)
                == "none of the marks under ruled_out_by is in this example")
    }

    @Test func `an example that does not is told why`() {
        #expect(
            Example(.log("pulled")).fault(in: signature, .positive) == "none of the signs is in this example")
        #expect(
            Example(.log("Unable to pull \"a:1\"")).fault(in: signature, .negative)
                == "a sign is in this example, which should be left alone")
        #expect(
            Example(.log("Unable to pull \"a:1\""), subject: "b").fault(in: signature, .positive)
                == "the subject should be b, found a:1")
    }
}
