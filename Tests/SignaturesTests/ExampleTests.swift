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
        #expect(positive.fault(in: signature, isPositive: true) == nil)
        #expect(Example(.log("pulled a:1")).fault(in: signature, isPositive: false) == nil)
        let event = Example(.event(reason: "Failed", object: "Pod", name: "p", message: "no image"))
        #expect(event.fault(in: signature, isPositive: true) == nil)
    }

    @Test func `an example that does not is told why`() {
        #expect(
            Example(.log("pulled")).fault(in: signature, isPositive: true) == "none of the signs is in this example")
        #expect(
            Example(.log("Unable to pull \"a:1\"")).fault(in: signature, isPositive: false)
                == "a sign is in this example, which should be left alone")
        #expect(
            Example(.log("Unable to pull \"a:1\""), subject: "b").fault(in: signature, isPositive: true)
                == "the subject should be b, found a:1")
    }
}
