import Backends
import HTTPTransport

/// What to do about an API server, by the way in which it is reached: the pod's own account and a kubeconfig set the
/// address and the credentials, and `kubernetes` then refuses keys for them.
enum KubernetesAdvice {
    /// nil where the advice is that of every server.
    static func advice(_ access: ChainPlan.KubernetesAccess, _ error: BackendError) -> String? {
        switch error {
        case .noAnswer(_, .connectionFailed(_, let reason)):
            Reachability.isOfTLS(reason) ? authority(access) : address(access)
        case .refused(_, 401, _, _): credentials(access)
        case .refused(_, 403, _, _): "The account is known, but may not do this: deploy/kubernetes/rbac.yaml."
        case .refused(_, 300..<400, _, _), .refused(_, 404, _, _), .unreadable, .malformed:
            "The address is no API server's. " + address(access)
        case .noAnswer(_, .deadlineExceeded), .cancelled, .refused(_, 429, _, _), .refused(_, 500..., _, _): nil
        default: "Correct kubernetes in the configuration."
        }
    }

    /// Of a 401.
    static func credentials(_ access: ChainPlan.KubernetesAccess) -> String {
        switch access {
        case .account: "Restart the pod: it gets a new token. Is its service account still there?"
        case .kubeconfig: "Renew the credentials in the file that kubernetes.kubeconfig names."
        case .url: "Renew kubernetes.token_file, or kubernetes.client_certificate_file with its key."
        }
    }

    private static func authority(_ access: ChainPlan.KubernetesAccess) -> String {
        switch access {
        case .account: "The pod's own ca.crt does not know the certificate: what stands before the API server?"
        case .kubeconfig: "Correct certificate-authority in the file that kubernetes.kubeconfig names, or its server."
        case .url:
            "Set kubernetes.ca_file to the authority that signed its certificate, or correct kubernetes.url."
        }
    }

    private static func address(_ access: ChainPlan.KubernetesAccess) -> String {
        switch access {
        case .account: "Does a NetworkPolicy or a proxy stand between the pod and the API server?"
        case .kubeconfig: "Is server right in the file that kubernetes.kubeconfig names, and can it be reached?"
        case .url: "Is kubernetes.url right, and can it be reached from here?"
        }
    }
}
