/// What is wrong with the Jenkinsfile itself, in the words of Groovy and Pipeline.
enum ScriptTrouble: CaseIterable {
    /// A step that there is none of.
    case noSuchStep
    /// A variable that nobody defined.
    case noSuchProperty
    /// A method that the sandbox does not let through.
    case rejected
    /// Something is null.
    case nullPointer

    /// Fails inside a stage, in a `script` block.
    func breakage(_ phase: PipelineTool.Phase, _ random: inout SplitMix) -> Breakage {
        let line = random.number(14...90)
        let property = random.element(of: ["releaseVersion", "imageTag", "deployTarget", "BRANCH"])
        let (exception, message, stack): (String, String, [String]) =
            switch self {
            case .noSuchStep:
                (
                    "java.lang.NoSuchMethodError",
                    "No such DSL method '\(random.element(of: ["publishArtefact", "notifyChat", "dockerBuild", "slackSned"]))' found among steps [archive, bat, build, catchError, checkout, container, deleteDir, dir, echo, error, fileExists, input, junit, library, lock, mail, milestone, node, parallel, properties, readFile, retry, script, sh, sleep, stage, stash, timeout, tool, unstable, unstash, waitUntil, withCredentials, withEnv, writeFile, ws] or symbols [agent, all, always, any, buildDiscarder, choice, cron, label, logRotator, pollSCM, string, timestamps, upstream] or globals [currentBuild, env, params, pipeline, scm]",
                    [
                        "\tat PluginClassLoader for workflow-cps//org.jenkinsci.plugins.workflow.cps.DSL.invokeMethod(DSL.java:219)",
                        "\tat PluginClassLoader for workflow-cps//org.jenkinsci.plugins.workflow.cps.CpsScript.invokeMethod(CpsScript.java:124)",
                    ]
                )
            case .noSuchProperty:
                (
                    "groovy.lang.MissingPropertyException",
                    "No such property: \(property) for class: groovy.lang.Binding",
                    [
                        "\tat groovy.lang.Binding.getVariable(Binding.java:63)",
                        "\tat PluginClassLoader for script-security//org.jenkinsci.plugins.scriptsecurity.sandbox.groovy.SandboxInterceptor.onGetProperty(SandboxInterceptor.java:285)",
                    ]
                )
            case .rejected:
                (
                    "org.jenkinsci.plugins.scriptsecurity.sandbox.RejectedAccessException",
                    "Scripts not permitted to use \(random.element(of: ["staticMethod jenkins.model.Jenkins getInstance", "method java.lang.String getBytes java.lang.String", "new java.io.File java.lang.String"]))",
                    [
                        "\tat PluginClassLoader for script-security//org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.StaticWhitelist.rejectMethod(StaticWhitelist.java:249)",
                        "\tat PluginClassLoader for script-security//org.jenkinsci.plugins.scriptsecurity.sandbox.groovy.SandboxInterceptor.onMethodCall(SandboxInterceptor.java:163)",
                    ]
                )
            case .nullPointer:
                (
                    "java.lang.NullPointerException", "Cannot invoke method trim() on null object",
                    ["\tat org.codehaus.groovy.runtime.NullObject.invokeMethod(NullObject.java:91)"]
                )
            }
        let frames =
            stack + [
                "\tat WorkflowScript.run(WorkflowScript:\(line))", "\tat ___cps.transform___(Native Method)",
                "\tat PluginClassLoader for workflow-cps//com.cloudbees.groovy.cps.impl.ContinuationGroup.methodCall(ContinuationGroup.java:90)",
                "\tat PluginClassLoader for workflow-cps//org.jenkinsci.plugins.workflow.cps.CpsThread.runNextChunk(CpsThread.java:188)",
                "\tat java.base/java.lang.Thread.run(Unknown Source)",
            ]
        var breakage = Breakage(
            phase, printed: ["[Pipeline] script"],
            lines: [
                "Also:   org.jenkinsci.plugins.workflow.actions.ErrorAction$ErrorId: \(random.suffix(8))-\(random.suffix(4))-\(random.suffix(12))",
                "\(exception): \(message)",
            ] + frames)
        breakage.exception = exception
        breakage.message = message
        breakage.step = (type: "script", title: "Run arbitrary Pipeline script")
        breakage.seconds = 1...3
        return breakage
    }

    /// What a Jenkinsfile that does not compile leaves in the log.
    static func compileError(_ random: inout SplitMix) -> (exception: String, lines: [String]) {
        let line = random.number(9...80)
        let errors = random.element(of: [
            [
                "WorkflowScript: \(line): Expected a step @ line \(line), column 17.",
                "                   sh \"./build.sh", "                   ^",
            ],
            [
                "WorkflowScript: \(line): Missing required section \"steps\" @ line \(line), column 9.",
                "           stage('Publish') {", "           ^",
            ],
            [
                "WorkflowScript: \(line): unexpected token: } @ line \(line), column 1.", "   }", "   ^",
            ],
            [
                "WorkflowScript: \(line): Invalid agent type \"kubernets\" specified. Must be one of [any, docker, dockerfile, kubernetes, label, none] @ line \(line), column 5.",
                "       agent {", "       ^",
            ],
        ])
        let exception = "org.codehaus.groovy.control.MultipleCompilationErrorsException"
        return (
            exception,
            ["\(exception): startup failed:"] + errors + [
                "", "1 error", "",
                "\tat org.codehaus.groovy.control.ErrorCollector.failIfErrors(ErrorCollector.java:309)",
                "\tat org.codehaus.groovy.control.CompilationUnit.applyToPrimaryClassNodes(CompilationUnit.java:1107)",
                "\tat groovy.lang.GroovyShell.parse(GroovyShell.java:700)",
                "\tat PluginClassLoader for workflow-cps//org.jenkinsci.plugins.workflow.cps.CpsGroovyShell.reparse(CpsGroovyShell.java:135)",
                "\tat PluginClassLoader for workflow-cps//org.jenkinsci.plugins.workflow.cps.CpsFlowExecution.parseScript(CpsFlowExecution.java:652)",
                "\tat hudson.model.Executor.run(Executor.java:456)",
            ]
        )
    }
}

extension ScriptTrouble {
    /// `withCredentials` with an id that Jenkins does not know.
    static func missingCredential(_ id: String, in phase: PipelineTool.Phase, _ random: inout SplitMix) -> Breakage {
        var breakage = Breakage(phase, printed: ["[Pipeline] withCredentials"], lines: [])
        if random.number(0...1) == 0 {
            breakage.lines = [
                "Also:   org.jenkinsci.plugins.workflow.actions.ErrorAction$ErrorId: \(random.suffix(8))-\(random.suffix(12))"
            ]
        }
        breakage.exception = "org.jenkinsci.plugins.credentialsbinding.impl.CredentialNotFoundException"
        breakage.message = "Could not find credentials entry with ID '\(id)'"
        breakage.step = (type: "script", title: "Bind credentials to variables")
        breakage.seconds = 1...2
        return breakage
    }
}
