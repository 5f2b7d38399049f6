/// How one backend is reached: who we are for it, whom we trust, and which way we go.
package struct HTTPClientConfiguration: Hashable, Sendable {
    /// PEM file of the certificate authorities to trust instead of the system's; nil means the system's.
    package var caFile: String?
    /// Instead of `caFile`: the authorities themselves.
    package var caText: PEMText?
    /// PEM file of the certificate that we show when the server asks for one, with its chain.
    package var clientCertificateFile: String?
    /// PEM file of the certificate's private key, not encrypted; nil when it is in the certificate's file.
    package var clientKeyFile: String?
    /// Instead of the files: the certificate with its chain, and its key.
    package var clientCertificateText: PEMText?
    package var clientKeyText: PEMText?
    package var authorization: HTTPAuthorization
    /// Of a Tempo, Loki, Mimir or Thanos that serves several.
    package var tenant: String?
    /// Under which name the tenant is sent; Thanos has another one.
    package var tenantHeader: String
    /// As Tempo, Loki and Mimir call it.
    package static let usualTenantHeader = "X-Scope-OrgID"
    /// `sabueso/<version>`.
    package var userAgent: String
    package var proxy: HTTPProxy
    /// For name resolution, TCP and TLS together; the request's deadline holds beside it.
    ///
    /// Ten seconds let a lost SYN be repeated three times (after 1, 2 and 4 s).
    package var connectTimeout: Duration

    package init(
        caFile: String? = nil, caText: PEMText? = nil, clientCertificateFile: String? = nil,
        clientKeyFile: String? = nil, clientCertificateText: PEMText? = nil, clientKeyText: PEMText? = nil,
        authorization: HTTPAuthorization = .none, tenant: String? = nil,
        tenantHeader: String = usualTenantHeader, userAgent: String = "sabueso",
        proxy: HTTPProxy = .environment, connectTimeout: Duration = .seconds(10)
    ) {
        self.caFile = caFile
        self.caText = caText
        self.clientCertificateFile = clientCertificateFile
        self.clientKeyFile = clientKeyFile
        self.clientCertificateText = clientCertificateText
        self.clientKeyText = clientKeyText
        self.authorization = authorization
        self.tenant = tenant
        self.tenantHeader = tenantHeader
        self.userAgent = userAgent
        self.proxy = proxy
        self.connectTimeout = connectTimeout
    }
}
