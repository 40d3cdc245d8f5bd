//! Ten thousand cases, one after another, without a database.

use std::collections::BTreeMap;

use super::tests::{candidate, id, inputs};
use super::*;
use crate::assignment::proof::{Proof, hash, verify};

/// Small and the same at every run; not for secrets.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

const CASES: u128 = 10_000;
/// Of equal capacity, always there, tied to nobody.
const EQUALS: std::ops::RangeInclusive<u128> = 1..=5;
/// Has an interest in the merchant of every tenth case.
const TIED: u128 = 6;
/// Has half the capacity of the others.
const HALF: u128 = 7;
/// Recused wherever the parties are asked.
const RECUSED: u128 = 8;
/// The most that one case weighs.
const HEAVIEST: u32 = 25;

#[test]
fn ten_thousand_cases_are_shared_out_fairly() {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut loads: BTreeMap<u128, u32> = BTreeMap::new();
    let mut seed = hash("the chain before the first case");
    for number in 0..CASES {
        let weight = [10, 10, 10, 15, 20, HEAVIEST][usize::try_from(dice.roll(6)).unwrap()];
        let of_the_merchant = number % 10 == 3;
        let candidates = (1..=RECUSED).map(|who| {
            let mut it = candidate(who);
            it.availability.recent_load = loads.get(&who).copied().unwrap_or_default();
            if who == HALF {
                it.availability.capacity = 20;
            }
            let mut conflict = |ground| it.conflicts.push(Conflict { ground, fact_id: id(500) });
            if who == TIED && of_the_merchant {
                conflict(ExclusionGround::InterestFound);
            }
            if who == RECUSED {
                conflict(ExclusionGround::Recused);
            }
            it
        });
        let proof = Proof::of(Inputs {
            case_id: id(100_000 + number),
            weight,
            seed: seed.clone(),
            ..inputs(candidates.collect())
        });
        let text = proof.text();
        let stored_hash = hash(&text);
        let chosen = proof.outcome.proposed[0].mediator_id.as_u128();
        assert_ne!(chosen, RECUSED, "case {number}");
        assert!(chosen != TIED || !of_the_merchant, "case {number}");
        *loads.entry(chosen).or_default() += weight;
        seed = hash(&format!("{seed}{stored_hash}"));

        let equal: Vec<u32> =
            EQUALS.map(|who| loads.get(&who).copied().unwrap_or_default()).collect();
        let (least, most) = (equal.iter().min().unwrap(), equal.iter().max().unwrap());
        assert!(most - least <= HEAVIEST, "after case {number}: {equal:?}");

        assert!(verify(&text, &stored_hash).is_ok(), "case {number}");
        // One byte is another: somewhere, and verification says where.
        let place = usize::try_from(dice.roll(text.len() as u64)).unwrap();
        let mut bytes = text.into_bytes();
        bytes[place] ^= 1;
        let flipped = String::from_utf8(bytes).expect("ASCII stays ASCII");
        let found = verify(&flipped, &stored_hash).expect_err("a flipped byte is found");
        assert!(!found.place.is_empty(), "case {number}, byte {place}");
    }
    // Half the capacity has carried half the load, up to one case.
    let equal = loads[&1];
    assert!((loads[&HALF] * 2).abs_diff(equal) <= 2 * HEAVIEST, "{loads:?}");
    // Whoever is tied to a tenth of the cases has caught up with the rest.
    assert!(loads[&TIED].abs_diff(equal) <= 2 * HEAVIEST, "{loads:?}");
}
