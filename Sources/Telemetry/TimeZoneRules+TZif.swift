extension TimeZoneRules {
    /// Reads a file of the time zone database, as systems have them in `/usr/share/zoneinfo`.
    ///
    /// - Returns: nil when these bytes are no such file, or one of version 1 only, which ends in 2037.
    ///
    /// Source: RFC 9636, the Time Zone Information Format (TZif)
    package init?(tzif bytes: [UInt8]) {
        var reader = Reader(bytes: bytes)
        // The first block has times of 32 bits, for readers of long ago.
        guard let old = reader.header(), old.version >= UInt8(ascii: "2"), reader.skip(old.length(ofTime: 4)),
            let header = reader.header(), header.types > 0,
            let times = reader.numbers(header.times, bytes: 8), let indices = reader.numbers(header.times, bytes: 1),
            let types = reader.types(header), reader.skip(header.leapSeconds * 12 + header.standards + header.utcs),
            let footer = reader.footer(), indices.allSatisfy({ (0..<Int64(types.count)).contains($0) }),
            zip(times, times.dropFirst()).allSatisfy({ $0 < $1 })
        else { return nil }
        let rule = footer.isEmpty ? nil : YearlyRule(posix: footer)
        if !footer.isEmpty, rule == nil { return nil }
        self.init(
            before: types[0],
            changes: zip(times, indices).map { Change(secondsSinceEpoch: $0, local: types[Int($1)]) },
            afterwards: rule)
    }

    private struct Header {
        let version: UInt8
        let utcs, standards, leapSeconds, times, types, characters: Int

        func length(ofTime size: Int) -> Int {
            times * (size + 1) + types * 6 + characters + leapSeconds * (size + 4) + standards + utcs
        }
    }

    private struct Reader {
        let bytes: [UInt8]
        var position = 0

        mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
            guard count >= 0, count <= bytes.count - position else { return nil }
            defer { position += count }
            return bytes[position..<position + count]
        }

        mutating func skip(_ count: Int) -> Bool { take(count) != nil }

        mutating func number(bytes count: Int) -> Int64? {
            take(count).map { slice in
                let value = slice.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
                // Numbers of one byte have no sign.
                return count == 4 ? Int64(Int32(truncatingIfNeeded: value)) : Int64(bitPattern: value)
            }
        }

        mutating func numbers(_ count: Int, bytes size: Int) -> [Int64]? {
            guard count <= bytes.count else { return nil }
            var numbers: [Int64] = []
            for _ in 0..<count {
                guard let number = number(bytes: size) else { return nil }
                numbers.append(number)
            }
            return numbers
        }

        mutating func header() -> Header? {
            guard take(4).map(Array.init) == [UInt8]("TZif".utf8), let version = take(1)?.first, skip(15),
                let counts = numbers(6, bytes: 4), counts.allSatisfy({ (0...1 << 20).contains($0) })
            else { return nil }
            let sizes = counts.map(Int.init)
            return Header(
                version: version, utcs: sizes[0], standards: sizes[1], leapSeconds: sizes[2], times: sizes[3],
                types: sizes[4], characters: sizes[5])
        }

        mutating func types(_ header: Header) -> [LocalTime]? {
            var raw: [(offset: Int64, name: Int)] = []
            for _ in 0..<header.types {
                guard let offset = number(bytes: 4), skip(1), let name = number(bytes: 1) else { return nil }
                raw.append((offset, Int(name)))
            }
            guard let names = take(header.characters).map(Array.init), raw.allSatisfy({ $0.name < names.count }) else {
                return nil
            }
            return raw.map { type in
                LocalTime(
                    abbreviation: String(decoding: names[type.name...].prefix { $0 != 0 }, as: UTF8.self),
                    secondsEastOfUTC: Int(type.offset))
            }
        }

        mutating func footer() -> String? {
            let newline = UInt8(ascii: "\n")
            guard take(1)?.first == newline, let end = bytes[position...].firstIndex(of: newline) else { return nil }
            return String(decoding: bytes[position..<end], as: UTF8.self)
        }
    }
}
