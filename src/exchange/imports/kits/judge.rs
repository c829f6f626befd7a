//! What each line means, or why it is left out: a kit with a line that is wrong is left out whole.

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;

use super::file::Line;
use super::reading::{Change, Reading, Refusal};
use crate::catalog::{self, KitPart};
use crate::inventory::{self, Called, KitEdit, Part, mark_of_parts, per_kit};
use crate::schema::products;
use crate::types::{ProductId, Sku};

/// In a constant number of statements, however many lines there are.
pub(super) fn judge(conn: &mut PgConnection, lines: &[Line]) -> QueryResult<Reading> {
    let texts = lines.iter().flat_map(|line| [&*line.kit, &*line.part]);
    let called = inventory::called(conn, texts)?;
    let mut judging = Judging::default();
    for line in lines {
        judging.take(line, &called);
    }
    judging.whole_kits_only();
    let ids: Vec<ProductId> = judging.kits.iter().map(|kit| kit.id).collect();
    let before = catalog::parts_of_kits(conn, &ids)?;
    judging.see(&before);
    let edits: Vec<KitEdit> = judging.kits.iter().map(|kit| kit.edit()).collect();
    for wrong in inventory::wrong_with_kits(conn, &edits)? {
        judging.refuse(wrong.kit, wrong.part, wrong.why);
    }
    judging.whole_kits_only();
    let names = names(conn, &judging.kits)?;
    Ok(judging.reading(lines, &before, &names))
}

/// A kit as the file has it.
struct Kit {
    id: ProductId,
    seen: String,
    /// Each part with its line.
    parts: Vec<(usize, Part)>,
    /// Every line about it, those that are wrong as well.
    lines: Vec<usize>,
}

impl Kit {
    fn edit(&self) -> KitEdit {
        KitEdit {
            kit: self.id,
            seen: self.seen.clone(),
            parts: self.parts.iter().map(|(_, part)| *part).collect(),
        }
    }
}

#[derive(Default)]
struct Judging {
    kits: Vec<Kit>,
    at: HashMap<ProductId, usize>,
    /// Why lines are left out.
    wrong: BTreeMap<usize, String>,
    same: usize,
}

impl Judging {
    fn take(&mut self, line: &Line, called: &Called) {
        let kit = match (&line.flaw, line.kit.as_str()) {
            (Some(flaw), _) => Err(flaw.clone()),
            (None, "") => Err("It names no kit.".into()),
            (None, kit) => called.product(kit).ok_or_else(|| unknown(kit)),
        };
        let id = match kit {
            Ok(id) => id,
            Err(why) => {
                self.wrong.insert(line.number, why);
                return;
            }
        };
        let at = *self.at.entry(id).or_insert(self.kits.len());
        if at == self.kits.len() {
            self.kits.push(Kit {
                id,
                seen: String::new(),
                parts: Vec::new(),
                lines: Vec::new(),
            });
        }
        let kit = &mut self.kits[at];
        kit.lines.push(line.number);
        match part(line, called) {
            Ok(part) => kit.parts.push((line.number, part)),
            Err(why) => {
                self.wrong.insert(line.number, why);
            }
        }
    }

    /// Leaves out every kit of which a line is wrong.
    fn whole_kits_only(&mut self) {
        let wrong = &mut self.wrong;
        self.kits.retain(|kit| {
            let first = kit.lines.iter().find(|line| wrong.contains_key(line));
            let Some(first) = first.copied() else {
                return true;
            };
            for line in &kit.lines {
                let why = || format!("Its kit is left out with line {first}.");
                wrong.entry(*line).or_insert_with(why);
            }
            false
        });
    }

    /// Leaves out kits that are packed so already; remembers of the others what their parts are.
    fn see(&mut self, before: &HashMap<ProductId, Vec<KitPart>>) {
        for kit in &mut self.kits {
            let parts = before.get(&kit.id).map(Vec::as_slice);
            kit.seen = mark_of_parts(parts.unwrap_or_default());
        }
        let all = self.kits.len();
        self.kits.retain(|kit| kit.edit().mark() != kit.seen);
        self.same = all - self.kits.len();
    }

    /// What is wrong with a kit itself stands in its first line.
    fn refuse(&mut self, kit: usize, part: Option<usize>, why: String) {
        let kit = &self.kits[kit];
        let line = match part {
            Some(part) => kit.parts[part].0,
            None => kit.lines[0],
        };
        self.wrong.entry(line).or_insert(why);
    }

    fn reading(
        self,
        lines: &[Line],
        before: &HashMap<ProductId, Vec<KitPart>>,
        names: &HashMap<ProductId, (Sku, String)>,
    ) -> Reading {
        let changes = self.kits.iter().filter_map(|kit| {
            let (sku, name) = names.get(&kit.id)?.clone();
            let kept = before.get(&kit.id).map(Vec::as_slice).unwrap_or_default();
            let was = kept.iter().map(|part| (part.quantity, &part.sku));
            let now = kit.parts.iter().filter_map(|(_, part)| {
                let (sku, _) = names.get(&part.product)?;
                Some((part.quantity, sku))
            });
            Some(Change {
                line: kit.lines[0],
                sku,
                name,
                edit: kit.edit(),
                was: in_words(was),
                now: in_words(now),
            })
        });
        let refusals = lines.iter().filter_map(|line| {
            Some(Refusal {
                line: line.number,
                kit: line.kit.clone(),
                part: line.part.clone(),
                reason: self.wrong.get(&line.number)?.clone(),
            })
        });
        Reading {
            changes: changes.collect(),
            refusals: refusals.collect(),
            same: self.same,
        }
    }
}

fn part(line: &Line, called: &Called) -> Result<Part, String> {
    let product = match line.part.as_str() {
        "" => return Err("It names no part.".into()),
        part => called.product(part).ok_or_else(|| unknown(part))?,
    };
    let quantity = per_kit(&line.quantity);
    let quantity = quantity.map_err(|why| format!("Quantity {}: {why}", line.quantity))?;
    Ok(Part { product, quantity })
}

fn unknown(called: &str) -> String {
    format!("No product is called {called}.")
}

/// `2 × A, 1 × B`, all of them.
fn in_words<'a>(parts: impl Iterator<Item = (crate::types::Quantity, &'a Sku)>) -> String {
    let parts = parts.map(|(units, sku)| format!("{units} \u{d7} {sku}"));
    parts.collect::<Vec<_>>().join(", ")
}

/// SKU and name of the kits and of their parts.
fn names(conn: &mut PgConnection, kits: &[Kit]) -> QueryResult<HashMap<ProductId, (Sku, String)>> {
    let parts = kits.iter().flat_map(|kit| &kit.parts);
    let ids: Vec<ProductId> = kits
        .iter()
        .map(|kit| kit.id)
        .chain(parts.map(|(_, part)| part.product))
        .collect();
    let rows: Vec<(ProductId, Sku, String)> = products::table
        .filter(products::id.eq_any(ids))
        .select((products::id, products::sku, products::name))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(id, sku, name)| (id, (sku, name)))
        .collect())
}
