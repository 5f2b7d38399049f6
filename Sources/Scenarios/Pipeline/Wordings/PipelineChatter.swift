/// What the phases of a build print when all is well, with the warnings and the scary words of every day.
struct PipelineChatter {
    let pipeline: PipelineJob

    private var module: String { pipeline.module }

    func lines(_ phase: PipelineTool.Phase, _ random: inout SplitMix) -> [String] {
        switch phase {
        case .checkout: checkout(&random)
        case .resolve: resolve(&random)
        case .build: build(&random)
        case .test: tests(&random)
        case .publish: publish(&random)
        }
    }

    // MARK: Phases

    private func checkout(_ random: inout SplitMix) -> [String] {
        let commit = hex(40, &random)
        return GitTrouble.opening(pipeline.remote, workspace: pipeline.job.workspace, &random) + [
            "Avoid second fetch", "Checking out Revision \(commit) (\(pipeline.job.branch))",
            " > git checkout -f \(commit) # timeout=10",
            "Commit message: \"\(random.element(of: Self.commits))\"",
        ]
    }

    private func resolve(_ random: inout SplitMix) -> [String] {
        switch pipeline.tool {
        case .yarn:
            [
                "+ yarn install --frozen-lockfile", "yarn install v1.22.22", "[1/4] Resolving packages...",
                "[2/4] Fetching packages...",
                "warning \" > eslint-config-example@4.1.0\" has unmet peer dependency \"eslint@^8.0.0\".",
                "[4/4] Building fresh packages...", "Done in \(random.number(18...70)).\(random.number(10...99))s.",
            ]
        case .python:
            [
                "+ python -m pip install -r requirements.txt",
                "Collecting requests==2.32.\(random.number(0...4)) (from -r requirements.txt (line 3))",
                "  Using cached requests-2.32.3-py3-none-any.whl.metadata (4.6 kB)",
                "WARNING: Running pip as the 'root' user can result in broken permissions and conflicting behaviour with the system package manager.",
                "[notice] A new release of pip is available: 24.3.1 -> 25.\(random.number(0...3))",
            ]
        default:
            [
                "+ npm ci", "npm warn deprecated inflight@1.0.6: This module is not supported, and leaks memory.",
                "npm warn deprecated glob@7.2.3: Glob versions prior to v9 are no longer supported",
                "npm warn deprecated rimraf@2.7.1: Superseded by rimraf 4",
                "added \(random.number(700...1900)) packages, and audited \(random.number(1901...2400)) packages in \(random.number(18...59))s",
                "\(random.number(1...4)) moderate severity vulnerabilities",
            ]
        }
    }

    private func build(_ random: inout SplitMix) -> [String] {
        switch pipeline.tool {
        case .maven:
            [
                "+ ./mvnw -B -ntp -DskipTests package", "[INFO] Scanning for projects...",
                "[INFO] Building \(module) \(random.number(1...9)).\(random.number(0...30)).0-SNAPSHOT",
                "[WARNING] /src/main/java/com/example/ErrorCodes.java: Some input files use unchecked or unsafe operations.",
                "[INFO] Building jar: \(pipeline.job.workspace)/target/\(module).jar",
            ]
        case .gradle:
            [
                "+ ./gradlew --no-daemon assemble", "> Task :compileJava",
                "warning: [deprecation] getErrorStream() in LegacyClient has been deprecated", "> Task :classes",
                "> Task :jar",
                "Deprecated Gradle features were used in this build, making it incompatible with Gradle 9.0.",
                "BUILD SUCCESSFUL in \(random.number(41...99))s",
                "\(random.number(6...14)) actionable tasks: \(random.number(3...6)) executed",
            ]
        case .npm:
            [
                "+ npm run build", "> \(module)@\(random.number(1...9)).0.\(random.number(0...9)) build",
                "> tsc -b && vite build",
                "✓ \(random.number(400...2600)) modules transformed.",
                "(!) Some chunks are larger than 500 kB after minification.",
                "✓ built in \(random.number(9...48)).\(random.number(10...99))s",
            ]
        case .yarn:
            [
                "+ yarn build", "$ webpack --mode production",
                "WARNING in asset size limit: The following asset(s) exceed the recommended size limit (244 KiB).",
                "webpack 5.97.1 compiled with 2 warnings in \(random.number(20_000...90_000)) ms",
            ]
        case .go:
            [
                "+ go vet ./...", "+ go build -o bin/\(module) ./cmd/\(module)",
                "go: downloading google.golang.org/grpc v1.\(random.number(60...72)).0",
            ]
        case .python:
            [
                "+ ruff check .", "All checks passed!", "+ python -m build --wheel",
                "Successfully built \(module)-1.\(random.number(0...40)).0-py3-none-any.whl",
            ]
        case .cargo:
            [
                "+ cargo build --release --locked",
                "   Compiling \(module) v0.\(random.number(1...40)).0 (\(pipeline.job.workspace))",
                "warning: unused import: `std::error::Error`",
                "    Finished `release` profile [optimized] target(s) in \(random.number(1...3))m \(random.number(10...59))s",
            ]
        case .docker:
            [
                "+ docker build -t registry.example.com/\(module):\(hex(7, &random)) .",
                "#1 [internal] load build definition from Dockerfile",
                "#7 [2/6] RUN apt-get update && apt-get install -y --no-install-recommends curl",
                "#7 \(random.number(4...19)).31 debconf: delaying package configuration, since apt-utils is not installed",
                "#12 exporting layers done",
            ]
        }
    }

    func tests(_ random: inout SplitMix) -> [String] {
        let count = random.number(60...700)
        switch pipeline.tool {
        case .maven, .docker:
            return [
                "+ ./mvnw -B -ntp verify", "[INFO]  T E S T S", "[INFO] Running com.example.RetryPolicyTest",
                "10:14:0\(random.number(1...9)).118 [main] ERROR com.example.RetryPolicy - attempt 1 failed, will retry",
                "java.net.ConnectException: Connection refused",
                "\tat com.example.RetryPolicyTest.givesUpAfterThree(RetryPolicyTest.java:\(random.number(20...90)))",
                "[INFO] Tests run: \(random.number(4...30)), Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.\(random.number(100...999)) s -- in com.example.RetryPolicyTest",
                "[INFO] Tests run: \(count), Failures: 0, Errors: 0, Skipped: \(random.number(0...4))",
                "[INFO] BUILD SUCCESS",
            ]
        case .gradle:
            return [
                "+ ./gradlew --no-daemon test", "> Task :compileTestJava", "> Task :test",
                "RetryPolicyTest > givesUpAfterThree() STANDARD_OUT",
                "    java.net.SocketTimeoutException: Read timed out",
                "RetryPolicyTest > givesUpAfterThree() PASSED", "BUILD SUCCESSFUL in \(random.number(41...99))s",
            ]
        case .npm, .yarn:
            return [
                "+ \(pipeline.tool == .npm ? "npm test" : "yarn test")", "PASS src/errors/boundary.test.tsx",
                "  ● Console", "    console.error", "      Error: Network Error", "PASS src/cart/totals.test.ts",
                "Tests:       \(count) passed, \(count) total", "Ran all test suites.",
            ]
        case .go:
            return [
                "+ go test -race ./...", "ok  \texample.com/\(module)/internal/errors\t0.\(random.number(100...999))s",
                "ok  \texample.com/\(module)/internal/store\t\(random.number(2...40)).\(random.number(100...999))s",
                "?   \texample.com/\(module)/cmd\t[no test files]",
            ]
        case .python:
            return [
                "+ pytest -q", "........................................................................ [ 40%]",
                "tests/test_client.py::test_gives_up PASSED",
                "  /usr/lib/python3/site-packages/urllib3/connectionpool.py:1099: InsecureRequestWarning: Unverified HTTPS request is being made to host 'localhost'.",
                "\(count) passed, \(random.number(1...4)) skipped, \(random.number(2...9)) warnings in \(random.number(8...60)).\(random.number(10...99))s",
            ]
        case .cargo:
            return [
                "+ cargo test --locked", "running \(random.number(20...200)) tests",
                "test client::tests::connection_refused_is_reported ... ok",
                "test result: ok. \(count) passed; 0 failed; 1 ignored; 0 measured; 0 filtered out",
            ]
        }
    }

    private func publish(_ random: inout SplitMix) -> [String] {
        [
            "+ docker push registry.example.com/\(module):\(hex(7, &random))",
            "The push refers to repository [registry.example.com/\(module)]",
            "latest: digest: sha256:\(hex(64, &random)) size: \(random.number(1800...3900))",
        ]
    }

    private static let commits = [
        "Fix rounding of totals", "Bump dependencies", "Retry on connection refused", "Remove expired feature flags",
        "Rename timeout setting", "Handle missing credentials in the importer", "Add metrics for failed imports",
    ]

    func hex(_ count: Int, _ random: inout SplitMix) -> String {
        let digits = Array("0123456789abcdef")
        return String((0..<count).map { _ in random.element(of: digits) })
    }
}
