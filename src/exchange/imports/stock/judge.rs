//! What each line means, or why it is left out.

use std::collections::HashMap;

use super::file::{File, Line};
use super::known::Known;
use super::reading::{Change, Figure, Reading, Refusal};
use crate::stock::{Limits, Place};
use crate::types::{LocationId, ProductId, Quantity, optional};

/// The word that takes a level of its own away.
const DEFAULT: &str = "default";
/// The word that takes the usual bin away.
const NONE: &str = "none";

/// `kits` says why nothing is done to the stock of a kit.
pub(super) fn judge(
    file: &File,
    known: &HashMap<usize, Known>,
    kits: &HashMap<ProductId, String>,
) -> Reading {
    let mut reading = Reading::default();
    let mut seen: HashMap<Place, usize> = HashMap::new();
    for line in &file.lines {
        let known = known.get(&line.number);
        match known.map_or_else(
            || Err("This line cannot be read.".into()),
            |known| match known.product_id.and_then(|id| kits.get(&id)) {
                Some(refusal) => Err(refusal.clone()),
                None => change(line, known, &mut seen),
            },
        ) {
            Ok(Some(change)) => reading.changes.push(change),
            Ok(None) => reading.same += 1,
            Err(reason) => reading.refusals.push(Refusal {
                line: line.number,
                product: line.product().to_owned(),
                warehouse: line.warehouse.clone(),
                reason,
            }),
        }
    }
    reading
}

/// None: it says what is so already.
fn change(
    line: &Line,
    known: &Known,
    seen: &mut HashMap<Place, usize>,
) -> Result<Option<Change>, String> {
    if line.is_broken {
        return Err("A quote is opened in this line and never closed.".into());
    }
    let (Some(sku), Some(product)) = (known.sku.clone(), known.product.clone()) else {
        return Err(match line.product() {
            "" => "It names no product.".into(),
            name => format!("No product is called {name}."),
        });
    };
    let (Some(place), Some(warehouse)) = (known.place(), known.warehouse.clone()) else {
        return Err(format!("No warehouse has the code {}.", line.warehouse));
    };
    let said = Said::of(line)?;
    if let Some(first) = seen.insert(place, line.number) {
        return Err(format!("Line {first} is about this product here already."));
    }
    let mut figures = Vec::new();
    let limits = said.limits(known, &mut figures)?;
    let usual_bin = usual_bin(line, known, &mut figures)?;
    let counted = said.counted(known, &mut figures)?;
    if figures.is_empty() {
        return Ok(None);
    }
    Ok(Some(Change {
        line: line.number,
        place,
        sku,
        product,
        warehouse,
        limits,
        usual_bin,
        counted,
        figures,
    }))
}

/// A level as a cell says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    /// That of the warehouse.
    Default,
    Own(Quantity),
}

/// What the cells of a line say; nothing: it stays as it is.
struct Said {
    warning: Option<Level>,
    ideal: Option<Level>,
    counted: Option<Quantity>,
}

impl Said {
    fn of(line: &Line) -> Result<Self, String> {
        let level = |name: &str, cell: &str| {
            let parse = |text: &str| match text.eq_ignore_ascii_case(DEFAULT) {
                true => Ok(Level::Default),
                false => Quantity::parse(text).map(Level::Own),
            };
            optional(cell, parse).map_err(|why| format!("{name} {cell}: {why}"))
        };
        let counted = optional(&line.counted, Quantity::parse);
        Ok(Self {
            warning: level("Warning level", &line.warning)?,
            ideal: level("Ideal level", &line.ideal)?,
            counted: counted.map_err(|why| format!("Counted {}: {why}", line.counted))?,
        })
    }

    /// The levels as they become, if one of them changes.
    fn limits(&self, known: &Known, figures: &mut Vec<Figure>) -> Result<Option<Limits>, String> {
        let was = known.limits();
        let now = Limits {
            warning_level: becomes(self.warning, was.warning_level, known.default_warning),
            ideal_level: becomes(self.ideal, was.ideal_level, known.default_ideal),
        };
        if now == was {
            return Ok(None);
        }
        let warning = now.warning_level.unwrap_or(known.default_warning);
        let ideal = now.ideal_level.unwrap_or(known.default_ideal);
        if ideal < warning {
            return Err(format!(
                "The ideal level would be {ideal}, below the warning level of {warning}."
            ));
        }
        for (name, was, now, default) in [
            (
                "Warning level",
                was.warning_level,
                now.warning_level,
                known.default_warning,
            ),
            (
                "Ideal level",
                was.ideal_level,
                now.ideal_level,
                known.default_ideal,
            ),
        ] {
            if was != now {
                let (old, new) = (shown(was, default), shown(now, default));
                figures.push(Figure { name, old, new });
            }
        }
        Ok(Some(now))
    }

    /// What lies there and what was counted, if that differs.
    fn counted(
        &self,
        known: &Known,
        figures: &mut Vec<Figure>,
    ) -> Result<Option<(Quantity, Quantity)>, String> {
        let Some(counted) = self.counted.filter(|counted| *counted != known.on_hand) else {
            return Ok(None);
        };
        let comes = counted > known.on_hand;
        if comes && known.is_archived {
            return Err("The product is archived: restore it before units of it come.".into());
        }
        if comes && !known.is_active {
            return Err("The warehouse is not active: nothing can come there.".into());
        }
        if counted < known.taken {
            return Err(format!(
                "Counted {counted}, but {} are in parcels being prepared.",
                known.taken
            ));
        }
        figures.push(Figure {
            name: "On hand",
            old: known.on_hand.to_string(),
            new: counted.to_string(),
        });
        Ok(Some((known.on_hand, counted)))
    }
}

/// The bin it belongs in as it becomes, if that changes.
fn usual_bin(
    line: &Line,
    known: &Known,
    figures: &mut Vec<Figure>,
) -> Result<Option<Option<(LocationId, String)>>, String> {
    let (typed, warehouse) = (line.bin.as_str(), known.warehouse.as_deref());
    let warehouse = warehouse.unwrap_or_default();
    let bin = match (typed, known.named_bin()) {
        ("", _) => return Ok(None),
        _ if !known.uses_bins => return Err(format!("{warehouse} has no bins.")),
        (_, Some((id, code))) => Some((id, code.to_owned())),
        (typed, None) if typed.eq_ignore_ascii_case(NONE) => None,
        (typed, None) => {
            return Err(format!(
                "No bin of {warehouse} that takes goods is called {typed}."
            ));
        }
    };
    let code = bin.as_ref().map(|(_, code)| code.as_str());
    if code == known.usual_bin.as_deref() {
        return Ok(None);
    }
    figures.push(Figure {
        name: "Usual bin",
        old: known.usual_bin.clone().unwrap_or_else(|| NONE.into()),
        new: code.unwrap_or(NONE).to_owned(),
    });
    Ok(Some(bin))
}

/// The level of its own; the one in force, said again, changes nothing.
fn becomes(said: Option<Level>, was: Option<Quantity>, default: Quantity) -> Option<Quantity> {
    match said {
        None => was,
        Some(Level::Default) => None,
        Some(Level::Own(level)) if level == was.unwrap_or(default) => was,
        Some(Level::Own(level)) => Some(level),
    }
}

fn shown(own: Option<Quantity>, default: Quantity) -> String {
    own.map_or_else(|| format!("{default} (default)"), |level| level.to_string())
}
