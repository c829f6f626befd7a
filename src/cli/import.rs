//! `backfill import orders`.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use backfill::catalog::{self, Warehouse};
use backfill::db::Who;
use backfill::exchange::imports::orders::{self, Choices, Destination, Reading, RemarkKind};
use backfill::exchange::{self, Upload};
use backfill::sheet::{MOST_BYTES, Spool, Unreadable};
use backfill::stock::{Consent, Effects};
use backfill::types::{Limit, clock};
use clap::{Args, Subcommand};

use super::database::Where;
use super::{Outcome, say};

/// Read files of shops
#[derive(Subcommand)]
pub enum Import {
    Orders(Orders),
}

impl Import {
    pub fn run(self) -> Outcome {
        match self {
            Self::Orders(command) => command.run(),
        }
    }
}

/// Show what a CSV file of orders comes to, and import it with --yes
#[derive(Args)]
pub struct Orders {
    /// The file; its first line names the columns
    file: PathBuf,
    /// Import it; without this nothing is written
    #[arg(long, alias = "confirm")]
    yes: bool,
    /// The code of the warehouse that ships them; each line by the shipping rules if not given
    #[arg(long, value_name = "CODE")]
    warehouse: Option<String>,
    /// The shop or marketplace the orders come from; by the name of the file, else that of the last one, if not given
    #[arg(long, default_value = "")]
    channel: String,
    /// Refuse products the catalog does not know, instead of creating them
    #[arg(long)]
    no_new_products: bool,
    /// Import orders without their refused lines, instead of leaving them out
    #[arg(long)]
    without_refused: bool,
    /// Import what is cancelled, refunded or completed too, instead of leaving it out
    #[arg(long)]
    with_closed: bool,
    #[command(flatten)]
    database: Where,
}

impl Orders {
    fn run(self) -> Outcome {
        let content = Spool::from(read(&self.file)?);
        let reached = self.database.reach_current()?;
        let choices = Choices {
            create_products: !self.no_new_products,
            without_refused: self.without_refused,
            with_closed: self.with_closed,
        };
        let file_name = self.file.file_name();
        let file_name = file_name.map_or(String::new(), |name| name.to_string_lossy().into_owned());
        let warehouses = reached.db.read_now(|conn| Ok(catalog::warehouses(conn)?))?;
        let warehouse = match self.warehouse.as_deref() {
            Some(code) => Some(choose(&warehouses, code)?),
            None => None,
        };
        let (to, reading) = reached.db.read_now(|conn| {
            let to = Destination {
                warehouse: warehouse.map(|chosen| chosen.id),
                channel: exchange::channel_of_file(conn, &self.channel, &file_name)?,
            };
            let reading = orders::preview(conn, &to, &content, choices, clock::now())?;
            Ok((to, reading))
        })?;
        let now = (&Limit::default(), clock::now());
        let weigh = |conn: &mut _| Ok(orders::weigh(conn, &reading, &to, now)?);
        let effects = reached.db.read_now(weigh)?;
        show(&reading);
        show_losers(&effects);
        if reading.orders.is_empty() {
            say("\nNo order of this file can be imported.");
            return Ok(ExitCode::FAILURE);
        }
        if !self.yes {
            say("\nNothing is imported yet. The same command with --yes imports it.");
            return Ok(ExitCode::SUCCESS);
        }
        let upload = Upload {
            file_name,
            content,
            to,
            choices,
        };
        let import = reached.db.write_now(Who::BACKFILL, |act| {
            let import = exchange::keep(act, &upload)?;
            Ok(exchange::confirm(act, import.id, &Consent::ToAll)?)
        })?;
        say(format_args!(
            "\n{} orders with {} lines are imported to {}, and {} new products. Their channel is {}.",
            import.orders,
            import.lines,
            warehouse.map_or("the warehouses the shipping rules choose", |chosen| &chosen
                .name),
            import.products,
            import.channel
        ));
        Ok(ExitCode::SUCCESS)
    }
}

/// Orders that are here and lose units to those of the file.
fn show_losers(effects: &Effects) {
    if effects.loss.is_none() {
        return;
    }
    say(format_args!("\nOf what is here: {}", effects.sum()));
    for effect in effects.first.iter().filter(|effect| effect.loses()) {
        say(format_args!(
            "  {}, {} of {}: {}",
            effect.order_number,
            effect.units(),
            effect.sku,
            effect.then()
        ));
    }
}

fn read(file: &Path) -> Result<Vec<u8>, Box<dyn Error>> {
    let unreadable = |why: std::io::Error| format!("{} cannot be read: {why}", file.display());
    let length = fs::metadata(file).map_err(unreadable)?.len();
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    if length > MOST_BYTES {
        return Err(Unreadable::TooLarge(length).into());
    }
    Ok(fs::read(file).map_err(unreadable)?)
}

fn choose<'w>(all: &'w [Warehouse], code: &str) -> Result<&'w Warehouse, Box<dyn Error>> {
    let ships = all.iter().filter(|warehouse| warehouse.ships_orders);
    let mut fitting = ships
        .clone()
        .filter(|warehouse| warehouse.code.eq_ignore_ascii_case(code));
    fitting.next().ok_or_else(|| {
        let codes: Vec<&str> = ships.map(|warehouse| warehouse.code.as_str()).collect();
        format!(
            "no warehouse {code} ships orders; those that do: {}",
            codes.join(", ")
        )
        .into()
    })
}

/// The preview: every refused line by number and reason, every document left out, every decision.
fn show(reading: &Reading) {
    let format = &reading.format;
    say(format_args!(
        "Read as {}, {}, {}{}; times are told in {} unless they name a zone.",
        format.encoding,
        format.separator,
        format.decimals,
        format
            .dates
            .as_ref()
            .map_or(String::new(), |dates| format!(", dates as {dates}")),
        format.zone
    ));
    if !format.unused.is_empty() {
        say(format_args!(
            "Columns not used: {}.",
            format.unused.join(", ")
        ));
    }
    if !reading.refusals.is_empty() {
        say(format_args!(
            "\nRefused lines ({}):",
            reading.refusals.len()
        ));
    }
    for refusal in &reading.refusals {
        say(format_args!(
            "  line {}, order {}: {}",
            refusal.line, refusal.order, refusal.reason
        ));
    }
    if !reading.skipped.is_empty() {
        say(format_args!(
            "\nDocuments left out ({}):",
            reading.skipped.len()
        ));
    }
    for document in &reading.skipped {
        say(format_args!(
            "  lines {}: {}",
            document.place(),
            document.reason()
        ));
    }
    for closed in reading.closed() {
        say(format_args!(
            "  {}: {} orders, {} lines, {} units",
            closed.kind, closed.orders, closed.lines, closed.units
        ));
    }
    if !reading.remarks.is_empty() {
        say("\nDecided:");
    }
    for kind in RemarkKind::ALL {
        let of_kind = reading.remarks.iter().filter(|remark| remark.kind == *kind);
        let count = of_kind.clone().count();
        if count > 0 {
            let lines: Vec<String> = of_kind
                .take(8)
                .map(|remark| remark.line.to_string())
                .collect();
            let more = if count > 8 { ", ..." } else { "" };
            say(format_args!(
                "  {count} x {} (lines {}{more})",
                kind.label(),
                lines.join(", ")
            ));
        }
    }
    say(format_args!(
        "\nOf {} lines: {} orders with {} lines, {} in all; {} new products; {} lines refused; {} left out with their \
         documents.",
        reading.lines,
        reading.orders.len(),
        reading.order_lines(),
        reading.totals(),
        reading.products.len(),
        reading.refusals.len(),
        reading.lines_skipped()
    ));
}
