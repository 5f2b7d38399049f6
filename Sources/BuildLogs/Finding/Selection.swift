/// Chooses the lines to show: the best block whole, of the others what adds something.
struct Selection {
    private(set) var lines: [Excerpt.Line] = []
    private var shown: Set<Int> = []
    private let limit: Int
    private let reasons: [Int: String]
    private let lastWords: String

    /// Blocks that are grown; more never fit.
    private static let maximumBlocks = 40
    /// Hits that are tried: of a log that says the same thing all the time most are repeats.
    private static let maximumTries = 400
    /// Points below the best at which a block no longer adds anything.
    private static let reach = 28
    /// Below this nothing explains anything.
    private static let floor = 25
    /// Lines kept for what else went wrong when the best block is long.
    private static let reserve = 5
    /// Lines between what is shown and the tool's advice about it.
    private static let reachOfAdvice = 40
    private static let framesOfOthers = 3
    /// What fills the room that is left comes last.
    private static let filling = 40

    /// - Parameter hasGoodEnd: what the step said last explains nothing then.
    init(_ ranking: Ranking, _ steps: Steps, _ grower: BlockGrower, hasGoodEnd: Bool, maximumLines: Int) {
        limit = maximumLines
        let rules = grower.book.rules
        lastWords = rules[grower.book.lastWords].why
        reasons = Dictionary(
            ranking.hits.map { ($0.line, rules[$0.rule].why) }, uniquingKeysWith: { first, _ in first })
        guard maximumLines > 0 else { return }
        let best = ranking.hits.first { rules[$0.rule].role != .boilerplate }?.weight ?? 0
        var blocks = Self.blocks(ranking, grower, least: max(Self.floor, best - Self.reach))
        if best < rules[grower.book.lastWords].weight {
            if hasGoodEnd { return }
            if let words = grower.lastWords(in: steps.firstFailed) { blocks.insert(words, at: 0) }
        }
        guard let first = blocks.first else { return }
        let others = Self.eachStepFirst(blocks, steps).dropFirst()
        let room = max(maximumLines - min(Self.reserve, others.count), 1)
        for (index, line) in first.bestFirst.prefix(room).enumerated() { show(line, first, less: index) }
        for block in others {
            var frames = 0
            for (index, line) in block.bestFirst.enumerated() {
                if line.isFrame { frames += 1 }
                if frames <= Self.framesOfOthers { show(line, block, less: index) }
            }
        }
        for line in grower.tail(behind: first, upTo: steps.end(ofStepWith: first.hit.line)) {
            show(line, first, less: Self.filling / 2)
        }
        for block in blocks { for line in block.bestFirst { show(line, block, less: Self.filling) } }
        let numbers = lines.map(\.number).sorted()
        for hit in ranking.hits where rules[hit.rule].role == .boilerplate {
            guard numbers.contains(where: { abs($0 - hit.line) <= Self.reachOfAdvice }) else { continue }
            let block = grower.block(of: hit)
            show(block.lines[0], block, less: 0)
        }
        for block in blocks { for line in block.lines where line.isEmpty { show(line, block, less: Self.filling) } }
    }

    /// The best block of each step that failed before further ones of any.
    private static func eachStepFirst(_ blocks: [Block], _ steps: Steps) -> [Block] {
        var seen: Set<Int> = []
        var first: [Block] = []
        var further: [Block] = []
        for block in blocks {
            if let step = steps.failedStep(ofLine: block.hit.line), seen.insert(step).inserted {
                first.append(block)
            } else {
                further.append(block)
            }
        }
        // The best block of all stays first.
        guard let best = blocks.first, first.first?.hit.line != best.hit.line else { return first + further }
        return [best] + (first + further).filter { $0.hit.line != best.hit.line }
    }

    private mutating func show(_ line: Block.Line, _ block: Block, less: Int) {
        guard lines.count < limit, shown.insert(line.number).inserted else { return }
        let why =
            block.hit.fingerprint == 0
            ? lastWords : reasons[line.number] ?? (line.isFrame ? "stack trace" : "belongs to it")
        lines.append(
            .init(
                number: line.number, text: line.text, why: why,
                score: min(max(block.hit.weight - less, 0), lines.last?.score ?? .max)))
    }

    private static func blocks(_ ranking: Ranking, _ grower: BlockGrower, least: Int) -> [Block] {
        var blocks: [Block] = []
        var covered: Set<Int> = []
        var heads: Set<String> = []
        var tried = 0
        let inOrder = ranking.hits.sorted { $0.line < $1.line }
        let places = Dictionary(
            inOrder.enumerated().map { ($1.line, $0) }, uniquingKeysWith: { first, _ in first })
        for hit in ranking.hits where grower.book.rules[hit.rule].role != .boilerplate {
            guard blocks.count < maximumBlocks, tried < maximumTries, hit.weight >= least else { break }
            if covered.contains(hit.line) { continue }
            tried += 1
            let block = grower.block(around: hit, in: inOrder, at: places[hit.line] ?? 0)
            // What was said before in the same words adds nothing.
            guard heads.insert(block.saying).inserted else { continue }
            for line in block.lines { covered.insert(line.number) }
            blocks.append(block)
        }
        return blocks
    }
}
