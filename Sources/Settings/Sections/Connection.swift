/// How a server is reached: the part that all backends share.
package struct Connection: Hashable, Sendable {
    /// Without a slash at its end.
    package var url: String
    package var authorization: Authorization?
    package var tenant: String?
    /// Under which name the tenant is sent. Only Prometheus' is set in the configuration: Thanos has a name of its own.
    package var tenantHeader = "X-Scope-OrgID"
    /// Instead of the system's certificate authorities.
    package var caFile: String?
    /// With its key: what this client shows to a server that asks for a certificate.
    package var clientCertificateFile: String?
    package var clientKeyFile: String?
    /// For one request, from sending it to the last byte of the answer.
    package var timeout: Duration = .seconds(10)

    package init(url: String) {
        self.url = url
    }
}

extension Connection {
    init?(_ reader: YAMLReader) {
        let url = reader.required("url", as: .serverURL)
        self.init(url: url ?? "")
        reader.read("authorization", as: .section(Authorization.init), into: &authorization)
        reader.read("tenant", as: .text, into: &tenant)
        reader.read("ca_file", as: .readableFile, into: &caFile)
        reader.read("client_certificate_file", as: .readableFile, into: &clientCertificateFile)
        reader.read("client_key_file", as: .readableFile, into: &clientKeyFile)
        reader.read("timeout", as: .duration(in: .milliseconds(100) ... .seconds(300)), into: &timeout)
        if reader.has("client_certificate_file") != reader.has("client_key_file") {
            reader.report("client_certificate_file and client_key_file belong together: give both or neither")
        }
        if url == nil { return nil }
    }
}
