/// What healthy builds print, the harmless warnings and the word "error" included.
struct BuildChatter {
    let job: WorldJob

    private var module: String { String(job.fullName.split(separator: "/").dropLast().last ?? "app") }

    func checkout(_ random: inout SplitMix) -> [String] {
        let commit = hash(40, &random)
        return [
            "The recommended git tool is: git",
            " > git fetch --no-tags --force --progress -- https://\(job.repository).git +refs/heads/*:refs/remotes/origin/* # timeout=10",
            "Checking out Revision \(commit) (\(job.branch))",
            "Commit message: \"\(random.element(of: Self.commits))\"",
        ]
    }

    mutating func maven(_ random: inout SplitMix) -> [String] {
        var lines = [
            "+ mvn -B -ntp -DskipTests package",
            "[INFO] Scanning for projects...",
            "[INFO] Building \(module) \(version(&random))-SNAPSHOT",
            "[WARNING] Using platform encoding (UTF-8 actually) to copy filtered resources, i.e. build is platform dependent!",
            "[INFO] Compiling \(random.number(40...320)) source files with javac [debug release 21] to target/classes",
        ]
        if random.number(0...3) == 0 {
            lines.append(
                "[WARNING] /src/main/java/com/example/\(module)/ErrorHandler.java: some input files use or override a deprecated API."
            )
        }
        if random.number(0...8) == 0 {
            lines.append(
                "[WARNING] Could not transfer metadata org.example:parent/maven-metadata.xml from/to mirror (https://nexus.example.com/repository/maven-public/): Read timed out; retrying"
            )
        }
        return lines + ["[INFO] BUILD SUCCESS", "[INFO] Total time:  01:\(random.number(10...59)) min"]
    }

    func javaTests(_ random: inout SplitMix) -> [String] {
        var lines = [
            "+ mvn -B -ntp verify", "[INFO]  T E S T S", "WARN HikariPool - Timeout has been exceeded, retrying",
        ]
        for name in ["OrderServiceTest", "RetryPolicyTest", "ErrorMapperTest"] {
            lines.append("[INFO] Running com.example.\(module).\(name)")
            if name == "RetryPolicyTest", random.number(0...2) == 0 {
                lines += [
                    "12:0\(random.number(1...9)):11.204 [main] ERROR com.example.\(module).RetryPolicy - attempt 1 failed, will retry",
                    "java.net.SocketTimeoutException: Read timed out",
                    "\tat com.example.\(module).RetryPolicyTest.givesUpAfterThree(RetryPolicyTest.java:\(random.number(20...90)))",
                ]
            }
            lines.append(
                "[INFO] Tests run: \(random.number(3...48)), Failures: 0, Errors: 0, Skipped: \(random.number(0...2)), Time elapsed: 0.\(random.number(100...999)) s -- in com.example.\(module).\(name)"
            )
        }
        return lines + ["[INFO] BUILD SUCCESS"]
    }

    func npm(_ random: inout SplitMix) -> [String] {
        var lines = [
            "+ npm ci --prefer-offline",
            "npm WARN deprecated glob@7.2.3: Glob versions prior to v9 are no longer supported",
            // Packages, peers and pools are superseded, abort and run out of time too: it is not Jenkins who says so.
            "npm warn deprecated rimraf@2.7.1: Superseded by rimraf 4",
        ]
        if random.number(0...6) == 0 {
            lines.append("npm http fetch GET 503 https://npm.example.com/@example%2fui attempt 1 failed with 503")
        }
        return lines + [
            "added \(random.number(700...1900)) packages in \(random.number(18...59))s", "found 0 vulnerabilities",
        ]
    }

    func lint(_ random: inout SplitMix) -> [String] {
        ["+ npm run lint", "✖ \(random.number(2...9)) problems (0 errors, \(random.number(2...9)) warnings)"]
    }

    func jest(_ random: inout SplitMix) -> [String] {
        let tests = random.number(80...600)
        return [
            "+ npm test", "PASS src/\(module)/errorBoundary.test.tsx",
            "  console.error Warning: Each child in a list should have a unique \"key\" prop.",
            "Tests:       \(tests) passed, \(tests) total",
        ]
    }

    func goBuild(_ random: inout SplitMix) -> [String] {
        ["+ go build ./...", "go: downloading golang.org/x/sync v0.\(random.number(8...16)).0"]
    }

    func goTests(_ random: inout SplitMix) -> [String] {
        [
            "+ go test -race ./...", "ERROR: transaction 17: Aborted by peer",
            "ok  \texample.com/\(module)/internal/errors\t0.\(random.number(100...999))s",
            "ok  \texample.com/\(module)/internal/store\t\(random.number(2...40)).\(random.number(100...999))s",
            "?   \texample.com/\(module)/cmd\t[no test files]",
        ]
    }

    func docker(_ random: inout SplitMix) -> [String] {
        [
            "+ docker build -t registry.example.com/\(module):\(hash(7, &random)) .",
            "#7 [2/6] RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates",
            "#7 \(random.number(4...19)).31 debconf: delaying package configuration, since apt-utils is not installed",
            "#12 exporting layers done",
        ]
    }

    func push(_ random: inout SplitMix) -> [String] {
        [
            "+ docker push registry.example.com/\(module):\(hash(7, &random))",
            "latest: digest: sha256:\(hash(64, &random)) size: \(random.number(1800...3900))",
        ]
    }

    func terraform(_ random: inout SplitMix) -> [String] {
        [
            "+ terraform plan -input=false -lock-timeout=120s",
            "Warning: Argument is deprecated",
            "Plan: \(random.number(0...4)) to add, \(random.number(0...9)) to change, 0 to destroy.",
        ]
    }

    private static let commits = [
        "Fix error message when the cart is empty", "Bump dependencies", "Handle failed payments in the retry queue",
        "Rename timeout setting", "Add metrics for refunds", "Tidy up tests",
    ]

    private func version(_ random: inout SplitMix) -> String {
        "\(random.number(1...9)).\(random.number(0...40)).\(random.number(0...9))"
    }

    private func hash(_ digits: Int, _ random: inout SplitMix) -> String {
        String((0..<digits).map { _ in random.element(of: Array("0123456789abcdef")) })
    }
}
