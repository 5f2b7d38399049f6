import Telemetry

/// What the other tools print when a package does not come.
extension PackageSource {
    /// - Parameter now: when it happens.
    func breakage(
        _ pipeline: PipelineJob, _ trouble: Trouble, now: Timestamp, _ random: inout SplitMix
    ) -> Breakage {
        var breakage =
            switch pipeline.tool {
            case .maven: maven(pipeline.module, trouble, &random)
            case .gradle: gradle(trouble, &random)
            case .npm: npm(trouble, &random)
            case .yarn: yarn(trouble, &random)
            case .go: go(trouble, now: now, &random)
            case .python: pip(trouble, &random)
            case .cargo: cargo(trouble, &random)
            case .docker: apt(trouble, &random)
            }
        if trouble == .timedOut { breakage.seconds = 75...180 }
        return breakage
    }

    func npm(_ trouble: Trouble, _ random: inout SplitMix) -> Breakage {
        let prefix = random.element(of: ["npm error", "npm ERR!"])
        let package = random.element(of: ["vite/-/vite-5.4.11.tgz", "react/-/react-18.3.1.tgz", "zod/-/zod-3.23.8.tgz"])
        let file = "\(url)/\(package)"
        func system(_ code: String, _ call: String, _ reason: String) -> [String] {
            [
                "\(prefix) code \(code)", "\(prefix) syscall \(call)", "\(prefix) errno \(code)",
                "\(prefix) \(random.number(0...1) == 0 ? "network " : "")request to \(file) failed, reason: \(reason)",
                "\(prefix) network This is a problem related to network connectivity.",
                "\(prefix) network In most cases you are behind a proxy or have bad network settings.",
            ]
        }
        let errors: [String] =
            switch trouble {
            case .answers(let status):
                ["\(prefix) code E\(status)", "\(prefix) \(status) \(Self.phrase(status)) - GET \(file)"]
            case .refused: system("ECONNREFUSED", "connect", "connect ECONNREFUSED \(address):443")
            case .timedOut: system("ETIMEDOUT", "connect", "connect ETIMEDOUT \(address):443")
            case .unknownName:
                random.number(0...1) == 0
                    ? system("ENOTFOUND", "getaddrinfo", "getaddrinfo ENOTFOUND \(host)")
                    : system("EAI_AGAIN", "getaddrinfo", "getaddrinfo EAI_AGAIN \(host)")
            case .certificateExpired:
                [
                    "\(prefix) code CERT_HAS_EXPIRED", "\(prefix) errno CERT_HAS_EXPIRED",
                    "\(prefix) request to \(file) failed, reason: certificate has expired",
                ]
            case .denied:
                [
                    "\(prefix) code E401",
                    random.element(of: [
                        "\(prefix) Incorrect or missing password.",
                        "\(prefix) 401 Unauthorized - GET \(file) - authentication token not provided",
                    ]),
                    "\(prefix) Unable to authenticate, your authentication token seems to be invalid for \(url)/",
                ]
            case .hasNoSuchPackage:
                [
                    "\(prefix) code E404", "\(prefix) 404 Not Found - GET \(url)/@example%2fui-tokns - Not found",
                    "\(prefix) 404  '@example/ui-tokns@^2.1.0' is not in this registry.",
                    "\(prefix) 404 Note that you can also install from a tarball, folder, http url, or git folder.",
                ]
            }
        return Breakage(
            .resolve,
            printed: [
                "+ npm ci", "npm warn deprecated inflight@1.0.6: This module is not supported, and leaks memory.",
            ],
            lines: errors + [
                "\(prefix) A complete log of this run can be found in: /home/jenkins/.npm/_logs/debug-0.log"
            ])
    }

    func yarn(_ trouble: Trouble, _ random: inout SplitMix) -> Breakage {
        let file = "\(url)/webpack/-/webpack-5.97.1.tgz"
        let reason =
            switch trouble {
            case .answers(let status): "Request failed \\\"\(status) \(Self.phrase(status))\\\""
            case .refused: "connect ECONNREFUSED \(address):443"
            case .timedOut: "ESOCKETTIMEDOUT"
            case .unknownName: "getaddrinfo \(random.element(of: ["ENOTFOUND", "EAI_AGAIN"])) \(host)"
            case .certificateExpired: "certificate has expired"
            case .denied: "Request failed \\\"401 Unauthorized\\\""
            case .hasNoSuchPackage: "Request failed \\\"404 Not Found\\\""
            }
        var printed = [
            "+ yarn install --frozen-lockfile", "yarn install v1.22.22", "[1/4] Resolving packages...",
            "[2/4] Fetching packages...",
        ]
        if trouble == .timedOut || trouble == .refused {
            printed.append("info There appears to be trouble with your network connection. Retrying...")
        }
        return Breakage(
            .resolve, printed: printed,
            lines: [
                "error An unexpected error occurred: \"\(file): \(reason)\".",
                "info If you think this is a bug, please open a bug report with the information provided in \"yarn-error.log\".",
                "info Visit https://yarnpkg.com/en/docs/cli/install for documentation about this command.",
            ])
    }

    func go(_ trouble: Trouble, now: Timestamp, _ random: inout SplitMix) -> Breakage {
        let module = random.element(of: [
            ("google.golang.org/grpc", "v1.68.1"), ("github.com/spf13/cobra", "v1.8.1"),
            ("golang.org/x/net", "v0.32.0"),
        ])
        let file = "\(url)/\(module.0)/@v/\(module.1).mod"
        let moment = Timestamp(seconds: now.seconds)
        let reason =
            switch trouble {
            case .answers(let status): "reading \(file): \(status) \(Self.phrase(status))"
            case .refused: "Get \"\(file)\": dial tcp \(address):443: connect: connection refused"
            case .timedOut: "Get \"\(file)\": dial tcp \(address):443: i/o timeout"
            case .unknownName:
                "Get \"\(file)\": dial tcp: lookup \(host) on 10.0.0.10:53: "
                    + random.element(of: ["no such host", "server misbehaving"])
            case .certificateExpired:
                "Get \"\(file)\": tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time \(moment) is after \(Timestamp(seconds: expiry.seconds))"
            case .denied: "reading \(file): 401 Unauthorized"
            case .hasNoSuchPackage:
                "reading \(file): 404 Not Found\n\tserver response: not found: unknown revision \(module.1)"
            }
        return Breakage(
            .build, printed: ["+ go build ./...", "go: downloading github.com/stretchr/testify v1.10.0"],
            lines: ["go: \(module.0)@\(module.1): \(reason)"])
    }

    func pip(_ trouble: Trouble, _ random: inout SplitMix) -> Breakage {
        let page = "\(path.isEmpty ? "/simple" : path)/pydantic/"
        let warning: (String) -> [String] = { reason in
            (0..<5).reversed().map {
                "WARNING: Retrying (Retry(total=\($0), connect=None, read=None, redirect=None, status=None)) after connection broken by '\(reason)': \(page)"
            }
        }
        let socket =
            "NewConnectionError('<pip._vendor.urllib3.connection.HTTPSConnection object at 0x7f\(random.number(10_000_000...99_999_999))>: Failed to establish a new connection: "
        let none = [
            "ERROR: Could not find a version that satisfies the requirement pydantic==2.10.3 (from versions: none)",
            "ERROR: No matching distribution found for pydantic==2.10.3",
        ]
        let (printed, lines): ([String], [String]) =
            switch trouble {
            case .answers(let status):
                (
                    [],
                    [
                        "ERROR: HTTP error \(status) while getting \(url)/pydantic/",
                        "ERROR: Could not install requirement pydantic==2.10.3 because of HTTP error \(status) Server Error: \(Self.phrase(status)) for url: \(url)/pydantic/",
                    ]
                )
            case .refused: (warning(socket + "[Errno 111] Connection refused')"), none)
            case .timedOut:
                (
                    warning(
                        "ConnectTimeoutError(<pip._vendor.urllib3.connection.HTTPSConnection object at 0x7f1c>, 'Connection to \(host) timed out. (connect timeout=15)')"
                    ), none
                )
            case .unknownName:
                (
                    warning(
                        socket
                            + random.element(of: [
                                "[Errno -3] Temporary failure in name resolution')",
                                "[Errno -2] Name or service not known')",
                            ])),
                    [
                        "ERROR: HTTPSConnectionPool(host='\(host)', port=443): Max retries exceeded with url: \(page) (Caused by \(socket)[Errno -3] Temporary failure in name resolution'))"
                    ] + none
                )
            case .certificateExpired:
                (
                    warning(
                        "SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: certificate has expired (_ssl.c:1017)'))"
                    ),
                    [
                        "Could not fetch URL \(url)/pydantic/: There was a problem confirming the ssl certificate: HTTPSConnectionPool(host='\(host)', port=443): Max retries exceeded with url: \(page) (Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: certificate has expired (_ssl.c:1017)'))) - skipping"
                    ] + none
                )
            case .denied: ([], ["ERROR: 401 Client Error: Unauthorized for url: \(url)/pydantic/"])
            case .hasNoSuchPackage:
                (
                    [],
                    [
                        "ERROR: Could not find a version that satisfies the requirement pydantik==2.10.3 (from versions: none)",
                        "ERROR: No matching distribution found for pydantik==2.10.3",
                    ]
                )
            }
        return Breakage(
            .resolve,
            printed: ["+ python -m pip install -r requirements.txt", "Looking in indexes: \(url)"] + printed,
            lines: lines)
    }

    func cargo(_ trouble: Trouble, _ random: inout SplitMix) -> Breakage {
        let crate = random.element(of: [("serde", "1.0.219"), ("tokio", "1.42.0"), ("hyper", "1.5.2")])
        let file = "\(url)/\(crate.0)/\(crate.1)/download"
        let reason =
            switch trouble {
            case .answers(let status):
                "failed to get successful HTTP response from `\(file)` (\(address)), got \(status)"
            case .refused:
                "[7] Could not connect to server (Failed to connect to \(host) port 443 after \(random.number(1...30)) ms: Could not connect to server)"
            case .timedOut: "[28] Timeout was reached (Connection timed out after 30001 milliseconds)"
            case .unknownName: "[6] Could not resolve hostname (Could not resolve host: \(host))"
            case .certificateExpired:
                "[60] SSL peer certificate or SSH remote key was not OK (SSL certificate problem: certificate has expired)"
            case .denied: "failed to get successful HTTP response from `\(file)` (\(address)), got 401"
            case .hasNoSuchPackage: "failed to get successful HTTP response from `\(file)` (\(address)), got 404"
            }
        return Breakage(
            .build,
            printed: ["+ cargo build --release --locked", " Downloading crates ..."]
                + (1...3).reversed().map { "warning: spurious network error (\($0) tries remaining): \(reason)" },
            lines: [
                "error: failed to download from `\(file)`", "", "Caused by:", "  \(reason)",
            ])
    }

    func apt(_ trouble: Trouble, _ random: inout SplitMix) -> Breakage {
        let file = "\(url)/pool/main/c/curl/curl_8.14.1-2_amd64.deb"
        let reason =
            switch trouble {
            case .answers(let status): "  \(status)  \(Self.phrase(status)) [IP: \(address) 443]"
            case .refused: "  Could not connect to \(host):443 (\(address)). - connect (111: Connection refused)"
            case .timedOut: "  Could not connect to \(host):443 (\(address)), connection timed out"
            case .unknownName:
                random.element(of: ["  Could not resolve '\(host)'", "  Temporary failure resolving '\(host)'"])
            case .certificateExpired:
                "  Certificate verification failed: The certificate is NOT trusted. The certificate chain uses expired certificate.  Could not handshake: Error in the certificate verification. [IP: \(address) 443]"
            case .denied: "  401  Unauthorized [IP: \(address) 443]"
            case .hasNoSuchPackage: "  404  Not Found [IP: \(address) 443]"
            }
        return Breakage(
            .build,
            printed: [
                "+ docker build -t registry.example.com/app:latest .",
                "#1 [internal] load build definition from Dockerfile",
                "#7 [2/6] RUN apt-get update && apt-get install -y --no-install-recommends curl",
                "#7 1.204 Get:1 \(url) stable InRelease",
            ],
            lines: [
                "#7 31.77 E: Failed to fetch \(file)\(reason)",
                "#7 31.78 E: Unable to fetch some archives, maybe run apt-get update or try with --fix-missing?",
                "#7 ERROR: process \"/bin/sh -c apt-get update && apt-get install -y --no-install-recommends curl\" did not complete successfully: exit code: 100",
                "------", "Dockerfile:9", "--------------------",
                "ERROR: failed to solve: process \"/bin/sh -c apt-get update && apt-get install -y --no-install-recommends curl\" did not complete successfully: exit code: 100",
            ])
    }
}
