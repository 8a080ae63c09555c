import Capture
import ProfileModel

/// The designs that write capture logs: the table stands where they can read it, too.
public typealias CapturedDesign = Capture.Design
public typealias CapturedWrittenDesign = Capture.WrittenDesign

extension CapturedDesign {
    /// What its profiles tell of the kinds of time.
    public var kindsTold: KindsTold { KindsTold(rawValue: facts.kindsTold.rawValue) ?? .none }
}
