/// What is wrong with the code that is built, in the words of the compilers and of what checks it.
enum CodeTrouble {
    /// It does not compile.
    static func compileError(_ pipeline: PipelineJob, _ random: inout SplitMix) -> Breakage {
        let number = random.number(12...240)
        let column = random.number(5...60)
        let root = pipeline.job.workspace
        let (printed, lines): ([String], [String]) =
            switch pipeline.tool {
            case .maven: maven(root, number, column, &random)
            case .gradle:
                (
                    ["+ ./gradlew --no-daemon assemble", "> Task :processResources", "> Task :compileJava FAILED"],
                    [
                        "\(root)/src/main/java/com/example/Totals.java:\(number): error: incompatible types: String cannot be converted to BigDecimal",
                        "        return rate;", "               ^", "1 error",
                        "FAILURE: Build failed with an exception.",
                        "* What went wrong:", "Execution failed for task ':compileJava'.",
                        "> Compilation failed; see the compiler error output for details.",
                        "BUILD FAILED in \(random.number(9...48))s",
                    ]
                )
            case .npm, .yarn:
                (
                    ["+ \(pipeline.tool == .npm ? "npm run build" : "yarn build")", "> tsc -b && vite build"],
                    [
                        "src/cart/totals.ts(\(number),\(column)): error TS2322: Type 'string' is not assignable to type 'number'.",
                        "src/cart/totals.ts(\(number + 4),\(column)): error TS2339: Property 'rate' does not exist on type 'LineItem'.",
                        pipeline.tool == .npm
                            ? "npm error Lifecycle script `build` failed with error:"
                            : "error Command failed with exit code 2.",
                        pipeline.tool == .npm
                            ? "npm error code 2"
                            : "info Visit https://yarnpkg.com/en/docs/cli/run for documentation about this command.",
                    ]
                )
            case .go:
                (
                    ["+ go vet ./...", "go: downloading golang.org/x/sync v0.10.0"],
                    [
                        "# example.com/\(pipeline.module)/internal/store",
                        "internal/store/store.go:\(number):\(column): undefined: newCursor",
                        "internal/store/store.go:\(number + 9):\(column): cannot use id (variable of type string) as int64 value in argument to s.find",
                    ]
                )
            case .python:
                (
                    ["+ python -m compileall -q src"],
                    [
                        "*** Error compiling 'src/totals.py'...", "  File \"src/totals.py\", line \(number)",
                        "    def total(lines: list[Line] -> Decimal:", "             ^",
                        "SyntaxError: '(' was never closed",
                    ]
                )
            case .cargo:
                (
                    [
                        "+ cargo build --release --locked", "   Compiling \(pipeline.module) v0.14.0 (\(root))",
                        "warning: unused variable: `error`",
                    ],
                    [
                        "error[E0308]: mismatched types", "   --> src/totals.rs:\(number):\(column)", "    |",
                        "\(number) |     rate", "    |     ^^^^ expected `Decimal`, found `&str`", "",
                        "For more information about this error, try `rustc --explain E0308`.",
                        "error: could not compile `\(pipeline.module)` (lib) due to 1 previous error; 1 warning emitted",
                    ]
                )
            case .docker: dockerfile(pipeline, number, &random)
            }
        var breakage = Breakage(.build, printed: printed, lines: lines)
        if pipeline.tool == .npm || pipeline.tool == .yarn { breakage.message = "script returned exit code 2" }
        return breakage
    }

    private static func maven(
        _ root: String, _ number: Int, _ column: Int, _ random: inout SplitMix
    ) -> ([String], [String]) {
        let file = "\(root)/src/main/java/com/example/Totals.java:[\(number),\(column)]"
        let errors = random.element(of: [
            [
                "[ERROR] \(file) cannot find symbol", "[ERROR]   symbol:   variable roundingMode",
                "[ERROR]   location: class com.example.Totals",
            ],
            ["[ERROR] \(file) incompatible types: java.lang.String cannot be converted to java.math.BigDecimal"],
            ["[ERROR] \(file) package com.example.rates does not exist"],
        ])
        return (
            [
                "+ ./mvnw -B -ntp -DskipTests package", "[INFO] Scanning for projects...",
                "[INFO] Compiling \(random.number(40...320)) source files with javac [debug release 21] to target/classes",
                "[WARNING] /src/main/java/com/example/ErrorCodes.java: Some input files use unchecked or unsafe operations.",
            ],
            [
                "[INFO] -------------------------------------------------------------", "[ERROR] COMPILATION ERROR : ",
                "[INFO] -------------------------------------------------------------",
            ] + errors + [
                "[INFO] BUILD FAILURE", "[INFO] Total time:  \(random.number(14...58)).\(random.number(100...999)) s",
                "[ERROR] Failed to execute goal org.apache.maven.plugins:maven-compiler-plugin:3.13.0:compile (default-compile) on project app: Compilation failure",
                "[ERROR] -> [Help 1]", "[ERROR] Re-run Maven using the -X switch to enable full debug logging.",
            ]
        )
    }

    private static func dockerfile(
        _ pipeline: PipelineJob, _ number: Int, _ random: inout SplitMix
    ) -> ([String], [String]) {
        let step = random.element(of: [
            ("/bin/sh -c npm run build", "sh: 1: tsc: not found", 127),
            ("/bin/sh -c make release", "make: *** No rule to make target 'release'.  Stop.", 2),
            (
                "/bin/sh -c ./configure && make",
                "main.c:\(number):9: error: too few arguments to function 'open_store'", 2
            ),
        ])
        return (
            [
                "+ docker build -t registry.example.com/\(pipeline.module):latest .",
                "#1 [internal] load build definition from Dockerfile", "#9 [4/7] COPY . /src",
                "#10 [5/7] RUN \(step.0.dropFirst(11))",
            ],
            [
                "#10 \(random.number(2...40)).118 \(step.1)",
                "#10 ERROR: process \"\(step.0)\" did not complete successfully: exit code: \(step.2)", "------",
                " > [5/7] RUN \(step.0.dropFirst(11)):", "------", "Dockerfile:\(random.number(8...31))",
                "ERROR: failed to solve: process \"\(step.0)\" did not complete successfully: exit code: \(step.2)",
            ]
        )
    }

    /// It compiles, and a rule says that it must not be so.
    static func lintError(_ pipeline: PipelineJob, _ random: inout SplitMix) -> Breakage {
        let number = random.number(12...240)
        let count = random.number(2...9)
        let (printed, lines): ([String], [String]) =
            switch pipeline.tool {
            case .npm, .yarn:
                (
                    ["+ npm run lint", "> eslint . --max-warnings 40"],
                    [
                        "\(pipeline.job.workspace)/src/cart/totals.ts",
                        "  \(number):14  error    'rate' is assigned a value but never used  @typescript-eslint/no-unused-vars",
                        "  \(number + 7):3   error    Unexpected any. Specify a different type      @typescript-eslint/no-explicit-any",
                        "  \(number + 9):1   warning  Unexpected console statement                  no-console",
                        "✖ \(count + 1) problems (\(count) errors, 1 warning)",
                    ]
                )
            case .go:
                (
                    ["+ golangci-lint run ./..."],
                    [
                        "internal/store/store.go:\(number):2: ineffectual assignment to err (ineffassign)",
                        "internal/store/store.go:\(number + 3):15: Error return value of `rows.Close` is not checked (errcheck)",
                        "\(count) issues:", "* errcheck: \(count - 1)", "* ineffassign: 1",
                    ]
                )
            case .python:
                (
                    ["+ ruff check ."],
                    [
                        "src/totals.py:\(number):5: F841 Local variable `rate` is assigned to but never used",
                        "src/totals.py:\(number + 8):1: E402 Module level import not at top of file",
                        "Found \(count) errors.",
                    ]
                )
            default:
                (
                    ["+ ./mvnw -B -ntp checkstyle:check", "[INFO] Scanning for projects..."],
                    [
                        "[ERROR] src/main/java/com/example/Totals.java:[\(number),5] (javadoc) MissingJavadocMethod: Missing a Javadoc comment.",
                        "[INFO] BUILD FAILURE",
                        "[ERROR] Failed to execute goal org.apache.maven.plugins:maven-checkstyle-plugin:3.6.0:check (default-cli) on project \(pipeline.module): You have \(count) Checkstyle violations. -> [Help 1]",
                    ]
                )
            }
        return Breakage(.build, printed: printed, lines: lines)
    }

    /// The tool's own project file is wrong: not Jenkins's.
    static func brokenGradleFile(_ pipeline: PipelineJob, _ random: inout SplitMix) -> Breakage {
        let number = random.number(9...80)
        return Breakage(
            .build,
            printed: [
                "+ ./gradlew --no-daemon assemble", "Starting a Gradle Daemon (subsequent builds will be faster)",
            ],
            lines: [
                "FAILURE: Build failed with an exception.", "* Where:",
                "Build file '\(pipeline.job.workspace)/build.gradle' line: \(number)", "* What went wrong:",
                "Could not compile build file '\(pipeline.job.workspace)/build.gradle'.",
                "> startup failed:",
                "  build file '\(pipeline.job.workspace)/build.gradle': \(number): Unexpected input: '{' @ line \(number), column 14.",
                "     dependencies {{", "                 ^", "  1 error", "BUILD FAILED in \(random.number(2...9))s",
            ])
    }

    /// A script that may not be run.
    static func notExecutable(_ pipeline: PipelineJob, _ random: inout SplitMix) -> Breakage {
        let script = pipeline.tool == .gradle ? "./gradlew" : pipeline.tool == .maven ? "./mvnw" : "./scripts/build.sh"
        var breakage = Breakage(
            .build, printed: ["+ \(script) \(random.element(of: ["assemble", "package", "--ci"]))"],
            lines: [
                "\(pipeline.job.workspace)@tmp/durable-\(random.suffix(8))/script.sh.copy: \(random.number(1...4)): \(script): Permission denied"
            ])
        breakage.message = "script returned exit code 126"
        breakage.seconds = 1...4
        return breakage
    }
}

extension CodeTrouble {
    /// What tests the code does not compile.
    static func testCompileError(_ pipeline: PipelineJob, _ random: inout SplitMix) -> Breakage {
        var breakage = compileError(pipeline, &random)
        breakage.phase = .test
        let words = [
            ("src/main/java/com/example/Totals.java", "src/test/java/com/example/TotalsTest.java"),
            (":compile (default-compile)", ":testCompile (default-testCompile)"), (":compileJava", ":compileTestJava"),
            ("assemble", "test"), ("-DskipTests package", "verify"), ("cargo build --release", "cargo test"),
            ("(lib) due", "(lib test) due"), ("--> src/totals.rs", "--> tests/totals.rs"),
        ]
        func inTests(_ line: String) -> String {
            words.reduce(line) { $0.replacing($1.0, with: $1.1) }
        }
        breakage.printed = breakage.printed.map(inTests)
        breakage.lines = breakage.lines.map(inTests)
        return breakage
    }
}
