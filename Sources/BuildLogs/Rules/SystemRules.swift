/// The shell, the operating system, the network, version control and containers.
enum SystemRules {
    static let all: [Rule] = shell + machine + network + containers

    /// A script goes on after most of these.
    private static let shell: [Rule] = shellMessages.map { $0.logged }

    private static let shellMessages: [Rule] = [
        .has("command not found", 90, .line, "a command is missing"),
        .ends(": not found", 86, .line, "a command is missing"),
        .has("is currently not installed", 90, .line, "a command is missing"),
        .has("No such file or directory", 84, .line, "a file is missing"),
        .has("cannot open file", 80, .line, "a file is missing"),
        .has("Permission denied", 80, .line, "a permission is missing"),
        .has("cannot execute binary file", 88, .line, "a program for another machine"),
        .has("unbound variable", 84, .line, "a variable is not set"),
        .has("unrecognized option", 80, .line, "wrong use of a command"),
        .has("unknown option", 78, .line, "wrong use of a command"),
        .has("returned non-zero exit status", 60, .line, "a command failed"),
        .has("exit status", 30, .line, "a command failed", lacks: ["exit status 0"], role: .summary),
        .has("exit code", 30, .line, "a command failed", lacks: ["exit code 0", "exit code: 0"], role: .summary),
    ]

    private static let noSpace = "no space left on the device"

    private static let machine: [Rule] = [
        .has("No space left on device", 95, .trace, noSpace),
        .has("no space left on device", 95, .line, noSpace),
        .has("Killed signal terminated program", 98, .line, "the compiler was killed, mostly for want of memory"),
        .has(".OutOfMemoryError", 95, .trace, "out of memory"),
        .starts("OutOfMemoryError", 95, .trace, "out of memory"),
        .has("Cannot allocate memory", 93, .line, "out of memory"),
        .has("out of memory", 90, .line, "out of memory"),
        .has("Out of memory", 90, .line, "out of memory"),
        .has("OOMKilled", 95, .line, "killed: out of memory"),
        .starts("Killed", 88, .line, "a process was killed", lacks: ["Killed "]),
        .has(" Killed   ", 88, .line, "a process was killed"),
        .has("Segmentation fault", 92, .line, "a program crashed"),
        .has("segmentation fault", 90, .line, "a program crashed"),
        .has("SIGSEGV", 88, .line, "a program crashed"),
        .has("(core dumped)", 90, .line, "a program crashed"),
        .has("Illegal instruction", 88, .line, "a program crashed"),
        .has("Stack overflow", 86, .line, "a program crashed"),
        .has("stack overflow", 84, .line, "a program crashed"),
        .has("Too many open files", 92, .line, "too many open files"),
        .has("Read-only file system", 90, .line, "the disk cannot be written"),
    ]

    private static let network: [Rule] = [
        .starts("fatal: ", 90, .paragraph, "git's error").logged,
        .has("stderr: fatal: ", 92, .line, "git's error"),
        .starts("stderr: error: ", 90, .line, "git's error"),
        .has("HTTP Basic: Access denied", 93, .line, "the repository refused the login"),
        .has("Could not resolve host", 90, .line, "a name cannot be resolved"),
        .has("Temporary failure in name resolution", 90, .line, "a name cannot be resolved"),
        .has("Connection refused", 72, .line, "a connection was refused").logged,
        .has("Connection timed out", 76, .line, "a connection ran out of time").logged,
        .has("Connection reset by peer", 74, .line, "a connection broke").logged,
        .has("Read timed out", 76, .line, "a connection ran out of time").logged,
        .has("Failed to connect to", 78, .line, "a connection failed").logged,
        .has("certificate verify failed", 88, .line, "a certificate is not trusted"),
        .has("requested URL returned error", 90, .line, "a server refused"),
        .has("503 Service Unavailable", 80, .line, "a server was not available").logged,
        .has("429 Too Many Requests", 88, .line, "a server refused: too many requests"),
        .starts("curl: (", 90, .line, "a download failed"),
        .has("ERROR 404", 90, .line, "a download does not exist"),
        .has("404 Not Found", 82, .line, "a download does not exist"),
        .has("404  Not Found", 80, .line, "a download does not exist"),
        .has("ERROR 403", 88, .line, "a download was refused"),
        .starts("E: ", 90, .line, "apt's error"),
        .starts("Err:", 60, .indented, "apt could not fetch"),
        .has("Host key verification failed", 93, .line, "the host's key is not known"),
        .has("Permission denied (publickey", 93, .line, "the key was refused"),
        .starts("CONFLICT (", 93, .line, "a merge conflict"),
        .has("Automatic merge failed", 80, .line, "a merge conflict"),
        .has("did not match any file(s) known to git", 92, .line, "the revision is missing"),
        .has("Couldn't find any revision to build", 94, .line, "the revision is missing"),
        .has("reference is not a tree", 92, .line, "the revision is missing"),
        .has("Could not checkout", 88, .line, "the revision could not be checked out"),
        .has("the remote end hung up", 84, .line, "the connection broke"),
        .has("unsafe repository", 93, .paragraph, "git does not trust the folder"),
        .has("dubious ownership", 93, .paragraph, "git does not trust the folder"),
    ]

    private static let containers: [Rule] = [
        .has("failed to solve", 86, .line, "the image could not be built"),
        .has("returned a non-zero code", 60, .line, "a command of the Dockerfile failed", role: .summary),
        .has("did not complete successfully", 60, .line, "a command of the Dockerfile failed", role: .summary),
        .has("pull access denied", 92, .line, "the image may not be read"),
        .has("manifest unknown", 92, .line, "the image does not exist"),
        .has("toomanyrequests", 93, .line, "the registry refused: too many requests"),
        .has("Cannot connect to the Docker daemon", 93, .line, "Docker does not run"),
        .has("ImagePullBackOff", 90, .line, "the image could not be pulled"),
        .has("ErrImagePull", 90, .line, "the image could not be pulled"),
        .has("UPGRADE FAILED", 88, .line, "Helm failed"),
        .has("FAILED! =>", 90, .line, "Ansible's task failed"),
    ]
}
