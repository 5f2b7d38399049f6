"""A small grammar of LogQL: what this repository sends to Loki and shows in Grafana, and no more.

https://grafana.com/docs/loki/latest/query/
"""
import re

from lexer import Refused, Tokens, regular_expression, unquoted

PATTERN = r"""
    (?P<string>%s) | (?P<duration>\d+(?:ns|us|ms|[smhdwy])(?:\d+(?:ms|[smhd]))*|\$__auto|\$__interval|\$__range)
  | (?P<number>\d+(?:\.\d+)?) | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
  | (?P<sign>\|=|!=|\|~|!~|=~|==|>=|<=|[{}()\[\],|=<>+\-*/])
""" % Tokens.STRING

OVER_RANGE = {"count_over_time", "rate", "bytes_over_time", "bytes_rate", "absent_over_time"}
OVER_SERIES = {"sum", "avg", "max", "min", "count", "topk", "bottomk"}


def parse(text):
    """Refused, unless it is LogQL. Answers "log" or "metric"."""
    tokens = Tokens(text, PATTERN)
    kind = "log" if tokens.at("{") else "metric"
    (log if kind == "log" else metric)(tokens)
    tokens.end()
    return kind


def metric(tokens):
    operand(tokens)
    while tokens.accept("+", "-", "*", "/", ">", "<", ">=", "<=", "==", "!="):
        operand(tokens)


def operand(tokens):
    if tokens.accept("("):
        metric(tokens)
        tokens.expect(")")
    elif tokens.peek()[0] == "number":
        tokens.next()
    else:
        function = tokens.kind("name")
        if function in OVER_RANGE:
            tokens.expect("(")
            log(tokens)
            tokens.expect("[")
            tokens.kind("duration")
            tokens.expect("]")
            tokens.expect(")")
        elif function in OVER_SERIES:
            grouping(tokens)
            tokens.expect("(")
            if function in ("topk", "bottomk"):
                tokens.kind("number")
                tokens.expect(",")
            metric(tokens)
            tokens.expect(")")
            grouping(tokens)
        else:
            raise Refused(f"unknown function {function} in {tokens.text!r}")


def grouping(tokens):
    if tokens.accept("by", "without"):
        tokens.expect("(")
        tokens.kind("name")
        while tokens.accept(","):
            tokens.kind("name")
        tokens.expect(")")


def log(tokens):
    selector(tokens)
    while True:
        if tokens.accept("|=", "!="):
            unquoted(tokens.kind("string"))
        elif tokens.accept("|~", "!~"):
            regular_expression(tokens.kind("string"))
        elif tokens.accept("|"):
            stage(tokens)
        else:
            return


def selector(tokens):
    tokens.expect("{")
    selects = False
    while True:
        tokens.kind("name")
        sign = tokens.expect("=", "!=", "=~", "!~")
        value = tokens.kind("string")
        if sign in ("=~", "!~"):
            selects |= sign == "=~" and not re.fullmatch(regular_expression(value), "")
        else:
            selects |= sign == "=" and unquoted(value) != ""
        if not tokens.accept(","):
            break
    tokens.expect("}")
    if not selects:
        raise Refused(f"Loki refuses a selector that every stream matches: {tokens.text!r}")


def stage(tokens):
    name = tokens.kind("name")
    if name in ("json", "logfmt", "unpack") and (tokens.peek()[0] in ("end",) or tokens.at("|", "|=", "|~", "[", ")")):
        return
    if name in ("regexp", "pattern", "line_format") and tokens.peek()[0] == "string":
        value = tokens.next()[1]
        if name == "regexp" and "(?P<" not in regular_expression(value):
            raise Refused(f"regexp without a named group: {value}")
        return
    compare(tokens)
    while tokens.accept("and", "or", ","):
        tokens.kind("name")
        compare(tokens)


def compare(tokens):
    sign = tokens.expect("=", "!=", "=~", "!~", ">", "<", ">=", "<=", "==")
    kind, value = tokens.next()
    if sign in ("=~", "!~"):
        if kind != "string":
            raise Refused(f"a pattern stands in quotes: {value!r} in {tokens.text!r}")
        regular_expression(value)
    elif kind == "string":
        unquoted(value)
    elif kind not in ("number", "duration"):
        raise Refused(f"no value: {value!r} in {tokens.text!r}")
