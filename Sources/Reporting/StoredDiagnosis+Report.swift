package import Languages

extension StoredDiagnosis {
    /// What people were told beside it.
    package struct Report: Decodable, Sendable {
        package struct Figure: Decodable, Sendable {
            package let name: String
            package let value: String
        }

        package struct Link: Decodable, Sendable {
            package let title: String
            package let destination: String
            package let url: String
        }

        /// What is told when the incident is over, each in their language; nil in one from before there were languages.
        package let story: Phrase?
        /// Of the likeliest cause.
        package let statement: Phrase?
        package let affected: String?
        package let lookedAt: String
        package let figures: [Figure]
        package let links: [Link]

        private enum CodingKeys: CodingKey {
            case story, statement, affected, lookedAt, figures, links
        }

        package init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: CodingKeys.self)
            story = (fields.readable(.story) as StoredPhrase?)?.phrase
            statement = (fields.readable(.statement) as StoredPhrase?)?.phrase
            affected = fields.readable(.affected)
            lookedAt = fields.readable(.lookedAt) ?? ""
            figures = fields.readable(.figures) ?? []
            links = fields.readable(.links) ?? []
        }
    }
}
