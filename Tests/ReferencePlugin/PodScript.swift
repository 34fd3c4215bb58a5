import KubernetesModel

/// The script that runs a pod: init containers in their order, sidecars beside, then all containers together.
struct PodScript {
    private let pod: Pod

    init(_ pod: Pod) { self.pod = pod }

    private var inits: [Container] { pod.spec.initContainers ?? [] }

    /// The containers by name, init containers first.
    var names: [String] { (inits + pod.spec.containers).map(\.name) }

    func run(in folder: String) -> String {
        let policy = policyWord(pod.spec.restartPolicy)
        var lines = ["cd \(Words.quoted(folder)) || exit 1", Self.functions]
        lines += (inits + pod.spec.containers).enumerated().map { "run_\($0.offset)() { \(command(of: $0.element)); }" }
        if let seconds = pod.spec.activeDeadlineSeconds {
            let grace = pod.spec.terminationGracePeriodSeconds ?? 30
            lines.append("deadline \(seconds) \(grace) &")
        }
        for (number, container) in inits.enumerated() {
            let name = Words.quoted(container.name)
            if container.restartPolicy == "Always" {
                lines += ["serve \(number) \(name) Sidecar &", "beside=\"$beside $!\""]
            } else {
                let others = names.dropFirst(number + 1).map(Words.quoted).joined(separator: " ")
                lines.append(
                    "serve \(number) \(name) \(policy == "Always" ? "OnFailure" : policy) || give_up \(others)")
            }
        }
        lines.append("together=")
        for (number, container) in pod.spec.containers.enumerated() {
            lines += [
                "serve \(inits.count + number) \(Words.quoted(container.name)) \(policy) &",
                "together=\"$together $!\"",
            ]
        }
        lines += ["wait $together", "end_sidecars", ": > finished"]
        return lines.joined(separator: "\n") + "\n"
    }

    /// `serve NUMBER NAME POLICY` runs a container, again and again if its policy says so.
    private static let functions = """
        beside=
        say() { printf '%s\\n' "$2" > "new.$1" && mv "new.$1" "state.$1"; }
        serve() {
            restarts=0
            last=
            while [ -e run ]; do
                began=$(date +%s)
                if [ -e stopping ]; then
                    say "$2" "ended $began $restarts 143 $began $last"
                    return 143
                fi
                "run_$1" > "log.$2" 2>&1 < /dev/null &
                child=$!
                echo "$child" > "pid.$2"
                say "$2" "running $began $restarts $last"
                stamp "$2" "$child" &
                wait "$child"
                code=$?
                rm -f "pid.$2"
                now=$(date +%s)
                if [ -e overdue ] && [ "$code" -eq 0 ]; then code=143; fi
                if [ ! -e stopping ] && again "$3" "$code"; then
                    last="$code $began $now"
                    restarts=$((restarts + 1))
                    mv "log.$2" "previous.$2"
                    say "$2" "waiting - $restarts $last"
                    sleep 1
                    continue
                fi
                say "$2" "ended $began $restarts $code $now $last"
                return "$code"
            done
        }
        again() {
            case $1:$2 in
            Always:* | Sidecar:*) [ ! -e ending ] ;;
            OnFailure:0) return 1 ;;
            OnFailure:*) return 0 ;;
            *) return 1 ;;
            esac
        }
        stamp() {
            size=0
            rm -f "times.$1"
            while kill -0 "$2" 2>/dev/null; do
                found=$(wc -c < "log.$1" 2>/dev/null) || return
                if [ "$found" -ne "$size" ]; then
                    size=$found
                    echo "$(date +%s) $size" >> "times.$1"
                fi
                sleep 1
            done
        }
        end_sidecars() {
            : > ending
            [ -z "$beside" ] && return
            for pid in pid.*; do [ -e "$pid" ] && kill -s TERM -- "-$(cat "$pid")" 2>/dev/null; done
            wait $beside
        }
        deadline() {
            left=$1
            while [ "$left" -gt 0 ]; do
                sleep 1
                [ -e run ] && [ ! -e finished ] || return
                left=$((left - 1))
            done
            : > overdue
            exec sh ./stop "$2"
        }
        give_up() {
            now=$(date +%s)
            for name; do [ -e "state.$name" ] || say "$name" "ended $now 0 1 $now"; done
            end_sidecars
            : > finished
            exit 1
        }
        """

    /// TERM to all, and KILL to those that are there after the grace.
    static func stop(in folder: String) -> String {
        """
        cd \(Words.quoted(folder)) || exit 0
        : > stopping
        each() { for pid in pid.*; do [ -e "$pid" ] && kill -s "$1" -- "-$(cat "$pid")" 2>/dev/null; done; }
        each TERM
        left=$((${1:-30} * 5))
        while [ ! -e finished ] && [ "$left" -gt 0 ]; do
            sleep 0.2
            left=$((left - 1))
        done
        while [ ! -e finished ] && [ -d . ] && [ -e run ]; do
            each KILL
            sleep 0.2
        done

        """
    }

    private func policyWord(_ policy: RestartPolicy?) -> String {
        switch policy {
        case .onFailure: "OnFailure"
        case .always: "Always"
        default: "Never"
        }
    }

    /// A session of its own, an environment of its own, and the words as the pod has them.
    private func command(of container: Container) -> String {
        var variables: [String: String] = ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/tmp"]
        for entry in container.env ?? [] where entry.value != nil || entry.valueFrom == nil {
            variables[entry.name] = Words.expanded(entry.value ?? "", variables)
        }
        let words = ((container.command ?? []) + (container.args ?? [])).map { Words.expanded($0, variables) }
        let settings = variables.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let call = (["exec", "setsid", "env", "-i"] + (settings + words).map(Words.quoted)).joined(separator: " ")
        return container.workingDir.map { "cd \(Words.quoted($0)) || exit 126; \(call)" } ?? call
    }
}

/// Words of a command line, as Kubernetes and as the shell understand them.
enum Words {
    static func quoted(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }

    /// `$(NAME)` is replaced by what is known, `$$` is a dollar, and all else stays as it is.
    static func expanded(_ text: String, _ variables: [String: String]) -> String {
        var result = ""
        var rest = Substring(text)
        while let sign = rest.firstIndex(of: "$") {
            result += rest[..<sign]
            rest = rest[rest.index(after: sign)...]
            if rest.first == "$" {
                result += "$"
                rest = rest.dropFirst()
            } else if rest.first == "(", let end = rest.firstIndex(of: ")"),
                let value = variables[String(rest[..<end].dropFirst())]
            {
                result += value
                rest = rest[rest.index(after: end)...]
            } else {
                result += "$"
            }
        }
        return result + rest
    }
}
