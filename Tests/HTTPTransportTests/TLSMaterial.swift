import FoundationEssentials
import TestSupport

/// Keys and certificates made for one test with OpenSSL's program, as PEM files in a folder.
struct TLSMaterial {
    let folder: TemporaryFolder

    /// The authority that signed the others.
    var caFile: String { folder.path("ca.pem") }
    /// An authority that signed nothing here.
    var otherCAFile: String { folder.path("other.pem") }
    /// For 127.0.0.1, and no name.
    var serverCertificateFile: String { folder.path("server.pem") }
    var serverKeyFile: String { folder.path("server.key") }
    var clientCertificateFile: String { folder.path("client.pem") }
    var clientKeyFile: String { folder.path("client.key") }
    /// The client's key again, under a passphrase.
    var encryptedKeyFile: String { folder.path("encrypted.key") }
    /// The client's certificate and key in one file.
    var combinedFile: String { folder.path("combined.pem") }

    init() async throws {
        folder = try TemporaryFolder()
        try await certificate("ca", "basicConstraints=critical,CA:TRUE")
        try await certificate("other", "basicConstraints=critical,CA:TRUE")
        let signed = ["-CA", folder.path("ca.pem"), "-CAkey", folder.path("ca.key")]
        try await certificate("server", "subjectAltName=IP:127.0.0.1", signed)
        try await certificate("client", "extendedKeyUsage=clientAuth", signed)
        try await openssl([
            "pkey", "-in", clientKeyFile, "-aes256", "-passout", "pass:long enough", "-out", encryptedKeyFile,
        ])
        let parts = try [clientCertificateFile, clientKeyFile].map { try Data(contentsOf: URL(filePath: $0)) }
        try folder.write(String(decoding: parts.joined(), as: UTF8.self), to: "combined.pem")
    }

    private func certificate(_ name: String, _ extension: String, _ more: [String] = []) async throws {
        try await openssl(
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1",
                "-subj", "/CN=\(name)", "-addext", `extension`, "-keyout", folder.path("\(name).key"), "-out",
                folder.path("\(name).pem"),
            ] + more)
    }

    private func openssl(_ arguments: [String]) async throws {
        let process = try ChildProcess("openssl", arguments)
        guard await process.exitCode() == 0 else {
            throw Loopback.Failure(description: "openssl \(arguments.joined(separator: " ")): \(process.text)")
        }
    }
}
