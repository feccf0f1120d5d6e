//! Who may make a key for a channel, and why not: the one place that decides.
//!
//! The table of the contract holds over facts that are all known. A fact that was not told is answered by
//! looking at every value it could have: only where all of them are refused is the answer no, and only where
//! all allow it is it yes; otherwise the action stays offered, the missing facts are named, and the Hub decides.

use std::collections::BTreeSet;

use crate::channel::{Payer, Permission};
use crate::fact::Fact;

/// From whose side a key is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// The business whose number it is.
    Client,
    /// Its partner, on its behalf.
    Partner,
}

/// All that the decision looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Facts {
    /// Whether the channel is live and running.
    pub running: Fact<bool>,
    /// Whether the client has a partner at all.
    pub has_partner: Fact<bool>,
    /// Who pays.
    pub payer: Fact<Payer>,
    /// Whether the partner has the permission.
    pub permission: Fact<Permission>,
}

/// One of the facts, to name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FactName {
    /// Whether the channel is live and running.
    Running,
    /// Whether the client has a partner.
    HasPartner,
    /// Who pays.
    Payer,
    /// Whether the partner has the permission.
    Permission,
}

/// Whether something may be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Answer {
    /// It may, by all that is known.
    Yes,
    /// It is known to be refused.
    No,
    /// It is not known: offer it, and let the Hub decide.
    HubDecides,
}

/// Why the answer is what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// The channel is not live and running: nobody may, yet.
    NotRunning,
    /// The partner has the permission; the client pays, and can take it back.
    PartnerManages,
    /// The partner has the permission, and pays too.
    PartnerManagesAndPays,
    /// The client has not given the permission to its partner.
    NotShared,
    /// The partner pays and does not have the permission: no answer is documented.
    Undocumented,
    /// The client pays, and kept the permission to itself.
    ClientManages,
    /// The client has no partner.
    NoPartner,
    /// The partner has been given the permission.
    SharedWithPartner,
    /// Facts are missing that would decide.
    NotTold,
}

/// The one next step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NextStep {
    /// Make the key.
    MakeKey,
    /// Take the permission back, then make the key.
    TakePermissionBack,
    /// Ask the partner: it pays and manages; taking the permission back may be refused.
    AskPartner,
    /// The client gives the permission.
    ClientGivesPermission,
    /// Wait until the channel runs, or see to it.
    GetItRunning,
    /// Try it: the Hub decides.
    TryIt,
}

/// The decision, with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// May a key be made?
    pub generate: Answer,
    /// Why.
    pub reason: Reason,
    /// What to do next.
    pub next: NextStep,
    /// The facts it was made from.
    pub facts: Facts,
    /// What was not told and would decide it.
    pub missing: Vec<FactName>,
}

/// Decides from what is known. Pure: the same facts, the same verdict.
pub fn decide(side: Side, facts: Facts) -> Verdict {
    let outcomes: Vec<(Known, (Answer, Reason))> =
        completions(facts).map(|known| (known, by_the_table(side, known))).collect();
    let answers: Vec<Answer> = outcomes.iter().map(|(_, (answer, _))| *answer).collect();
    let generate = match answers.split_first() {
        Some((first, others)) if others.iter().all(|other| other == first) => *first,
        _ => Answer::HubDecides,
    };
    let reason = shared_reason(facts, &outcomes, generate);
    Verdict {
        generate,
        reason,
        next: next_step(generate, reason),
        facts,
        missing: if generate == Answer::HubDecides { deciding(side, facts) } else { Vec::new() },
    }
}

#[derive(Debug, Clone, Copy)]
struct Known {
    running: bool,
    has_partner: bool,
    payer: Payer,
    permission: Permission,
}

/// Section 7 of the contract, row by row (documented but where the comment says otherwise).
fn by_the_table(side: Side, known: Known) -> (Answer, Reason) {
    if !known.running {
        return (Answer::No, Reason::NotRunning);
    }
    match (side, known.has_partner, known.payer, known.permission) {
        (Side::Client, false, _, _) => (Answer::Yes, Reason::NoPartner),
        (Side::Partner, false, _, _) => (Answer::No, Reason::NotShared),
        (Side::Client, true, Payer::Client, Permission::Missing) => (Answer::Yes, Reason::ClientManages),
        (Side::Client, true, Payer::Client, Permission::Shared) => (Answer::No, Reason::PartnerManages),
        (Side::Client, true, Payer::Partner, Permission::Shared) => {
            (Answer::No, Reason::PartnerManagesAndPays)
        }
        // No answer is documented, so none is invented.
        (Side::Client, true, Payer::Partner, Permission::Missing) => {
            (Answer::HubDecides, Reason::Undocumented)
        }
        (Side::Partner, true, _, Permission::Shared) => (Answer::Yes, Reason::SharedWithPartner),
        (Side::Partner, true, _, Permission::Missing) => (Answer::No, Reason::NotShared),
    }
}

fn completions(facts: Facts) -> impl Iterator<Item = Known> {
    let running = possible(facts.running, [true, false]);
    let has_partner = possible(facts.has_partner, [true, false]);
    let payer = possible(facts.payer, [Payer::Client, Payer::Partner]);
    let permission = possible(facts.permission, [Permission::Shared, Permission::Missing]);
    let mut all = Vec::new();
    for &running in &running {
        for &has_partner in &has_partner {
            for &payer in &payer {
                for &permission in &permission {
                    all.push(Known { running, has_partner, payer, permission });
                }
            }
        }
    }
    // Only a partner can hold a permission or pay: a completion without one contradicts either.
    let fits = move |known: &Known| {
        known.has_partner
            || (facts.permission != Fact::Told(Permission::Shared)
                && facts.payer != Fact::Told(Payer::Partner))
            || facts.has_partner == Fact::Told(false)
    };
    all.into_iter().filter(fits)
}

fn possible<T>(fact: Fact<T>, all: [T; 2]) -> Vec<T> {
    match fact {
        Fact::Told(value) => vec![value],
        Fact::NotTold => all.into(),
    }
}

/// The reason that all ways to read the facts share; where they differ, the one that claims least.
fn shared_reason(facts: Facts, outcomes: &[(Known, (Answer, Reason))], generate: Answer) -> Reason {
    let mut reasons: Vec<Reason> = outcomes.iter().map(|(_, (_, reason))| *reason).collect();
    reasons.sort_unstable();
    reasons.dedup();
    if let [one] = reasons.as_slice() {
        return *one;
    }
    if generate == Answer::HubDecides {
        return Reason::NotTold;
    }
    // What was told refuses it already; that it may also not be running is a guess.
    reasons.retain(|reason| *reason != Reason::NotRunning || facts.running != Fact::NotTold);
    reasons.first().copied().unwrap_or(Reason::NotTold)
}

fn next_step(generate: Answer, reason: Reason) -> NextStep {
    match (generate, reason) {
        (Answer::Yes, _) => NextStep::MakeKey,
        (Answer::HubDecides, _) => NextStep::TryIt,
        (Answer::No, Reason::PartnerManages) => NextStep::TakePermissionBack,
        (Answer::No, Reason::PartnerManagesAndPays) => NextStep::AskPartner,
        (Answer::No, Reason::NotShared) => NextStep::ClientGivesPermission,
        (Answer::No, _) => NextStep::GetItRunning,
    }
}

/// The facts not told for which at least one value would change the answer.
fn deciding(side: Side, facts: Facts) -> Vec<FactName> {
    use FactName::*;
    let splits = [
        (
            Running,
            facts.running == Fact::NotTold,
            [Facts { running: Fact::Told(true), ..facts }, Facts { running: Fact::Told(false), ..facts }],
        ),
        (
            Permission,
            facts.permission == Fact::NotTold && facts.has_partner != Fact::Told(false),
            [Fact::Told(self::Permission::Shared), Fact::Told(self::Permission::Missing)]
                .map(|permission| Facts { permission, ..facts }),
        ),
        (
            Payer,
            facts.payer == Fact::NotTold && facts.has_partner != Fact::Told(false),
            [Fact::Told(self::Payer::Client), Fact::Told(self::Payer::Partner)]
                .map(|payer| Facts { payer, ..facts }),
        ),
        (
            HasPartner,
            facts.has_partner == Fact::NotTold,
            [Fact::Told(true), Fact::Told(false)].map(|has_partner| Facts { has_partner, ..facts }),
        ),
    ];
    splits
        .into_iter()
        .filter(|(_, open, [one, other])| *open && answers(side, *one) != answers(side, *other))
        .map(|(name, ..)| name)
        .collect()
}

fn answers(side: Side, facts: Facts) -> BTreeSet<Answer> {
    completions(facts).map(|known| by_the_table(side, known).0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::sample::select;

    fn told(running: bool, partner: bool, payer: Payer, permission: Permission) -> Facts {
        Facts {
            running: Fact::Told(running),
            has_partner: Fact::Told(partner),
            payer: Fact::Told(payer),
            permission: Fact::Told(permission),
        }
    }

    #[test]
    fn the_table_of_who_may_make_a_key_is_kept_row_by_row() {
        use Answer::*;
        let row = |payer, permission| {
            let facts = told(true, true, payer, permission);
            (decide(Side::Client, facts).generate, decide(Side::Partner, facts).generate)
        };
        assert_eq!(row(Payer::Client, Permission::Missing), (Yes, No));
        assert_eq!(row(Payer::Client, Permission::Shared), (No, Yes));
        assert_eq!(row(Payer::Partner, Permission::Shared), (No, Yes));
        assert_eq!(row(Payer::Partner, Permission::Missing), (HubDecides, No));
        let direct = told(true, false, Payer::Client, Permission::Missing);
        assert_eq!(decide(Side::Client, direct).generate, Yes);
    }

    #[test]
    fn a_client_whose_partner_manages_is_told_to_take_the_permission_back_first() {
        let verdict = decide(Side::Client, told(true, true, Payer::Client, Permission::Shared));
        assert_eq!((verdict.reason, verdict.next), (Reason::PartnerManages, NextStep::TakePermissionBack));
    }

    #[test]
    fn a_shared_channel_is_off_for_the_client_whoever_pays_and_whether_or_not_it_runs() {
        for running in [Fact::Told(true), Fact::NotTold] {
            let facts = Facts {
                running,
                payer: Fact::NotTold,
                ..told(true, true, Payer::Client, Permission::Shared)
            };
            let verdict = decide(Side::Client, facts);
            assert_eq!((verdict.generate, verdict.reason), (Answer::No, Reason::PartnerManages));
        }
    }

    #[test]
    fn a_permission_that_was_not_told_is_named_and_switches_nothing_off() {
        let facts =
            Facts { permission: Fact::NotTold, ..told(true, true, Payer::Client, Permission::Missing) };
        let verdict = decide(Side::Client, facts);
        assert_eq!(verdict.generate, Answer::HubDecides);
        assert_eq!(verdict.missing, [FactName::Permission]);
    }

    #[test]
    fn where_nothing_at_all_was_told_the_hub_decides() {
        let nothing = Facts {
            running: Fact::NotTold,
            has_partner: Fact::NotTold,
            payer: Fact::NotTold,
            permission: Fact::NotTold,
        };
        for side in [Side::Client, Side::Partner] {
            let verdict = decide(side, nothing);
            assert_eq!((verdict.generate, verdict.reason), (Answer::HubDecides, Reason::NotTold));
            assert!(verdict.missing.contains(&FactName::Running));
        }
    }

    fn any_fact<T: Clone + std::fmt::Debug + 'static>(values: [T; 2]) -> impl Strategy<Value = Fact<T>> {
        let [one, other] = values;
        select(vec![Fact::Told(one), Fact::Told(other), Fact::NotTold])
    }

    fn any_facts() -> impl Strategy<Value = Facts> {
        (
            any_fact([true, false]),
            any_fact([true, false]),
            any_fact([Payer::Client, Payer::Partner]),
            any_fact([Permission::Shared, Permission::Missing]),
        )
            .prop_map(|(running, has_partner, payer, permission)| Facts {
                running,
                has_partner,
                payer,
                permission,
            })
    }

    fn any_side() -> impl Strategy<Value = Side> {
        select(vec![Side::Client, Side::Partner])
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn off_is_only_what_every_way_to_read_the_facts_refuses(side in any_side(), facts in any_facts()) {
            let all = answers(side, facts);
            let expected = if all.len() == 1 { *all.first().expect("one") } else { Answer::HubDecides };
            prop_assert_eq!(decide(side, facts).generate, expected);
        }

        #[test]
        fn learning_a_fact_never_turns_a_sure_answer_round(
            side in any_side(), facts in any_facts(), learned in any_facts(),
        ) {
            let before = decide(side, facts);
            // A partner comes with having one: a world that contradicts itself teaches nothing.
            prop_assume!(facts.has_partner != Fact::NotTold || learned.has_partner != Fact::Told(false));
            let after = decide(side, Facts {
                running: facts.running.or(learned.running),
                has_partner: facts.has_partner.or(learned.has_partner),
                payer: facts.payer.or(learned.payer),
                permission: facts.permission.or(learned.permission),
            });
            if before.generate != Answer::HubDecides {
                prop_assert_eq!(before.generate, after.generate);
            }
        }

        #[test]
        fn an_open_answer_names_what_is_missing_or_says_that_nothing_is_documented(
            side in any_side(), facts in any_facts(),
        ) {
            let verdict = decide(side, facts);
            match verdict.generate {
                Answer::HubDecides => {
                    prop_assert!(!verdict.missing.is_empty() || verdict.reason == Reason::Undocumented);
                    prop_assert_eq!(verdict.next, NextStep::TryIt);
                }
                _ => prop_assert!(verdict.missing.is_empty()),
            }
            for name in &verdict.missing {
                let told = match name {
                    FactName::Running => facts.running.told().is_some(),
                    FactName::HasPartner => facts.has_partner.told().is_some(),
                    FactName::Payer => facts.payer.told().is_some(),
                    FactName::Permission => facts.permission.told().is_some(),
                };
                prop_assert!(!told, "{:?} was told", name);
            }
        }

        #[test]
        fn a_refusal_always_has_a_reason_that_rests_on_something_told(side in any_side(), facts in any_facts()) {
            let verdict = decide(side, facts);
            if verdict.generate == Answer::No {
                let rests_on_something_told = match verdict.reason {
                    Reason::NotRunning => facts.running == Fact::Told(false),
                    Reason::PartnerManages | Reason::PartnerManagesAndPays =>
                        facts.permission == Fact::Told(Permission::Shared),
                    Reason::NotShared => facts.permission == Fact::Told(Permission::Missing)
                        || facts.has_partner == Fact::Told(false),
                    _ => false,
                };
                prop_assert!(rests_on_something_told, "{:?}", verdict);
            }
        }
    }
}
