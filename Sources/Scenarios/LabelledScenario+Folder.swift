/// A labelled scenario as a case folder, with the truth beside the evidence.
extension LabelledScenario {
    /// `spot-eviction/no-events` is in the folder `spot-eviction-no-events`.
    package var folderName: String { name.replacing("/", with: "-") }

    /// The case's files and `label.yaml`, in the order of their names.
    package var files: [CaseWriter.File] {
        (CaseWriter(scenario).files + [labelFile]).sorted { $0.name < $1.name }
    }

    private var labelFile: CaseWriter.File {
        .init(
            name: "label.yaml",
            text: """
                # What happened, for measuring diagnoses; no diagnosis reads it.
                scenario: "\(name)"
                variant: "\(variant.rawValue)"
                cause: "\(label.cause)"
                subject: {kind: "\(label.subjectKind)", name: "\(label.subjectName)"}

                """)
    }
}
