import Glibc
import ProfileFormats
import ProfileModel
var bytes: [UInt8] = []
let f = fopen(CommandLine.arguments[1], "r")!
var buf = [UInt8](repeating: 0, count: 1<<20)
while true { let n = fread(&buf, 1, buf.count, f); if n <= 0 {break}; bytes += buf[0..<n] }
let p = try CaptureLogReader.read(bytes)
print(p.design, p.python, p.seconds, p.ledger as Any, p.threads, p.caveats)
print(p.samples.count, p.stacks.count)
var selfs: [String: (Int64, Int64)] = [:]
for s in p.samples { 
  var name = "<empty>"
  if let l = p.stacks.leaf(of: s.stack) { let fn = p.function(at: l); name = "\(fn.qualname) \(fn.file ?? "C"):\(p.locations[l.index].line)" }
  selfs[name, default: (0,0)].0 += s.nanoseconds; selfs[name, default: (0,0)].1 += s.count }
for (k, v) in selfs.sorted(by: { $0.value.0 > $1.value.0 }).prefix(25) { print(v.0, v.1, k) }
