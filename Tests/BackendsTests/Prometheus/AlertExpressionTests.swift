import Testing

@testable import Backends

struct AlertExpressionTests {
    @Test(arguments: [
        ("http://vm:9090/graph?g0.expr=up+%3D%3D+0&g0.tab=1", "up == 0"),
        ("https://p.example.com/prefix/graph?g0.tab=1&g0.expr=a%20%2B%20b", "a + b"),
        ("http://p/query?g0.expr=x%7Ba%3D%22%C3%BC%22%7D#frag", "x{a=\"ü\"}"),
        ("http://p/graph?g0.expr=a%2bb&g0.expr=c", "a+b"), ("http://p/graph?g0.expr=up%3E0&g1.expr=down", "up>0"),
    ])
    func `a link to Prometheus' page has the expression`(_ url: String, _ expression: String) {
        #expect(AlertExpression.inGeneratorURL(url) == expression)
    }

    @Test(arguments: [
        "", "http://p/graph", "http://p/graph?", "http://p/graph?g0.expr=", "http://p/graph?g0.expr=++",
        // Rules that are managed by Grafana, vmalert and Loki's ruler.
        "https://grafana.example.com/alerting/grafana/a1b2c3/view?orgId=1",
        "http://vmalert:8880/vmalert/alert?group_id=1&alert_id=2",
        "https://grafana.example.com/explore?left=%7B%22queries%22%3A%5B%5D%7D",
        // Of another panel, broken, not UTF-8, in the fragment.
        "http://p/graph?g1.expr=up", "http://p/graph?g0.expr=up%2", "http://p/graph?g0.expr=%zz",
        "http://p/graph?g0.expr=%ff", "http://p/graph#g0.expr=up", "http://p/graph?xg0.expr=up",
        "http://p/graph?g0.expr=" + String(repeating: "a", count: 20_000),
    ])
    func `any other link has none`(_ url: String) {
        #expect(AlertExpression.inGeneratorURL(url) == nil, "\(url.prefix(80))")
    }

    @Test(arguments: [
        ("rate(x[5m]) > 0.1", "rate(x[5m])"), ("a / b >= 1e-3", "a / b"), ("0.1 < a", "a"),
        ("sum by (a) (x{b=\"> 1\"}) * 100 > (5 * 60)", "sum by (a) (x{b=\"> 1\"}) * 100"), ("up == 0", "up"),
        ("x != 0", "x"), ("predict_linear(f[1h], 4 * 3600) <-1", "predict_linear(f[1h], 4 * 3600)"),
        ("(a > 1)", "(a > 1)"), ("absent(up)", "absent(up)"), ("a > b", "a > b"), ("a > bool 1", "a > bool 1"),
        ("a > 1 and b < 2", "a > 1 and b < 2"), ("a > 1 or b", "a > 1 or b"), ("a > 1 UNLESS b", "a > 1 UNLESS b"),
        ("a > 1 > 0", "a > 1 > 0"), ("1 > 0", "1 > 0"), ("a > 1 # and b", "a > 1 # and b"), ("a{b=\"", "a{b=\""),
        ("a > 1)", "a > 1)"), ("", ""), ("order > 1", "order"), ("x{a='\\'> 1'} > 2", "x{a='\\'> 1'}"),
        ("x{a=`\\`} > 2", "x{a=`\\`}"), ("a >", "a >"), ("a = 1", "a = 1"), ("a =~ 1", "a =~ 1"),
    ])
    func `what an alert compares with a number is measured without the comparison`(_ all: String, _ measured: String) {
        #expect(AlertExpression.measured(all) == measured)
    }
}
