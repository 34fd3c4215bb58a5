/// What containers run: POSIX shell, and the tools that busybox has.
enum Script {
    /// Runs until it is asked to end, a quarter of an hour at most, so that nothing goes on for ever that was forgotten.
    static let hold = "trap 'exit 0' TERM; n=0; while [ $n -lt 900 ]; do sleep 1; n=$((n+1)); done"

    /// Runs for some seconds.
    static func hold(_ seconds: Int) -> String { "sleep \(seconds)" }

    static func exit(_ code: Int) -> String { "exit \(code)" }

    /// A text as one word of the shell.
    static func quoted(_ text: String) -> String {
        var word = "'"
        for character in text.unicodeScalars {
            if character == "'" { word += "'\\''" } else { word.unicodeScalars.append(character) }
        }
        return word + "'"
    }

    /// A script that looks at things inside of the container, prints what is not as it should be, and exits with 1 then.
    ///
    /// `$( )` cuts line ends off, so the texts are compared with a dot behind them.
    static func assert(_ facts: Fact...) -> String { assert(facts) }

    static func assert(_ facts: [Fact]) -> String {
        (["wrong=0"] + facts.map(\.text) + ["exit $wrong"]).joined(separator: "\n")
    }

    struct Fact {
        let text: String

        /// What a command prints, byte by byte.
        static func output(of command: String, is expected: String, _ what: String) -> Fact {
            Fact(
                text: """
                    found=$(\(command) 2>&1; echo .)
                    [ "$found" = \(quoted(expected + ".")) ] || \
                    { printf '%s is [%s]\\n' \(quoted(what)) "${found%.}"; wrong=1; }
                    """)
        }

        /// A variable of the shell.
        static func variable(_ name: String, is expected: String) -> Fact {
            Fact(
                text: """
                    [ "${\(name)+set}" = set ] || { echo '\(name) is not set'; wrong=1; }
                    [ "$\(name)" = \(quoted(expected)) ] || \
                    { printf '%s is [%s]\\n' \(name) "$\(name)"; wrong=1; }
                    """)
        }

        /// A command succeeds.
        static func that(_ command: String, _ otherwise: String) -> Fact {
            Fact(text: "{ \(command); } || { echo \(quoted(otherwise)); wrong=1; }")
        }
    }
}
