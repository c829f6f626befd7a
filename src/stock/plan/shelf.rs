//! What the plan lays: claims, layers, and turns by hand, place by place.

use chrono::NaiveDate;

use super::super::kit::InSet;
use super::super::origin::Origin;
use super::super::queue::QueueKey;
use crate::types::Quantity;

/// What one order line asks of one shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Its place in the queue.
    pub key: QueueKey,
    pub to_ship: Quantity,
    /// Of these, units in a parcel being prepared: never robbed.
    pub taken: Quantity,
    /// Whether it may take stock; a held order may not, when the company decided so.
    pub eligible: bool,
    /// The kit it is a part of: it takes stock in whole sets, with the other parts, or none.
    pub set: Option<InSet>,
}

/// Units on their way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layer {
    /// What brings them.
    pub of: Origin,
    pub due_on: NaiveDate,
    pub quantity: Quantity,
}

/// One product in one warehouse: what lies there, who claims it, what is coming.
#[derive(Debug, Clone, Default)]
pub struct Shelf {
    /// Usable units.
    pub on_hand: Quantity,
    /// In queue order.
    pub claims: Vec<Claim>,
    /// By date, then by age.
    pub layers: Vec<Layer>,
    /// Units of claims that take another turn than their claim; no claim of a set is among them.
    pub turns: Vec<Turn>,
}

/// Units of a claim that are served at another place in the queue: before the claim that stands
/// there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// Whose, among the claims of the shelf.
    pub claim: usize,
    pub key: QueueKey,
    /// How many; no more than the claim asks for.
    pub units: Quantity,
}

/// What the plan says of one claim.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Units of stock that are its own.
    pub reserved: Quantity,
    /// What brings its last missing unit; `None` when nothing is missing, when a unit is on no
    /// order, when the unit already lies here and may not be taken yet, or when its set lacks
    /// another part that is on no order.
    pub covered_by: Option<(Origin, NaiveDate)>,
    /// Units that nothing covers: they must be bought.
    pub uncovered: Quantity,
}

/// What a claim misses in one of its turns: where that is, whether it is the turn of the claim itself,
/// the claim, and units.
pub(super) type InTurn = (QueueKey, bool, usize, Quantity);

impl Shelf {
    /// What may be given out: units on hand that are in no parcel.
    pub(super) fn untaken(&self) -> Quantity {
        let taken = self.claims.iter().map(|claim| claim.taken).sum();
        self.on_hand.less(taken)
    }

    /// Units that operators took, claim by claim.
    pub(super) fn taken(&self) -> Vec<Quantity> {
        self.claims.iter().map(|claim| claim.taken).collect()
    }

    /// Whether a claim of it takes stock in whole sets.
    pub(super) fn has_sets(&self) -> bool {
        self.claims.iter().any(|claim| claim.set.is_some())
    }

    /// What claims that have so many units still miss, each at its own place in the queue.
    pub(super) fn in_own_turn(&self, had: &[Quantity]) -> Vec<InTurn> {
        let claims = self.claims.iter().zip(had).enumerate();
        claims
            .map(|(at, (claim, had))| (claim.key, true, at, claim.to_ship.less(*had)))
            .collect()
    }

    /// The same in the order in which it is served. The units a claim has are those served first.
    pub(super) fn in_turn(&self, had: &[Quantity]) -> Vec<InTurn> {
        if self.turns.is_empty() {
            return self.in_own_turn(had);
        }
        let mut own: Vec<Quantity> = self.claims.iter().map(|claim| claim.to_ship).collect();
        let mut turns: Vec<InTurn> = Vec::new();
        for turn in &self.turns {
            let units = turn.units.min(own[turn.claim]);
            own[turn.claim] = own[turn.claim].less(units);
            turns.push((turn.key, false, turn.claim, units));
        }
        let own = self.claims.iter().zip(own).enumerate();
        turns.extend(own.map(|(at, (claim, units))| (claim.key, true, at, units)));
        turns.sort_unstable();
        let mut had = had.to_vec();
        for (_, _, claim, units) in &mut turns {
            let already = (*units).min(had[*claim]);
            had[*claim] = had[*claim].less(already);
            *units = units.less(already);
        }
        turns
    }
}
