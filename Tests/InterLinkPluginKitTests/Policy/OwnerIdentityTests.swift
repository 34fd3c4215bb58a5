import InterLinkAPI
import KubernetesModel
import Testing

@testable import InterLinkPluginKit

@Suite struct OwnerIdentityTests {
    private func identity(_ request: CreateRequest, required: Bool = false, _ rules: IdentityRule...) throws
        -> OwnerIdentity?
    {
        try IdentityMapping(
            .with {
                $0.identities = rules
                $0.requireIdentity = required
            }
        ).identity(of: request.pod)
    }

    private func rule(_ change: (inout IdentityRule) -> Void) -> IdentityRule {
        var rule = IdentityRule()
        change(&rule)
        return rule
    }

    private let labelled = #","labels":{"team":"phys","user":"anna"},"annotations":{"cms/qos":"fast"}"#

    @Test func theFirstRuleThatFitsCounts() throws {
        let request = try policyRequest(metadata: labelled)
        let other = rule {
            $0.namespaces = ["atlas-*"]; $0.account = "atlas"
        }
        let team = rule {
            $0.labels = ["team": "phy*"]; $0.account = "phys"; $0.qos = "${annotation:cms/qos}"
        }
        let any = rule { $0.account = "guests" }
        #expect(try identity(request, other, team, any) == OwnerIdentity(account: "phys", qos: "fast"))
        #expect(try identity(request, other, any, team) == OwnerIdentity(account: "guests"))
        #expect(try identity(request, other) == nil)
    }

    @Test func valuesAreTakenFromThePod() throws {
        let request = try policyRequest(spec: #","serviceAccountName":"robot""#, metadata: labelled)
        let all = rule {
            $0.user = "${label:user}"
            $0.account = "${namespace}"
            $0.comment = "k8s-${namespace}-${serviceAccount}"
        }
        #expect(
            try identity(request, all)
                == OwnerIdentity(account: "cms-prod", user: "anna", comment: "k8s-cms-prod-robot"))
    }

    @Test func aRuleThatNeedsWhatThePodLacksDoesNotFit() throws {
        let needing = rule {
            $0.user = "${label:user}"; $0.account = "cms"
        }
        let any = rule { $0.account = "guests" }
        #expect(try identity(try policyRequest(), needing, any) == OwnerIdentity(account: "guests"))
        #expect(try identity(try policyRequest(), rule { $0.user = "${nonsense}" }) == nil)
    }

    @Test(arguments: ["--uid=0", "a b", "a;b", "../x", "", "$(id)", "a\\nb", String(repeating: "a", count: 65)])
    func whatCouldBeMoreThanANameIsRefused(value: String) throws {
        let request = try policyRequest(metadata: #","labels":{"user":"\#(value)"}"#)
        let error = #expect(throws: PolicyRefusal.self) { try identity(request, rule { $0.user = "${label:user}" }) }
        #expect(error?.rule == .identities)
    }

    @Test func whatTheSiteSaysTakesThePlaceOfWhatThePluginChose() {
        let chosen = Placement(site: "here", account: "guests", user: "nobody", partition: "short")
        let identity = OwnerIdentity(account: "cms", qos: "high", credential: "cms-token")
        #expect(
            identity.applied(to: chosen)
                == Placement(site: "here", account: "cms", user: "nobody", credential: "cms-token", partition: "short"))
        #expect(OwnerIdentity().applied(to: chosen) == chosen)
    }

    @Test func anUnknownOwnerIsRefusedWhereIdentitiesAreRequired() throws {
        let request = try policyRequest()
        let error = #expect(throws: PolicyRefusal.self) {
            try identity(request, required: true, rule { $0.namespaces = ["x"] })
        }
        #expect(error?.description.contains("namespace \"cms-prod\"") == true)
    }
}
