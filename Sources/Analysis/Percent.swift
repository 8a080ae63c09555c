/// A share in words: `12.3 %`.
func percent(_ share: Double) -> String {
    "\((share * 1000).rounded() / 10) %"
}
