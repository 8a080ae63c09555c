extension Jackknife {
    /// The variance of the share E[part] / E[whole] over rounds, on the plain scale.
    ///
    /// `nil` under three rounds and where leaving one out leaves nothing to divide by.
    public static func variance(ofShare parts: [Double], of wholes: [Double]) -> Double? {
        standardError(leaveOneOut(parts, over: wholes).without).map { $0 * $0 }
    }
}
