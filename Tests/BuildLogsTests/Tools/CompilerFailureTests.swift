import BuildLogs
import Testing

@Suite struct CompilerFailureTests {
    @Test(arguments: cases) func `a compiler's first error is the best line`(failure: ToolFailure) { failure.check() }

    static let cases: [ToolFailure] = [
        ToolFailure(
            tool: "gcc", best: "src/pump.c:41:12: error: 'valve'", shows: ["valve->open", "^~~~~"],
            hides: ["-Wall", "unused variable", "Entering directory"],
            log: """
                make[1]: Entering directory '/build/pump'
                gcc -Wall -Werror=return-type -c -o error.o src/error.c
                src/error.c:9:7: warning: unused variable 'n' [-Wunused-variable]
                gcc -Wall -c -o pump.o src/pump.c
                src/pump.c: In function 'start':
                src/pump.c:41:12: error: 'valve' undeclared (first use in this function)
                   41 |     return valve->open;
                      |            ^~~~~
                make[1]: *** [Makefile:12: pump.o] Error 1
                make: *** [all] Error 2
                """),
        ToolFailure(
            tool: "gcc with a missing header", best: "fatal error: libfoo.h: No such file", hides: ["Error 1"],
            log: """
                cc -c main.c
                main.c:3:10: fatal error: libfoo.h: No such file or directory
                    3 | #include <libfoo.h>
                      |          ^~~~~~~~~~
                compilation terminated.
                make: *** [Makefile:4: main.o] Error 1
                """),
        ToolFailure(
            tool: "ld", best: "undefined reference to `drain'",
            log: """
                g++ -o app main.o tank.o
                /usr/bin/ld: tank.o: in function `fill(int)':
                tank.cpp:(.text+0x1f): undefined reference to `drain'
                collect2: error: ld returned 1 exit status
                make: *** [Makefile:9: app] Error 1
                """),
        ToolFailure(
            tool: "ld on macOS", best: "Undefined symbols for architecture", shows: ["\"_drain\", referenced from"],
            log: """
                Undefined symbols for architecture x86_64:
                  "_drain", referenced from:
                      _main in main.o
                ld: symbol(s) not found for architecture x86_64
                clang: error: linker command failed with exit code 1 (use -v to see invocation)
                """),
        ToolFailure(
            tool: "cmake", best: "CMake Error at CMakeLists.txt:17",
            shows: ["Could not find a package configuration file"],
            hides: ["Looking for pthread.h"],
            log: """
                -- Looking for pthread.h - found
                -- Performing Test HAVE_ERROR_H - Failed
                CMake Error at CMakeLists.txt:17 (find_package):
                  Could not find a package configuration file provided by "Turbine" with any
                  of the following names:

                    TurbineConfig.cmake


                -- Configuring incomplete, errors occurred!
                See also "/build/CMakeFiles/CMakeOutput.log".
                """),
        ToolFailure(
            tool: "configure", best: "configure: error: libxml2 is needed", hides: ["checking for"],
            log: """
                checking for gcc... gcc
                checking for error_at_line... no
                checking for libxml2... no
                configure: error: libxml2 is needed
                """),
        ToolFailure(
            tool: "ninja", best: "../src/a.cc:5:3: error: no member named", shows: ["ring.close()"],
            log: """
                [1/4] Building CXX object b.o
                [2/4] Building CXX object a.o
                FAILED: a.o
                /usr/bin/c++ -O2 -o a.o -c ../src/a.cc
                ../src/a.cc:5:3: error: no member named 'close' in 'Ring'
                  ring.close();
                  ~~~~ ^
                1 error generated.
                ninja: build stopped: subcommand failed.
                """),
        ToolFailure(
            tool: "rustc", best: "error[E0425]: cannot find value `pressure`", shows: ["--> src/gauge.rs:8:9"],
            hides: ["Compiling gauge"],
            log: """
                   Compiling gauge v0.1.0 (/src/gauge)
                warning: unused import: `std::fmt`
                 --> src/main.rs:1:5
                  |
                1 | use std::fmt;
                  |     ^^^^^^^^

                error[E0425]: cannot find value `pressure` in this scope
                 --> src/gauge.rs:8:9
                  |
                8 |         pressure
                  |         ^^^^^^^^ not found in this scope

                error: aborting due to previous error; 1 warning emitted

                For more information about this error, try `rustc --explain E0425`.
                error: could not compile `gauge`
                """),
        ToolFailure(
            tool: "go build", best: "./main.go:14:2: undefined: openValve",
            log: """
                go: downloading github.com/acme/pipe v1.2.0
                # github.com/acme/pump
                ./main.go:14:2: undefined: openValve
                ./main.go:15:9: too many arguments to return
                """),
        ToolFailure(
            tool: "javac by Maven", best: "Tank.java:[31,17] cannot find symbol",
            shows: ["symbol:   method drain()", "Failed to execute goal"],
            hides: ["BUILD FAILURE", "COMPILATION ERROR", "Total time"],
            log: """
                [INFO] --- maven-compiler-plugin:3.8.1:compile (default-compile) @ tank ---
                [WARNING] File encoding has not been set, using platform encoding UTF-8
                [INFO] -------------------------------------------------------------
                [ERROR] COMPILATION ERROR :
                [INFO] -------------------------------------------------------------
                [ERROR] /ws/tank/src/main/java/Tank.java:[31,17] cannot find symbol
                  symbol:   method drain()
                  location: class Tank
                [INFO] 1 error
                [INFO] -------------------------------------------------------------
                [INFO] BUILD FAILURE
                [INFO] Total time:  4.2 s
                [ERROR] Failed to execute goal org.apache.maven.plugins:maven-compiler-plugin:3.8.1:compile on project tank: Compilation failure
                [ERROR] /ws/tank/src/main/java/Tank.java:[31,17] cannot find symbol
                [ERROR]   symbol:   method drain()
                [ERROR]   location: class Tank
                [ERROR] -> [Help 1]
                """),
        ToolFailure(
            tool: "javac by Gradle", best: "Tank.java:31: error: cannot find symbol", shows: ["drain();"],
            log: """
                > Task :compileJava FAILED
                /ws/src/main/java/Tank.java:31: error: cannot find symbol
                        drain();
                        ^
                  symbol:   method drain()
                  location: class Tank
                1 error

                FAILURE: Build failed with an exception.

                * What went wrong:
                Execution failed for task ':compileJava'.
                > Compilation failed; see the compiler error output for details.

                * Try:
                Run with --stacktrace option to get the stack trace.

                BUILD FAILED in 3s
                """),
        ToolFailure(
            tool: "javac by Ant", best: "Tank.java:31: error: cannot find symbol",
            log: """
                compile:
                    [javac] Compiling 12 source files to /ws/classes
                    [javac] /ws/src/Tank.java:31: error: cannot find symbol
                    [javac]         drain();
                    [javac]         ^
                    [javac] 1 error

                BUILD FAILED
                /ws/build.xml:20: Compile failed; see the compiler error output for details.

                Total time: 1 second
                """),
        ToolFailure(
            tool: "kotlinc", best: "e: /ws/src/Tank.kt: (12, 5): Unresolved reference: drain",
            log: """
                > Task :compileKotlin FAILED
                w: /ws/src/Pump.kt: (3, 9): Variable 'error' is never used
                e: /ws/src/Tank.kt: (12, 5): Unresolved reference: drain

                FAILURE: Build failed with an exception.

                * What went wrong:
                Execution failed for task ':compileKotlin'.
                > Compilation error. See log for more details
                """),
        ToolFailure(
            tool: "scalac by sbt", best: "Tank.scala:9:5: not found: value drain", shows: ["drain()"],
            log: """
                [info] Compiling 8 Scala sources to /ws/target/classes ...
                [warn] /ws/src/Pump.scala:3:8: imported `Error` is never used
                [error] /ws/src/Tank.scala:9:5: not found: value drain
                [error]     drain()
                [error]     ^
                [error] one error found
                [error] (Compile / compileIncremental) Compilation failed
                [error] Total time: 5 s, completed
                """),
        ToolFailure(
            tool: "tsc", best: "src/tank.ts(7,3): error TS2304",
            log: """
                > tank@1.0.0 build /ws
                > tsc -p .

                src/tank.ts(7,3): error TS2304: Cannot find name 'drain'.
                npm ERR! code ELIFECYCLE
                npm ERR! errno 2
                npm ERR! tank@1.0.0 build: `tsc -p .`
                npm ERR! Exit status 2
                """),
        ToolFailure(
            tool: "webpack", best: "Module not found: Error: Can't resolve './valve'",
            log: """
                Hash: 8f2a
                Built at: 10:02:11
                ERROR in ./src/tank.js
                Module not found: Error: Can't resolve './valve' in '/ws/src'
                 @ ./src/tank.js 3:0-28
                npm ERR! code ELIFECYCLE
                """),
        ToolFailure(
            tool: "ghc", best: "src/Tank.hs:12:5: error:", shows: ["Variable not in scope: drain"], hides: ["[1 of 3]"],
            log: """
                [1 of 3] Compiling Error            ( src/Error.hs, dist/Error.o )
                [2 of 3] Compiling Tank             ( src/Tank.hs, dist/Tank.o )

                src/Tank.hs:12:5: error:
                    Variable not in scope: drain :: IO ()
                   |
                12 |     drain
                   |     ^^^^^
                cabal: Failed to build tank-0.1. See the build log above for details.
                """),
        ToolFailure(
            tool: "ghc with -Werror", best: "src/Tank.hs:3:1: Warning:", shows: ["The import of"],
            log: """
                [2 of 3] Compiling Tank             ( src/Tank.hs, dist/Tank.o )

                src/Tank.hs:3:1: Warning:
                    The import of ‘Data.List’ is redundant

                <no location info>:
                Failing due to -Werror.
                """),
        ToolFailure(
            tool: "ocamlc", best: "Error: Unbound value drain", shows: ["File \"tank.ml\", line 4"],
            log: """
                ocamlfind ocamlopt -c tank.ml
                File "tank.ml", line 4, characters 2-7:
                4 |   drain ();
                      ^^^^^
                Error: Unbound value drain
                make: *** [Makefile:3: tank.cmx] Error 2
                """),
        ToolFailure(
            tool: "elixirc", best: "** (CompileError) lib/tank.ex:9: undefined function drain/0",
            log: """
                Compiling 14 files (.ex)

                == Compilation error in file lib/tank.ex ==
                ** (CompileError) lib/tank.ex:9: undefined function drain/0
                    (stdlib) lists.erl:1338: :lists.foreach/2
                """),
        ToolFailure(
            tool: "erlc by rebar3", best: "tank.erl:22: function drain/0 undefined",
            log: """
                ===> Verifying dependencies...
                ===> Compiling tank
                ===> Compiling src/tank.erl failed
                src/tank.erl:22: function drain/0 undefined
                """),
        ToolFailure(
            tool: "swiftc", best: "Tank.swift:8:9: error: cannot find 'drain' in scope",
            log: """
                [3/5] Compiling Tank Tank.swift
                /ws/Sources/Tank/Tank.swift:8:9: error: cannot find 'drain' in scope
                        drain()
                        ^~~~~
                error: fatalError
                """),
        ToolFailure(
            tool: "MSBuild", best: "Tank.cs(14,13): error CS0103", hides: ["0 Warning(s)", "Time Elapsed"],
            log: """
                  Determining projects to restore...
                Tank.cs(14,13): error CS0103: The name 'Drain' does not exist in the current context [/ws/Tank.csproj]

                Build FAILED.

                    0 Warning(s)
                    1 Error(s)

                Time Elapsed 00:00:02.11
                """),
        ToolFailure(
            tool: "pdflatex", best: "! Undefined control sequence.", shows: ["l.14"],
            log: """
                (./chapter.tex
                Overfull \\hbox (2.1pt too wide) in paragraph at lines 3--4
                ! Undefined control sequence.
                l.14 \\drain
                           {all}
                No pages of output.
                make: *** [paper.pdf] Error 1
                """),
        ToolFailure(
            tool: "Crystal", best: "Error: undefined local variable or method 'drain'",
            log: """
                crystal build src/tank.cr
                Error in src/tank.cr:4: undefined local variable or method 'drain'
                """.replacing("Error in src/tank.cr:4:", with: "In src/tank.cr:4:1\n\n 4 | drain\n     ^----\nError:")),
        ToolFailure(
            tool: "Dart analyzer", best: "error • Undefined name 'drain'",
            log: """
                Analyzing tank...

                  error • Undefined name 'drain' • lib/tank.dart:4:3 • undefined_identifier

                1 issue found.
                """),
    ]
}
