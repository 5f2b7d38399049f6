#!/usr/bin/env python3
"""Plays a small shop: traces to Tempo, log lines with their trace ids to Loki. Every 20 minutes one service fails for five.

usage: traces.py                      sends to TEMPO_URL (OTLP over HTTP) and LOKI_URL until it is ended
       traces.py --case FOLDER --at T writes the 20 minutes before T (seconds since 1970) as a case folder instead

storefront calls checkout, and checkout calls payments. While it fails, payments has no connection to its database left.
"""
import json
import os
import pathlib
import random
import sys
import time
import urllib.request

REQUESTS_PER_SECOND = 2
CYCLE = 20 * 60
FAILS_FROM, FAILS_UNTIL = 10 * 60, 15 * 60
# Of the requests while it fails: more than the alert's 0.1 a second.
FAILING_SHARE = 0.4
NAMESPACE = "shop"
SERVER, CLIENT, ERROR = 2, 3, 2


def attributes(values):
    return [{"key": key, "value": {"stringValue": str(value)}} for key, value in values.items()]


def span(dice, trace, parent, name, kind, start, seconds, values, failure=None):
    """One OTLP span; `failure` is the message of an exception."""
    made = {
        "traceId": trace, "spanId": f"{dice.getrandbits(64):016x}", "name": name, "kind": kind,
        "startTimeUnixNano": str(int(start * 1e9)), "endTimeUnixNano": str(int((start + seconds) * 1e9)),
        "attributes": attributes(values), "status": {"code": ERROR, "message": failure} if failure else {},
    }
    if parent:
        made["parentSpanId"] = parent
    if failure:
        made["events"] = [{
            "timeUnixNano": made["endTimeUnixNano"], "name": "exception",
            "attributes": attributes({"exception.type": "PoolTimeoutException", "exception.message": failure})}]
    return made


def request(second, number):
    """What one request leaves: spans by service, and log lines as (service, seconds, level, text, trace id)."""
    dice = random.Random(f"{second}/{number}")
    start = second + number / REQUESTS_PER_SECOND
    trace = f"{dice.getrandbits(128):032x}"
    fails = FAILS_FROM <= second % CYCLE < FAILS_UNTIL and dice.random() < FAILING_SHARE
    work = 2.0 if fails else dice.uniform(0.02, 0.05)
    words = "no connection to the database within 2000 ms: 20 of 20 in use" if fails else None
    code = 503 if fails else 200
    spans, parent, seconds = {}, None, work + 0.04
    for caller, called, name in ((None, "storefront", "POST /order"), ("storefront", "checkout", "POST /checkout"),
                                 ("checkout", "payments", "POST /pay")):
        if caller:
            call = span(dice, trace, parent, "POST", CLIENT, start, seconds,
                        {"http.request.method": "POST", "server.address": called}, fails and f"{called} answered 503")
            spans[caller].append(call)
            parent, start, seconds = call["spanId"], start + 0.005, seconds - 0.01
        # Where it begins says why; its callers only pass it on.
        made = span(dice, trace, parent, name, SERVER, start, seconds, {"http.response.status_code": code},
                    words if called == "payments" else fails and "a dependency failed")
        spans[called] = [made]
        parent, start, seconds = made["spanId"], start + 0.005, seconds - 0.01
    lines = [("checkout", start + seconds, "error" if fails else "info",
              "payment failed: payments answered 503" if fails else f"order {dice.randrange(10**6)} placed", trace)]
    if fails:
        lines.append(("payments", start + seconds, "error", f"PoolTimeoutException: {words}", trace))
    return spans, lines


def documents(requests):
    """An OTLP request and a Loki push of all of them."""
    spans, streams = {}, {}
    for made, lines in requests:
        for service, of_service in made.items():
            spans.setdefault(service, []).extend(of_service)
        for service, at, level, text, trace in lines:
            streams.setdefault(service, []).append(
                [str(int(at * 1e9)), f'level={level} msg="{text}"', {"trace_id": trace}])
    traces = {"resourceSpans": [
        {"resource": {"attributes": attributes({
            "service.name": service, "k8s.namespace.name": NAMESPACE, "k8s.pod.name": f"{service}-0"})},
         "scopeSpans": [{"spans": made}]} for service, made in sorted(spans.items())]}
    logs = {"streams": [
        {"stream": {"service_name": service, "namespace": NAMESPACE, "pod": f"{service}-0"}, "values": sorted(values)}
        for service, values in sorted(streams.items())]}
    return traces, logs


def write_case(folder, at):
    requests = [request(second, number) for second in range(at - CYCLE, at) for number in range(REQUESTS_PER_SECOND)]
    traces, logs = documents(requests)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "traces.json").write_text(json.dumps(traces))
    (folder / "logs.json").write_text(json.dumps(logs))


def send(url, document):
    """Says what went wrong and goes on: the servers start at the same time as this."""
    body = json.dumps(document).encode()
    try:
        urllib.request.urlopen(
            urllib.request.Request(url, body, {"Content-Type": "application/json"}), timeout=5).close()
    except OSError as error:
        print(f"{url}: {error}", flush=True)


def main():
    if len(sys.argv) == 5 and sys.argv[1] == "--case" and sys.argv[3] == "--at":
        write_case(pathlib.Path(sys.argv[2]), int(sys.argv[4]))
        return
    if len(sys.argv) != 1:
        sys.exit(__doc__)
    tempo, loki = os.environ["TEMPO_URL"], os.environ["LOKI_URL"]
    # A few seconds late, so that the slowest request has ended.
    second = int(time.time()) - 5
    while True:
        traces, logs = documents([request(second, number) for number in range(REQUESTS_PER_SECOND)])
        send(f"{tempo}/v1/traces", traces)
        send(f"{loki}/loki/api/v1/push", logs)
        second += 1
        time.sleep(max(0, second + 5 - time.time()))


main()
