//! How many pages of one person are told what changes at a time: many more than anybody looks at. Of one
//! too many, the page that listened longest makes room, and asks for a seat again when it is looked at.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::oneshot;

use crate::types::UserId;

/// Streams of one person at a time: tablets may share an account.
const MOST: usize = 60;

/// A seat, and the sign to leave it: it resolves when somebody else takes it.
pub(super) type Seat = oneshot::Receiver<()>;

/// Who sits where; cheap to clone.
#[derive(Debug, Clone, Default)]
pub(super) struct Seats(Arc<Mutex<HashMap<UserId, VecDeque<oneshot::Sender<()>>>>>);

impl Seats {
    /// A seat for one more page of somebody.
    pub(super) fn take(&self, user: UserId) -> Seat {
        let (sign, seat) = oneshot::channel();
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = all.entry(user).or_default();
        taken.retain(|sign| !sign.is_closed());
        while taken.len() >= MOST {
            // Dropped, it tells.
            taken.pop_front();
        }
        taken.push_back(sign);
        seat
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(id: &str) -> UserId {
        id.parse().expect("it is a number")
    }

    #[test]
    fn one_too_many_takes_the_seat_of_whoever_sat_longest() {
        let seats = Seats::default();
        let (anna, ben) = (user("1"), user("2"));
        let mut first = seats.take(anna);
        let mut of_ben = seats.take(ben);
        let mut others: Vec<Seat> = (1..MOST).map(|_| seats.take(anna)).collect();
        assert!(first.try_recv() == Err(oneshot::error::TryRecvError::Empty));

        let _one_more = seats.take(anna);

        assert_eq!(first.try_recv(), Err(oneshot::error::TryRecvError::Closed));
        for seat in others.iter_mut().chain([&mut of_ben]) {
            assert_eq!(seat.try_recv(), Err(oneshot::error::TryRecvError::Empty));
        }
    }

    #[test]
    fn whoever_left_takes_no_seat() {
        let seats = Seats::default();
        let anna = user("1");
        let mut first = seats.take(anna);

        for _ in 0..MOST * 2 {
            drop(seats.take(anna));
        }

        assert_eq!(first.try_recv(), Err(oneshot::error::TryRecvError::Empty));
    }
}
