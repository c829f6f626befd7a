//! Orders that come from files.

use std::fmt::Write as _;

use backfill::db::Act;
use backfill::error::Result;
use backfill::exchange::imports::orders::{Choices, Destination};
use backfill::exchange::{self, Upload};

use super::walker::{Dice, SKUS, Step, Walker};

pub const STEPS: &[Step] = &[
    Step {
        name: "a file of orders is imported",
        act: |w, conn, dice| imports(w, conn, dice, 3),
    },
    Step {
        name: "a file with an order of long ago is imported",
        act: |w, conn, dice| imports(w, conn, dice, 1),
    },
    Step {
        name: "a file is looked at and discarded",
        act: |w, conn, dice| {
            let kept = exchange::keep(conn, &upload(w, dice, 2))?;
            exchange::discard(conn, kept.id)?;
            Ok(())
        },
    },
];

fn imports(walker: &Walker, conn: &mut Act<'_>, dice: Dice, orders: u32) -> Result<()> {
    let kept = exchange::keep(conn, &upload(walker, dice, orders))?;
    exchange::confirm(conn, kept.id, &dice.agreement())?;
    Ok(())
}

/// So many orders, of two lines each; what two files call by one number comes in once.
fn upload(walker: &Walker, dice: Dice, orders: u32) -> Upload {
    let mut file = String::from("order_number,sku,quantity,placed_at,unit_price,customer\n");
    for at in 0..orders {
        let turned = Dice(dice.0.map(|die| die.wrapping_mul(2 * at + 1)));
        let number = turned.between(0, 1, 500);
        let placed_at = Walker::minute(turned, 3).format("%Y-%m-%d %H:%M");
        for line in 0..2 {
            let sku = SKUS[turned.between(line, 0, 2) as usize];
            let units = turned.between(2, 1, 4) + turned.0[line] % 3;
            writeln!(file, "W{number},{sku},{units},{placed_at},1.00,ADA").expect("it is memory");
        }
    }
    Upload {
        file_name: "walk.csv".into(),
        content: file.into(),
        to: Destination {
            warehouse: (dice.between(2, 0, 3) > 0)
                .then(|| walker.warehouses[usize::from(dice.between(1, 0, 3) == 0)]),
            channel: "webshop".into(),
        },
        choices: Choices::default(),
    }
}
