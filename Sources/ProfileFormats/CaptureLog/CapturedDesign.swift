import Capture

/// The designs that write capture logs: the table stands where they can read it, too.
public typealias CapturedDesign = Capture.Design
public typealias CapturedWrittenDesign = Capture.WrittenDesign
