/// A number as it is written, exactly: times of 10^15 microseconds with fractions have more digits than a `Double` holds.
struct DecimalNumber {
    private var digits: Int64 = 0
    /// Of ten.
    private var exponent = 0
    private var isNegative = false

    /// - Parameter text: digits with a sign, a point and an exponent, or without.
    init?(_ text: some StringProtocol) {
        var rest = Substring(text)[...]
        if let sign = rest.first, sign == "-" || sign == "+" {
            isNegative = sign == "-"
            rest.removeFirst()
        }
        guard let parsed = Self.mantissa(&rest) else { return nil }
        (digits, exponent) = parsed
        guard !rest.isEmpty else { return }
        guard rest.first == "e" || rest.first == "E", let power = Int16(rest.dropFirst()) else { return nil }
        exponent += Int(power)
    }

    /// The digits before and after the point; those that a whole number of 64 bits does not hold count as 0.
    private static func mantissa(_ rest: inout Substring) -> (Int64, Int)? {
        var (digits, exponent, count, isFraction): (Int64, Int, Int, Bool) = (0, 0, 0, false)
        while let byte = rest.utf8.first {
            if byte == UInt8(ascii: "."), !isFraction {
                isFraction = true
            } else if 0x30...0x39 ~= byte {
                count += 1
                if digits < Int64.max / 10 - 1 {
                    digits = digits * 10 + Int64(byte - 0x30)
                    if isFraction { exponent -= 1 }
                } else if !isFraction {
                    exponent += 1
                }
            } else {
                break
            }
            rest = rest.dropFirst()
        }
        return count > 0 ? (digits, exponent) : nil
    }

    /// How many digits stand after the point.
    var fractionDigits: Int { max(0, -exponent) }

    /// The number times `unit`, a power of ten, rounded to a whole one, half away from zero; `nil` where 64 bits do not hold it.
    func scaled(by unit: Int64) -> Int64? {
        var (value, exponent) = (digits, exponent)
        var unit = unit
        while unit >= 10 {
            exponent += 1
            unit /= 10
        }
        while exponent > 0, value != 0 {
            let (product, overflows) = value.multipliedReportingOverflow(by: 10)
            guard !overflows else { return nil }
            (value, exponent) = (product, exponent - 1)
        }
        if exponent < 0 {
            var half = false
            while exponent < 0, value != 0 || half {
                half = value % 10 >= 5
                (value, exponent) = (value / 10, exponent + 1)
            }
            if half { value += 1 }
        }
        return isNegative ? -value : value
    }
}
