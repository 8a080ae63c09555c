import ProfileModel

/// The comment `swprof.stacks`: every node of the stack table, in order.
///
/// Samples list their frames, and interning these anew mostly gives the same table again. Where it
/// does not, because frames are left out, or nodes have no sample, or come in another order, the
/// table itself is written: for each node but the empty one `d.l`, with a space between nodes,
/// where `d` is how far its parent stands before it and `l` the id of its location in the file.
enum PprofStackOrder {
    static let key = "stacks"

    /// Whether interning the samples' stacks in their order gives just this table.
    static func isImplied(by samples: [Sample], in table: StackTable) -> Bool {
        var known = 0
        for sample in samples {
            var new: [Int] = []
            var at = sample.stack
            while at.index > known {
                new.append(at.index)
                at = table.parent(of: at)
            }
            for node in new.reversed() {
                guard node == known + 1 else { return false }
                known = node
            }
        }
        return known == table.count - 1
    }

    static func field(of table: StackTable) -> String {
        let nodes = (1..<max(table.count, 1)).map { index in
            "\(index - Int(table.parents[index])).\(table.locations[index].index + 1)"
        }
        return nodes.joined(separator: " ")
    }

    /// The table that `field` describes. A tool that rewrote the file may have numbered its
    /// locations anew: what makes no sense is left out, and the samples' own frames decide.
    static func table(of field: String, locations: [UInt64: PprofPlace]) -> StackTable {
        var table = StackTable()
        for node in field.utf8.split(separator: UInt8(ascii: " ")) {
            let numbers = node.split(separator: UInt8(ascii: "."))
            guard numbers.count == 2, let back = Int(Substring(numbers[0])), let id = UInt64(Substring(numbers[1])),
                1...table.count ~= back, case .frames(let frames)? = locations[id], frames.count == 1,
                table.count < PprofStacks.mostNodes
            else { break }
            _ = table.push(frames[0], onto: StackID(table.count - back))
        }
        return table
    }
}
