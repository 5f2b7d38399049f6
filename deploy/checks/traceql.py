"""A small grammar of TraceQL: what this repository sends to Tempo and shows in Grafana, and no more.

https://grafana.com/docs/tempo/latest/traceql/
"""
from lexer import Refused, Tokens, regular_expression, unquoted

PATTERN = r"""
    (?P<string>%s) | (?P<duration>\d+(?:\.\d+)?(?:ns|us|µs|ms|[smh])(?:\d+(?:ms|[sm]))*)
  | (?P<number>-?(?:\d+(?:\.\d+)?|\.\d+))
  | (?P<attribute>(?:resource|span|event|link|parent)?\.[A-Za-z_][A-Za-z0-9_.\-/]*
      |(?:trace|span|event|link|instrumentation):[A-Za-z]+)
  | (?P<name>[A-Za-z_][A-Za-z0-9_]*) | (?P<sign>&&|\|\||=~|!~|!=|>=|<=|>>|<<|[{}(),|=<>~!])
""" % Tokens.STRING

STATUS = {"error", "ok", "unset"}
KIND = {"server", "client", "internal", "producer", "consumer", "unspecified"}
# What each intrinsic is compared with.
INTRINSICS = {
    "name": "string", "rootName": "string", "rootServiceName": "string", "statusMessage": "string",
    "status": "status", "kind": "kind", "duration": "duration", "traceDuration": "duration",
    "childCount": "number", "nestedSetParent": "number",
    "span:name": "string", "span:status": "status", "span:kind": "kind", "span:duration": "duration",
    "trace:rootName": "string", "trace:rootService": "string", "trace:duration": "duration", "trace:id": "string",
    "span:id": "string", "event:name": "string",
}
METRICS = {"rate": 0, "count_over_time": 0, "min_over_time": 1, "max_over_time": 1, "avg_over_time": 1,
           "sum_over_time": 1, "quantile_over_time": 2, "histogram_over_time": 1}


def parse(text):
    """Refused, unless it is TraceQL. Answers "search" or "metric"."""
    tokens = Tokens(text, PATTERN)
    spansets(tokens)
    kind = "search"
    while tokens.accept("|"):
        if kind == "metric":
            raise Refused(f"nothing follows a metrics function: {text!r}")
        kind = stage(tokens)
    if tokens.accept("with"):
        tokens.expect("(")
        tokens.kind("name")
        tokens.expect("=")
        tokens.next()
        tokens.expect(")")
    tokens.end()
    return kind


def spansets(tokens):
    spanset(tokens)
    while tokens.accept("&&", "||", ">>", "<<", ">", "<", "~"):
        spanset(tokens)


def spanset(tokens):
    if tokens.accept("("):
        spansets(tokens)
        tokens.expect(")")
        return
    tokens.expect("{")
    if not tokens.at("}"):
        either(tokens)
    tokens.expect("}")


def either(tokens):
    condition(tokens)
    while tokens.accept("&&", "||"):
        condition(tokens)


def condition(tokens):
    if tokens.accept("!"):
        condition(tokens)
        return
    if tokens.accept("("):
        either(tokens)
        tokens.expect(")")
        return
    if tokens.accept("true", "false"):
        return
    kind = field(tokens)
    sign = tokens.expect("=", "!=", "=~", "!~", ">", "<", ">=", "<=")
    value, found = operand(tokens)
    if sign in ("=~", "!~"):
        if found != "string":
            raise Refused(f"a pattern stands in quotes: {value!r} in {tokens.text!r}")
        regular_expression(value)
    if kind and found not in (kind, "nil"):
        raise Refused(f"{value!r} is no {kind} in {tokens.text!r}")


def field(tokens):
    """What it is compared with; None when that is anything."""
    kind, text = tokens.next()
    if text in INTRINSICS:
        return INTRINSICS[text]
    if kind == "attribute" and (":" not in text):
        return None
    raise Refused(f"neither an attribute (span.x, resource.x, .x) nor an intrinsic: {text!r} in {tokens.text!r}")


def operand(tokens):
    kind, text = tokens.next()
    if kind == "string":
        unquoted(text)
        return text, "string"
    if kind in ("number", "duration"):
        return text, kind
    if kind == "name":
        for names, found in ((STATUS, "status"), (KIND, "kind"), ({"nil"}, "nil"), ({"true", "false"}, "boolean")):
            if text in names:
                return text, found
    raise Refused(f"no value: {text!r} in {tokens.text!r}")


def stage(tokens):
    function = tokens.kind("name")
    tokens.expect("(")
    if function in METRICS:
        if METRICS[function]:
            field(tokens)
        if METRICS[function] == 2:
            tokens.expect(",")
            numbers(tokens)
        tokens.expect(")")
        if tokens.accept("by"):
            tokens.expect("(")
            fields(tokens)
            tokens.expect(")")
        return "metric"
    if function in ("select", "by"):
        fields(tokens)
        tokens.expect(")")
    elif function in ("count", "min", "max", "avg", "sum"):
        if function != "count":
            field(tokens)
        tokens.expect(")")
        tokens.expect("=", "!=", ">", "<", ">=", "<=")
        operand(tokens)
    elif function == "compare":
        spanset(tokens)
        while tokens.accept(","):
            tokens.kind("number")
        tokens.expect(")")
        return "metric"
    else:
        raise Refused(f"unknown function {function} in {tokens.text!r}")
    return "search"


def fields(tokens):
    field(tokens)
    while tokens.accept(","):
        field(tokens)


def numbers(tokens):
    tokens.kind("number")
    while tokens.accept(","):
        tokens.kind("number")
