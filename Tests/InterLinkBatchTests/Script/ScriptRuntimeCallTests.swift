import Foundation
import InterLinkPluginKit
import Testing

@testable import InterLinkBatch

/// Podman and Enroot cannot be had everywhere, so a program in their place writes down how it is called.
@Suite("How runtimes are called")
struct ScriptRuntimeCallTests {
    private static func containers(_ image: String) -> [ContainerPlan] {
        var main = ContainerPlan(name: "main", role: .regular, image: image)
        main.command = ["serve", "it's on"]
        main.arguments = ["$HOME"]
        main.environment = [
            EnvironmentVariable("PLAIN", "secret one"), EnvironmentVariable("LINES", "secret\ntwo"),
            EnvironmentVariable("my.dot", "secret three"),
        ]
        main.workingDirectory = "/app"
        main.mounts = [
            MountPlan(source: .workspace("volumes/settings"), target: "/etc/settings", readOnly: true),
            MountPlan(source: .node("/scratch"), target: "/data", readOnly: false),
        ]
        main.gpus = .nvidia
        return [main, ContainerPlan(name: "plain", role: .regular, image: image)]
    }

    /// Runs the pod with a program of that text instead of the runtime; what it wrote down, places made plain.
    private func calls(_ runtime: any ContainerRuntime, image: String, program: String) async throws -> (
        ScriptTrial, String
    ) {
        let trial = try ScriptTrial(Self.containers(image), runtime: runtime) {
            $0.hostAliases = [HostAliasPlan(address: "10.1.2.3", names: ["db", "db.local"])]
            $0.files = [
                WorkspaceFile(path: "bin/\(runtime.name)", contents: Array(program.utf8), mode: 0o700),
                WorkspaceFile(path: "volumes/settings/key", contents: [], mode: 0o600),
            ]
        }
        let folder = trial.workspace.path
        let code = try await trial.run([
            "PATH": "\(folder)/bin:/usr/bin:/bin", "CALLS": "\(folder)/calls", "XDG_CACHE_HOME": "\(folder)/cache",
            "XDG_DATA_HOME": "\(folder)/data",
        ])
        #expect(code == 3)
        #expect(trial.closing?.all("exit") == ["3", "0"])
        let calls = (trial.text("calls") ?? "").replacing(folder, with: "WORKSPACE").replacing(
            ScriptTrial.mark, with: "MARK")
        #expect(!calls.contains("secret one") && !calls.contains("secret three") && !calls.contains("two'"))
        return (trial, calls)
    }

    @Test func `Podman`() async throws {
        let program = #"""
            #!/bin/bash
            line=podman
            for word in "$@"; do line+=" ${word@Q}"; done
            printf '%s\n' "$line" >>"$CALLS"
            case "$1 $2" in
            "image exists") [ -e "$CALLS.pulled" ] ;;
            "image inspect") echo sha256:1234 ;;
            pull*) touch "$CALLS.pulled" ;;
            "secret create") cat >>"$CALLS.secrets" ;;
            "secret ls") echo s1 ;;
            "ps --all") echo c1 ;;
            run*) case "$*" in *MARK*) ;; *.main*) exit 3 ;; esac ;;
            esac
            """#
        let (trial, calls) = try await calls(PodmanRuntime(), image: "docker://reg.example/app:1", program: program)
        let lines = calls.split(separator: "\n").map { $0.replacing("'", with: "") }
        #expect(
            lines.prefix(5) == [
                "podman image exists reg.example/app:1", "podman pull --quiet reg.example/app:1",
                "podman image inspect --format {{.Digest}} reg.example/app:1", "podman image exists reg.example/app:1",
                "podman image inspect --format {{.Digest}} reg.example/app:1",
            ])
        let main = try #require(lines.first { $0.hasPrefix("podman run") && $0.contains(".main") })
        #expect(
            main == """
                podman run --rm --replace --name MARK.main --label interlink.mark=MARK --pull never --network host \
                --hostname pod --log-driver none --stop-signal TERM --workdir /app --device nvidia.com/gpu=all \
                --add-host db:10.1.2.3 --add-host db.local:10.1.2.3 \
                --mount type=bind,"src=/scratch","dst=/data" \
                --mount type=bind,"src=WORKSPACE/volumes/settings","dst=/etc/settings",ro \
                --mount type=bind,"src=WORKSPACE/run/main.message","dst=/dev/termination-log" \
                --secret MARK.main.1,type=env,target=LINES --env-file WORKSPACE/run/main.lines \
                --entrypoint  reg.example/app:1 serve it\\s on $HOME
                """)
        let plain = try #require(lines.first { $0.hasPrefix("podman run") && $0.contains(".plain") })
        #expect(plain.hasSuffix("--env-file WORKSPACE/run/plain.lines reg.example/app:1"))
        #expect(lines.contains("podman rm --force --time 0 c1") && lines.contains("podman secret rm s1"))
        #expect(
            trial.text("run/main.lines")
                == "INTERLINK_MARK=\(ScriptTrial.mark)\nPLAIN=secret one\nmy.dot=secret three\n")
        #expect(trial.text("calls.secrets") == "secret\ntwo")
        #expect(trial.closing?["c0.image"] == "sha256:1234")
    }

    @Test func `Enroot`() async throws {
        let program = #"""
            #!/bin/bash
            line=enroot
            for word in "$@"; do line+=" ${word@Q}"; done
            printf '%s\n' "$line" >>"$CALLS"
            case $1 in
            import) echo image >"$3" ;;
            create) mkdir -p "$XDG_DATA_HOME/enroot/$4/etc" && echo rc >"$XDG_DATA_HOME/enroot/$4/etc/rc" ;;
            start) case "$*" in *main.start*) exit 3 ;; esac ;;
            esac
            """#
        let (trial, calls) = try await calls(EnrootRuntime(), image: "docker://reg.example/app:1", program: program)
        let lines = calls.split(separator: "\n").map { $0.replacing("'", with: "") }
        #expect(
            lines[0].hasPrefix("enroot import --output WORKSPACE/cache/interlink-images/docker___reg.example_app_1."))
        #expect(lines[0].hasSuffix(" docker://reg.example#app:1"))
        #expect(
            lines[1].hasPrefix("enroot create --force --name MARK.main WORKSPACE/cache/interlink-images/docker___reg"))
        #expect(lines.count { $0.hasPrefix("enroot import") } == 1)
        let main = try #require(lines.first { $0.hasPrefix("enroot start") && $0.contains(".main") })
        #expect(
            main == """
                enroot start --rc WORKSPACE/run/main.start --rw --mount /scratch:/data:x-create=file,rbind,rw \
                --mount WORKSPACE/volumes/settings:/etc/settings:x-create=dir,rbind,ro \
                --mount WORKSPACE/run/main.message:/dev/termination-log:x-create=file,rbind,rw \
                --mount WORKSPACE/run/main.note:/.interlink-note:x-create=file,rbind,rw \
                --mount WORKSPACE/run/main.hosts:/etc/hosts:x-create=file,rbind,rw MARK.main serve it\\s on $HOME
                """)
        #expect(lines.contains { $0.hasSuffix("MARK.plain /bin/sh /.interlink-rc") })
        #expect(lines.suffix(2) == ["enroot remove --force MARK.main", "enroot remove --force MARK.plain"])
        #expect(trial.text("run/main.start")?.contains("export LINES='secret\ntwo'") == true)
        #expect(trial.text("run/main.start")?.contains("exec env 'my.dot=secret three' \"$@\"") == true)
    }

    @Test(arguments: [
        ("there is none", "FATAL:   While making image from oci registry: manifest unknown", "ErrImagePull"),
        ("bad name", "FATAL:   While making image from oci registry: invalid reference format", "InvalidImageName"),
    ])
    func `An image that cannot be had fails the pod with Kubernetes' word`(
        name: String, complaint: String, reason: String
    ) async throws {
        let program = "#!/bin/bash\necho \(ShellQuote.word(complaint)) >&2\nexit 255\n"
        var container = ContainerPlan(name: "main", role: .regular, image: "docker://reg.example/app:1")
        container.command = ["true"]
        let trial = try ScriptTrial([container], runtime: ApptainerRuntime()) {
            $0.files = [WorkspaceFile(path: "bin/apptainer", contents: Array(program.utf8), mode: 0o700)]
        }
        let folder = trial.workspace.path
        #expect(
            try await trial.run(["PATH": "\(folder)/bin:/usr/bin:/bin", "XDG_CACHE_HOME": "\(folder)/cache"]) == 128)
        let closing = try #require(trial.closing)
        #expect(closing["reason"] == reason && closing["c0.reason"] == reason && closing["c0.exit"] == "128")
        #expect(closing["c0.message"]?.contains(complaint.dropFirst(9)) == true)
    }
}
