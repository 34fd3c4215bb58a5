/// The times of RFC 3339, without Foundation.
enum RFC3339 {
    /// The time, and whether ``text(_:)`` would spell it the same way.
    static func parse(_ text: String) -> (time: Timestamp, isCanonical: Bool)? {
        var text = text
        return text.withUTF8 { parse($0) }
    }

    static func parse(_ text: UnsafeBufferPointer<UInt8>) -> (time: Timestamp, isCanonical: Bool)? {
        guard text.count >= 20, text.count <= 64,
            let year = digits(text, 0, 4), text[4] == UInt8(ascii: "-"),
            let month = digits(text, 5, 2), text[7] == UInt8(ascii: "-"), 1...12 ~= month,
            let day = digits(text, 8, 2), 1...daysInMonth(year, month) ~= day,
            text[10] == UInt8(ascii: "T") || text[10] == UInt8(ascii: "t"),
            let hour = digits(text, 11, 2), text[13] == UInt8(ascii: ":"), hour < 24,
            let minute = digits(text, 14, 2), text[16] == UInt8(ascii: ":"), minute < 60,
            let second = digits(text, 17, 2), second < 60
        else { return nil }
        var index = 19
        var isCanonical = text[10] == UInt8(ascii: "T")
        var nanoseconds: Int32 = 0
        if text[index] == UInt8(ascii: ".") {
            index += 1
            let first = index
            var unit: Int32 = 100_000_000
            while index < text.count, case let digit = text[index] &- UInt8(ascii: "0"), digit < 10 {
                nanoseconds += Int32(digit) * unit
                unit /= 10
                index += 1
            }
            guard index > first else { return nil }
            if index - first > 9 || text[index - 1] == UInt8(ascii: "0") { isCanonical = false }
        }
        guard let offset = offset(text, index) else { return nil }
        if text[index] != UInt8(ascii: "Z") { isCanonical = false }
        let days = Int64(daysSinceEpoch(year, month, day))
        let seconds = days * 86_400 + Int64(hour * 3600 + minute * 60 + second - offset)
        // Beyond the years of four digits the text cannot be made again.
        if !(-62_167_219_200..<253_402_300_800).contains(seconds) { isCanonical = false }
        return (Timestamp(secondsSinceEpoch: seconds, nanoseconds: nanoseconds), isCanonical)
    }

    /// The longest text that ``write(_:to:)`` makes: a year of any size, all digits of the fraction.
    static let maximumLength = 48

    static func text(_ time: Timestamp) -> String {
        String(unsafeUninitializedCapacity: maximumLength) { write(time, to: $0) }
    }

    /// Writes the text, and answers its length.
    static func write(_ time: Timestamp, to target: UnsafeMutableBufferPointer<UInt8>) -> Int {
        let seconds = Int(time.secondsSinceEpoch)
        let days = (seconds >= 0 ? seconds : seconds - 86_399) / 86_400
        let rest = seconds - days * 86_400
        let (year, month, day) = date(days)
        var count = 0
        func put(_ value: Int, width: Int, then separator: UInt8) {
            var digits = width
            var value = value
            var bound = 10_000
            while width == 4, value >= bound {
                digits += 1
                bound *= 10
            }
            for index in stride(from: count + digits - 1, through: count, by: -1) {
                target[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value % 10)
                value /= 10
            }
            target[count + digits] = separator
            count += digits + 1
        }
        if year < 0 {
            target[0] = UInt8(ascii: "-")
            count = 1
        }
        put(abs(year), width: 4, then: UInt8(ascii: "-"))
        put(month, width: 2, then: UInt8(ascii: "-"))
        put(day, width: 2, then: UInt8(ascii: "T"))
        put(rest / 3600, width: 2, then: UInt8(ascii: ":"))
        put(rest / 60 % 60, width: 2, then: UInt8(ascii: ":"))
        put(rest % 60, width: 2, then: UInt8(ascii: "."))
        if time.nanoseconds == 0 {
            count -= 1
        } else {
            put(Int(time.nanoseconds), width: 9, then: UInt8(ascii: "Z"))
            count -= 1
            while target[count - 1] == UInt8(ascii: "0") { count -= 1 }
        }
        target[count] = UInt8(ascii: "Z")
        return count + 1
    }

    private static func digits(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ count: Int) -> Int? {
        guard start + count <= text.count else { return nil }
        var value = 0
        for index in start..<start + count {
            let digit = text[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value = value * 10 + Int(digit)
        }
        return value
    }

    /// The offset in seconds of `Z` or `+02:00`, which must be the rest of the text.
    private static func offset(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int? {
        guard index < text.count else { return nil }
        switch text[index] {
        case UInt8(ascii: "Z"), UInt8(ascii: "z"): return index + 1 == text.count ? 0 : nil
        case UInt8(ascii: "+"), UInt8(ascii: "-"):
            guard index + 6 == text.count, let hours = digits(text, index + 1, 2), hours < 24,
                text[index + 3] == UInt8(ascii: ":"), let minutes = digits(text, index + 4, 2), minutes < 60
            else { return nil }
            let seconds = hours * 3600 + minutes * 60
            return text[index] == UInt8(ascii: "+") ? seconds : -seconds
        default: return nil
        }
    }

    private static func daysInMonth(_ year: Int, _ month: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1970 of a date of the Gregorian calendar, counted in years that begin in March, so that the leap
    /// day is the last of its year.
    private static func daysSinceEpoch(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month > 2 ? year : year - 1
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private static func date(_ days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}
