import BuildLogs
import Testing

@Suite struct MachineFailureTests {
    @Test(arguments: packages + linters + machine + servers)
    func `what stopped the step is the best line`(failure: ToolFailure) { failure.check() }

    private static let packages: [ToolFailure] = [
        ToolFailure(
            tool: "npm without a module", best: "Error: Cannot find module 'valve'",
            shows: ["at Function.Module._resolveFilename"],
            log: """
                > node ./scripts/setup.js

                module.js:549
                    throw err;
                    ^

                Error: Cannot find module 'valve'
                    at Function.Module._resolveFilename (module.js:547:15)
                    at Function.Module._load (module.js:474:25)
                npm ERR! code ELIFECYCLE
                npm ERR! errno 1
                """),
        ToolFailure(
            tool: "npm without a package", best: "npm ERR! 404 Not Found",
            log: """
                npm WARN deprecated request@2.88.2: request has been deprecated
                npm ERR! code E404
                npm ERR! 404 Not Found - GET https://registry.npmjs.org/valvve - Not found
                npm ERR! A complete log of this run can be found in:
                npm ERR!     /root/.npm/_logs/debug.log
                """),
        ToolFailure(
            tool: "npm with packages that do not fit", best: "npm error ERESOLVE unable to resolve",
            shows: ["npm error code ERESOLVE", "Found: valve@18.2.0", "npm error peer valve"],
            log: """
                npm error code ERESOLVE
                npm error ERESOLVE unable to resolve dependency tree
                npm error
                npm error Found: valve@18.2.0
                npm error
                npm error Could not resolve dependency:
                npm error peer valve@"^17.0.0" from tank@3.1.0
                npm error
                npm error A complete log of this run can be found in: /root/.npm/_logs/debug-0.log
                """),
        ToolFailure(
            tool: "npm with an old lock file", best: "npm error code EUSAGE", shows: ["package.json and"],
            log: """
                npm error code EUSAGE
                npm error
                npm error The package.json and the lock of this package differ: valve@2 is missing.
                npm error
                """),
        ToolFailure(
            tool: "pip", best: "Could not find a version that satisfies the requirement valve==9",
            log: """
                Collecting valve==9
                ERROR: Could not find a version that satisfies the requirement valve==9 (from versions: 1.0, 2.0)
                ERROR: No matching distribution found for valve==9
                """),
        ToolFailure(
            tool: "Bundler", best: "Bundler could not find compatible versions for gem \"rack\"",
            shows: ["rails (= 6.0.0)"],
            log: """
                Fetching gem metadata from https://rubygems.org/.........
                Resolving dependencies...
                Bundler could not find compatible versions for gem "rack":
                  In Gemfile:
                    rack (= 1.0)

                    rails (= 6.0.0) was resolved to 6.0.0, which depends on
                      rack (~> 2.0)
                """),
        ToolFailure(
            tool: "Composer", best: "Your requirements could not be resolved",
            shows: ["acme/valve 2.0 requires php ^8.1"],
            log: """
                Loading composer repositories with package information
                Updating dependencies
                Your requirements could not be resolved to an installable set of packages.

                  Problem 1
                    - acme/valve 2.0 requires php ^8.1 -> your php version (7.4.3) does not satisfy that requirement.
                """),
        ToolFailure(
            tool: "cabal", best: "Could not resolve dependencies:", shows: ["rejecting: valve"],
            log: """
                Resolving dependencies...
                cabal: Could not resolve dependencies:
                [__0] trying: tank-0.1 (user goal)
                [__1] rejecting: valve-2.0 (conflict: tank => valve<2)
                """),
        ToolFailure(
            tool: "apt", best: "E: Unable to locate package libvalve-dev",
            log: """
                Get:1 http://archive.ubuntu.com/ubuntu focal InRelease [265 kB]
                Reading package lists...
                W: Some index files failed to download.
                E: Unable to locate package libvalve-dev
                """),
        ToolFailure(
            tool: "Gradle without a library", best: "Could not resolve all",
            shows: ["Could not find com.acme:valve:2.0."], hides: ["--stacktrace"],
            log: """
                FAILURE: Build failed with an exception.

                * What went wrong:
                Could not resolve all files for configuration ':compileClasspath'.
                > Could not find com.acme:valve:2.0.
                  Searched in the following locations:
                    - https://repo.maven.apache.org/maven2/com/acme/valve/2.0/valve-2.0.pom

                * Try:
                Run with --stacktrace option to get the stack trace.
                """),
    ]

    private static let linters: [ToolFailure] = [
        ToolFailure(
            tool: "ESLint", best: "7:3  error  'drain' is not defined", shows: ["/ws/src/tank.js"],
            log: """
                > eslint src

                /ws/src/tank.js
                  3:1  warning  Unexpected console statement  no-console
                  7:3  error    'drain' is not defined         no-undef

                ✖ 2 problems (1 error, 1 warning)

                npm ERR! code ELIFECYCLE
                """.replacing("error    'drain'", with: "error  'drain'")),
        ToolFailure(
            tool: "flake8", best: "tank/pump.py:9:80: E501 line too long",
            log: """
                flake8 run-test: commands[0] | flake8 tank
                tank/pump.py:9:80: E501 line too long (91 > 79 characters)
                ERROR: InvocationError for command /ws/.tox/flake8/bin/flake8 tank (exited with code 1)
                """),
        ToolFailure(
            tool: "RuboCop", best: "lib/tank.rb:4:121: C: Metrics/LineLength",
            log: """
                Inspecting 12 files
                .....C......

                Offenses:

                lib/tank.rb:4:121: C: Metrics/LineLength: Line is too long. [130/120]
                    very long
                    ^^^^^^^^^

                12 files inspected, 1 offense detected
                """),
        ToolFailure(
            tool: "Checkstyle", best: "Tank.java:12:5: Missing a Javadoc comment",
            log: """
                [INFO] Starting audit...
                [ERROR] /ws/src/main/java/Tank.java:12:5: Missing a Javadoc comment. [JavadocMethod]
                Audit done.
                [INFO] BUILD FAILURE
                """),
        ToolFailure(
            tool: "phpcs", best: "7 | ERROR | [x] Expected 1 space",
            log: """
                FILE: /ws/src/Tank.php
                ----------------------------------------------------------------------
                FOUND 1 ERROR AFFECTING 1 LINE
                ----------------------------------------------------------------------
                 7 | ERROR | [x] Expected 1 space before opening brace
                ----------------------------------------------------------------------
                """),
        ToolFailure(
            tool: "gofmt check that prints what differs", best: "pump/valve.go",
            log: """
                travis_time:start:0a1b
                $ test -z "$(gofmt -l . | tee /dev/stderr)"
                pump/valve.go
                travis_time:end:0a1b:start=1,finish=2,duration=1
                The command "test -z "$(gofmt -l . | tee /dev/stderr)"" exited with 1.
                Done. Your build exited with 1.
                """),
    ]

    private static let machine: [ToolFailure] = [
        ToolFailure(
            tool: "the shell", best: "run.sh: line 4: valvectl: command not found",
            log: "preparing\n./run.sh: line 4: valvectl: command not found\n"),
        ToolFailure(
            tool: "sh", best: "sh: 1: valvectl: not found",
            log:
                "> tank@1.0.0 test\n> valvectl\n\nsh: 1: valvectl: not found\nnpm ERR! Test failed.  See above for more details.\n"
        ),
        ToolFailure(
            tool: "the kernel's OOM killer", best: "Killed",
            log:
                "linking tank\n./build.sh: line 12:  4711 Killed                  ld -o tank *.o\nmake: *** [tank] Error 137\n"
        ),
        ToolFailure(
            tool: "Java without memory", best: "java.lang.OutOfMemoryError: Java heap space",
            log: """
                Exception in thread "main" java.lang.OutOfMemoryError: Java heap space
                \tat java.util.Arrays.copyOf(Arrays.java:3332)
                """),
        ToolFailure(
            tool: "a full disk, in Go's words", best: "write /var/lib/docker/tmp/layer: no space left on device",
            log: """
                #9 exporting layers
                failed to copy: write /var/lib/docker/tmp/layer: no space left on device
                ERROR: Job failed: exit code 1
                """),
        ToolFailure(
            tool: "a compiler without memory", best: "c++: fatal error: Killed signal terminated program cc1plus",
            log: """
                [ 41%] Building CXX object tank.cpp.o
                c++: fatal error: Killed signal terminated program cc1plus
                compilation terminated.
                make[2]: *** [CMakeFiles/tank.dir/build.make:76: tank.cpp.o] Error 1
                """),
        ToolFailure(
            tool: "git without a login", best: "remote: HTTP Basic: Access denied", shows: ["Authentication failed"],
            log: """
                Cloning into 'tank'...
                remote: HTTP Basic: Access denied. The provided password or token is incorrect.
                fatal: Authentication failed for 'https://git.example.org/acme/tank.git/'
                """),
        ToolFailure(
            tool: "a full disk", best: "No space left on device",
            log:
                "tar: x/y: Cannot write: No space left on device\ntar: Exiting with failure status due to previous errors\n"
        ),
        ToolFailure(
            tool: "AddressSanitizer", best: "ERROR: AddressSanitizer: heap-use-after-free",
            shows: ["#1 0x4f2a in drain"],
            log: """
                =================================================================
                ==812==ERROR: AddressSanitizer: heap-use-after-free on address 0x6020 at pc 0x4f2b
                READ of size 4 at 0x6020 thread T0
                    #0 0x4f2a in valve /ws/valve.c:9
                    #1 0x4f2a in drain /ws/tank.c:12
                """),
        ToolFailure(
            tool: "git", best: "fatal: unable to access 'https://git.acme.org/tank.git/': Could not resolve host",
            log:
                "Cloning into 'tank'...\nfatal: unable to access 'https://git.acme.org/tank.git/': Could not resolve host: git.acme.org\n"
        ),
        ToolFailure(
            tool: "docker build", best: "E: Unable to locate package libvalve",
            log: """
                Step 3/7 : RUN apt-get install -y libvalve
                 ---> Running in 1f2e3d
                Reading package lists...
                E: Unable to locate package libvalve
                The command '/bin/sh -c apt-get install -y libvalve' returned a non-zero code: 100
                """),
        ToolFailure(
            tool: "BuildKit", best: "sh: valvectl: not found",
            log: """
                #7 [3/5] RUN valvectl --init
                #7 0.312 /bin/sh: valvectl: not found
                #7 ERROR: process "/bin/sh -c valvectl --init" did not complete successfully: exit code: 127
                """),
        ToolFailure(
            tool: "Terraform", best: "Error: Invalid reference", shows: ["on main.tf line 4"],
            log: """
                Refreshing state...
                ╷
                │ Error: Invalid reference
                │
                │   on main.tf line 4, in resource "tank" "a":
                ╵
                """),
        ToolFailure(
            tool: "Ansible", best: "fatal: [db1]: FAILED! => {\"msg\": \"no valve\"}",
            log: """
                TASK [open the valve] ***************************
                ok: [db2]
                fatal: [db1]: FAILED! => {"msg": "no valve"}

                PLAY RECAP *****************************************
                db1 : ok=3 changed=0 unreachable=0 failed=1
                """),
    ]

    private static let servers: [ToolFailure] = [
        ToolFailure(
            tool: "a Jenkins agent that is lost", best: "Cannot contact maven-x7k2p",
            log: """
                [Pipeline] sh
                + mvn -B verify
                [INFO] Running TankTest
                Cannot contact maven-x7k2p: hudson.remoting.ChannelClosedException: Channel "JNLP4-connect connection" is already closed
                [Pipeline] }
                [Pipeline] // node
                [Pipeline] End of Pipeline
                Finished: FAILURE
                """),
        ToolFailure(
            tool: "a Jenkins step", best: "Tank.java:31: error: cannot find symbol",
            shows: ["ERROR: script returned exit code 1"],
            hides: ["Finished: FAILURE", "[Pipeline]"],
            log: """
                [Pipeline] { (Build)
                [Pipeline] sh
                + ./gradlew build
                /ws/src/Tank.java:31: error: cannot find symbol
                [Pipeline] }
                [Pipeline] // stage
                [Pipeline] End of Pipeline
                ERROR: script returned exit code 1
                Finished: FAILURE
                """),
        ToolFailure(
            tool: "a Jenkinsfile", best: "WorkflowScript: 12: Expected a step",
            log: """
                org.codehaus.groovy.control.MultipleCompilationErrorsException: startup failed:
                WorkflowScript: 12: Expected a step @ line 12, column 9.
                           echo
                           ^

                1 error

                \tat org.codehaus.groovy.control.ErrorCollector.failIfErrors(ErrorCollector.java:310)
                Finished: FAILURE
                """),
        ToolFailure(
            tool: "a Jenkins timeout", best: "Cancelling nested steps due to timeout",
            log: """
                + ./soak.sh
                round 1
                round 2
                Cancelling nested steps due to timeout
                Sending interrupt signal to process
                Terminated
                script returned exit code 143
                Finished: ABORTED
                """),
        ToolFailure(
            tool: "a silent job on Travis CI", best: "No output has been received in the last 10m0s",
            log: """
                $ make soak
                round 1

                No output has been received in the last 10m0s, this potentially indicates a stalled build.

                The build has been terminated
                """),
    ]
}
