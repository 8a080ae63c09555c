/// Who watches a process while it is looked at.
public protocol RunWatching {
    /// Called every hundredth of a second with the path of the capture log, which need not be there yet; says whether to go on.
    func step(_ log: String) -> Bool
    /// Called once no look will follow, before what was captured is read.
    func close()
}
