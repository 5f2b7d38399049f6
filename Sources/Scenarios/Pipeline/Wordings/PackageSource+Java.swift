import Telemetry

/// What Maven and Gradle print when a package does not come.
extension PackageSource {
    /// Java's own words for it, which both give.
    func javaReason(_ trouble: Trouble, _ random: inout SplitMix) -> String {
        switch trouble {
        case .answers(let status): "status code: \(status), reason phrase: \(Self.phrase(status)) (\(status))"
        case .refused: "Connect to \(host):443 [\(host)/\(address)] failed: Connection refused"
        case .timedOut:
            random.element(of: [
                "Connect to \(host):443 [\(host)/\(address)] failed: Connect timed out", "Read timed out",
            ])
        case .unknownName:
            random.element(of: [
                "\(host): Name or service not known", "\(host): Temporary failure in name resolution",
                "Unknown host \(host): Name or service not known",
            ])
        case .certificateExpired:
            "PKIX path validation failed: java.security.cert.CertPathValidatorException: validity check failed: NotAfter: \(Self.javaDate(expiry))"
        case .denied: "status code: 401, reason phrase: Unauthorized (401)"
        case .hasNoSuchPackage: "Not found"
        }
    }

    static func phrase(_ status: Int) -> String {
        switch status {
        case 500: "Internal Server Error"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        case 504: "Gateway Timeout"
        default: "Error"
        }
    }

    /// As Java writes a date, the day of the week left out: `Nov 19 09:12:44 UTC 2026`.
    private static func javaDate(_ instant: Timestamp) -> String {
        let text = Timestamp(seconds: instant.seconds).description
        let parts = text.split { "-T:Z".contains($0) }
        guard parts.count >= 6 else { return text }
        return "\(monthName(parts[1])) \(parts[2]) \(parts[3]):\(parts[4]):\(parts[5]) UTC \(parts[0])"
    }

    private static func monthName(_ number: Substring) -> String {
        let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard let index = Int(number), names.indices.contains(index - 1) else { return "Jan" }
        return names[index - 1]
    }

    func maven(_ module: String, _ trouble: Trouble, _ random: inout SplitMix) -> Breakage {
        let package = random.element(of: [
            ("org.apache.commons", "commons-lang3", "3.17.0"),
            ("com.fasterxml.jackson.core", "jackson-databind", "2.18.2"),
            ("io.netty", "netty-handler", "4.1.115.Final"),
        ])
        let id = random.element(of: ["central", "nexus", "company-releases", "mirror"])
        let coordinates = "\(package.0):\(package.1):jar:\(package.2)"
        let reason = javaReason(trouble, &random)
        let failed =
            trouble == .hasNoSuchPackage
            ? "Could not find artifact com.example.shared:\(module)-client:jar:4.\(random.number(2...19)).0 in \(id) (\(url))"
            : "Could not transfer artifact \(coordinates) from/to \(id) (\(url)): \(reason)"
        var printed = [
            "+ mvn -B -ntp -DskipTests package", "[INFO] Scanning for projects...",
            "[INFO] Building \(module) 2.0.0-SNAPSHOT",
        ]
        if trouble != .hasNoSuchPackage, random.number(0...1) == 0 {
            printed.append(
                "[INFO] I/O exception (java.net.SocketException) caught when processing request to {s}->\(url): Connection reset"
            )
            printed.append("[INFO] Retrying request to {s}->\(url)")
        }
        return Breakage(
            .build, printed: printed,
            lines: [
                "[INFO] ------------------------------------------------------------------------",
                "[INFO] BUILD FAILURE",
                "[INFO] ------------------------------------------------------------------------",
                "[INFO] Total time:  \(random.number(8...50)).\(random.number(100...999)) s",
                "[ERROR] Failed to execute goal on project \(module): Could not resolve dependencies for project com.example:\(module):jar:2.0.0-SNAPSHOT: \(failed) -> [Help 1]",
                "[ERROR] ",
                "[ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.",
                "[ERROR] For more information about the errors and possible solutions, please read the following articles:",
                "[ERROR] [Help 1] http://cwiki.apache.org/confluence/display/MAVEN/DependencyResolutionException",
            ])
    }

    func gradle(_ trouble: Trouble, _ random: inout SplitMix) -> Breakage {
        let file = random.element(of: [
            ("org.slf4j:slf4j-api:2.0.16", "org/slf4j/slf4j-api/2.0.16/slf4j-api-2.0.16.pom"),
            ("com.google.guava:guava:33.3.1-jre", "com/google/guava/guava/33.3.1-jre/guava-33.3.1-jre.pom"),
        ])
        let reasons: [String] =
            switch trouble {
            case .answers(let status):
                [
                    "         > Could not GET '\(url)/\(file.1)'. Received status code \(status) from server: \(Self.phrase(status))"
                ]
            case .denied:
                ["         > Could not GET '\(url)/\(file.1)'. Received status code 401 from server: Unauthorized"]
            default:
                [
                    "         > Could not GET '\(url)/\(file.1)'.",
                    "            > \(javaReason(trouble, &random))",
                ]
            }
        let failed =
            trouble == .hasNoSuchPackage
            ? [
                "   > Could not find com.example.shared:client:4.\(random.number(2...19)).0.",
                "     Searched in the following locations:",
                "       - \(url)/com/example/shared/client/maven-metadata.xml",
            ]
            : [
                "   > Could not resolve \(file.0).", "     Required by:", "         root project :",
                "      > Could not resolve \(file.0).", "      > Could not get resource '\(url)/\(file.1)'.",
            ] + reasons
        return Breakage(
            .build,
            printed: [
                "+ ./gradlew --no-daemon assemble",
                "Downloading https://services.gradle.org/distributions/gradle-8.11-bin.zip",
                "> Task :compileJava FAILED",
            ],
            lines: [
                "FAILURE: Build failed with an exception.", "* What went wrong:",
                "Execution failed for task ':compileJava'.",
                "> Could not resolve all files for configuration ':compileClasspath'.",
            ] + failed + [
                "* Try:", "> Run with --stacktrace option to get the stack trace.",
                "BUILD FAILED in \(random.number(11...58))s",
            ])
    }
}
