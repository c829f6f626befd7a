//! The effect of each happening on the books.

use super::open::Books;
use crate::stock::error::Error;
use crate::stock::happening::Happening;

impl Books {
    /// Applies what happens, in its order.
    ///
    /// # Errors
    /// What a rule refuses, except that of an order that is not taken, which is kept in `refused`;
    /// [`Error::TooMany`] when more units meet in the end than a place counts;
    /// [`Error::OutOfReach`] for a place or a line that was not read for it.
    pub(in crate::stock) fn apply(&mut self, happenings: &[Happening]) -> Result<(), Error> {
        happenings.iter().try_for_each(|each| self.happen(each))?;
        self.check_bounds()
    }

    fn happen(&mut self, happening: &Happening) -> Result<(), Error> {
        match happening {
            Happening::Join(ask) | Happening::Ask(ask) => self.ask(ask),
            Happening::Withdraw { line } => self.withdraw(*line),
            Happening::Hold { order } => {
                self.hold(*order, true);
                Ok(())
            }
            Happening::Release { order } => {
                self.hold(*order, false);
                Ok(())
            }
            Happening::Expect(expect) => self.expect(expect),
            Happening::Receive {
                line,
                place,
                quantity,
                bin,
                reception,
            } => self.receive(*line, *place, (*quantity, *bin), *reception),
            Happening::Depart {
                place,
                quantity,
                transfer,
                reserved_too,
            } => self.depart(*place, *quantity, *transfer, *reserved_too),
            Happening::Arrive {
                line,
                place,
                quantity,
                transfer,
            } => self.arrive(*line, *place, *quantity, *transfer),
            Happening::ComeBack {
                place,
                quantity,
                transfer,
            } => self.come_back(*place, *quantity, *transfer),
            Happening::TakeOut {
                place,
                quantity,
                reception,
            } => self.take_out(*place, *quantity, *reception),
            Happening::TakeBack {
                place,
                bin,
                quantity,
                condition,
                of,
                note,
            } => self.take_back((*place, *bin), *quantity, *condition, (*of, note)),
            Happening::Adjust {
                place,
                bin,
                change,
                reason,
                note,
            } => self.adjust((*place, *bin), *change, *reason, note),
            Happening::Count {
                place,
                bin,
                change,
                count,
            } => self.count((*place, *bin), *change, *count),
            Happening::Correct {
                movement,
                place,
                bin,
                change,
                reason,
                note,
            } => self.correct(*movement, (*place, *bin), *change, (*reason, note)),
            Happening::PutAway {
                place,
                from,
                to,
                quantity,
                note,
                ..
            } => self.put_away(*place, (*from, *to), *quantity, note),
            Happening::HoldElsewhere {
                line,
                from,
                to,
                quantity,
            } => self.hold_elsewhere(*line, (*from, *to), *quantity),
            Happening::Take {
                order,
                warehouse,
                at_least,
            } => match self.take(*order, *warehouse, *at_least) {
                Err(Error::OutOfReach) => Err(Error::OutOfReach),
                Err(refusal) => {
                    self.refused.push((*order, refusal));
                    Ok(())
                }
                Ok(()) => Ok(()),
            },
            Happening::LeaveOut {
                line,
                bin,
                quantity,
                missing,
            } => self.leave_out(*line, (*bin, *quantity), *missing),
            Happening::Settle { place, bin } => self.settle(*place, *bin),
            Happening::PutBack { order, warehouse } => self.put_back(*order, *warehouse),
            Happening::Ship {
                line,
                quantity,
                shipment,
            } => self.ship(*line, *quantity, *shipment),
            Happening::BringBack {
                line,
                place,
                quantity,
                bin,
                shipment,
            } => self.bring_back(*line, *place, (*quantity, *bin), *shipment),
            Happening::Pin { line } => self.pin(*line),
            Happening::Unpin { line } => self.unpin(*line),
            Happening::Give {
                hand_move,
                from,
                to,
                quantity,
            } => self.give(*hand_move, *from, *to, *quantity),
            Happening::Undo { hand_move, .. } => {
                self.undo(*hand_move);
                Ok(())
            }
            Happening::Policy {
                warehouse,
                policy,
                collect_after_days,
            } => {
                let rule = (*policy, *collect_after_days);
                self.rules.policies.insert(*warehouse, rule);
                Ok(())
            }
            Happening::HeldOrders { keep_stock } => {
                self.rules.held_orders_keep_stock = *keep_stock;
                Ok(())
            }
            Happening::Rule { .. } => Ok(()),
        }
    }
}
