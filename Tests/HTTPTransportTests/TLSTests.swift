import FoundationEssentials
import HTTPTransport
import TestSupport
import Testing

/// Against Prometheus' HTTPS server (Go's), which speaks HTTP/2 and is told to insist on a client's certificate.
@Suite(.timeLimit(.minutes(2))) struct TLSTests {
    private func withServer(_ body: (TLSMaterial, _ port: Int) async throws -> Void) async throws {
        let material = try await TLSMaterial()
        let folder = material.folder
        let web = """
            tls_server_config:
              cert_file: \(material.serverCertificateFile)
              key_file: \(material.serverKeyFile)
              client_auth_type: RequireAndVerifyClientCert
              client_ca_file: \(material.caFile)
            """
        let server = try ChildProcess(
            "prometheus",
            [
                "--config.file=\(folder.write("global: {}\n", to: "prometheus.yml"))",
                "--web.config.file=\(folder.write(web, to: "web.yml"))",
                "--web.listen-address=127.0.0.1:0", "--storage.tsdb.path=\(folder.path("data"))",
            ])
        defer { server.terminate() }
        let port = try await eventually("Prometheus listens") { () -> Int? in
            guard server.isRunning else { throw Loopback.Failure(description: server.text) }
            return server.text.split(separator: "\n").filter { $0.contains("msg=\"TLS is enabled.\"") }.first
                .flatMap { $0.split(separator: ":").last.flatMap { Int($0) } }
        }
        try await body(material, port)
    }

    @Test func `a server that knows us and whom we trust answers, over one HTTP/2 connection`() async throws {
        try await withServer { material, port in
            let configuration = HTTPClientConfiguration(
                caFile: material.caFile, clientCertificateFile: material.clientCertificateFile,
                clientKeyFile: material.clientKeyFile, proxy: .direct)
            for _ in 0..<10 {
                try await withClient(configuration) { client in
                    try await withThrowingTaskGroup(of: Int.self) { group in
                        for _ in 0..<30 {
                            group.addTask {
                                let url = "https://127.0.0.1:\(port)/metrics"
                                // Shorter than the connect timeout, whose timer would end a stall (`longestBusyWait`).
                                return try await client.send(HTTPRequest(url: url, deadline: .seconds(9))).status
                            }
                        }
                        for try await status in group { #expect(status == 200) }
                    }
                    #expect(client.statistics.connections == 1)
                }
            }
        }
    }

    private struct Case: Sendable {
        let situation: String
        var host = "127.0.0.1"
        let configuration: @Sendable (TLSMaterial) -> HTTPClientConfiguration
        /// Parts of the reason of the failure, of which one has to be there; none when it has to work. A server that
        /// closes fast may take its own alert with it.
        let failures: [String]
    }

    private static func trusting(
        _ caFile: String?, _ certificate: String? = nil, _ key: String? = nil
    ) -> HTTPClientConfiguration {
        HTTPClientConfiguration(
            caFile: caFile, clientCertificateFile: certificate, clientKeyFile: key, proxy: .direct)
    }

    /// The same in memory, as a kubeconfig brings it.
    private static func inMemory(_ material: TLSMaterial, ca: String, key: String?) -> HTTPClientConfiguration {
        func text(_ file: String) -> PEMText {
            PEMText((try? String(contentsOf: URL(filePath: file), encoding: .utf8)) ?? "")
        }
        return HTTPClientConfiguration(
            caText: text(ca), clientCertificateText: text(material.clientCertificateFile),
            clientKeyText: key.map(text), proxy: .direct)
    }

    private static let cases = [
        Case(
            situation: "authority, certificate and key in memory",
            configuration: { inMemory($0, ca: $0.caFile, key: $0.clientKeyFile) }, failures: []),
        Case(
            situation: "an authority in memory that we do not trust",
            configuration: { inMemory($0, ca: $0.otherCAFile, key: $0.clientKeyFile) },
            failures: ["SSL certificate problem"]),
        Case(
            situation: "a certificate in memory without its key",
            configuration: { inMemory($0, ca: $0.caFile, key: nil) }, failures: ["unable to set private key file"]),
        Case(
            situation: "an authority in memory that is none",
            configuration: {
                HTTPClientConfiguration(caText: PEMText("none"), clientCertificateFile: $0.combinedFile, proxy: .direct)
            },
            failures: ["SSL", "CA", "certificate"]),
        Case(
            situation: "certificate and key in one file",
            configuration: { trusting($0.caFile, $0.combinedFile) }, failures: []),
        Case(
            situation: "no client certificate",
            configuration: { trusting($0.caFile) },
            failures: ["alert", "receiving data", "sending data"]),
        Case(
            situation: "a client certificate without its key",
            configuration: { trusting($0.caFile, $0.clientCertificateFile) },
            failures: ["unable to set private key file"]),
        Case(
            situation: "a key under a passphrase, which nobody is asked for",
            configuration: { trusting($0.caFile, $0.clientCertificateFile, $0.encryptedKeyFile) },
            failures: ["unable to set private key file"]),
        Case(
            situation: "an authority that we do not trust",
            configuration: { trusting($0.otherCAFile, $0.combinedFile) }, failures: ["SSL certificate problem"]),
        Case(
            situation: "the system's authorities",
            configuration: { trusting(nil, $0.combinedFile) }, failures: ["SSL certificate problem"]),
        Case(
            situation: "a file of authorities that is not there",
            configuration: { trusting($0.folder.path("none.pem"), $0.combinedFile) }, failures: ["none.pem"]),
        Case(
            situation: "another host than the certificate's", host: "localhost",
            configuration: { trusting($0.caFile, $0.combinedFile) }, failures: ["target host name 'localhost'"]),
    ]

    @Test func `trust and identity are checked`() async throws {
        try await withServer { material, port in
            for example in Self.cases {
                try await withClient(example.configuration(material)) { client in
                    let authority = "\(example.host):\(port)"
                    let request = HTTPRequest(url: "https://\(authority)/-/ready?token=s3cret")
                    if example.failures.isEmpty {
                        let response = try await client.send(request)
                        #expect(response.status < 600, "\(example.situation)")
                    } else {
                        let reason = try await connectionFailure(of: request, to: authority, by: client)
                        let isExpected = example.failures.contains { reason.contains($0) }
                        #expect(isExpected, "\(example.situation): \(reason)")
                    }
                }
            }
        }
    }
}
