//! What happened to a record, in the reader's words.

pub use super::telling_parts::lines_and_units;
use super::telling_parts::{
    field_change, found_in_words, joined, level, list_change, list_detail, mail, named,
    order_change, reversed, units_of, with,
};
use crate::types::{Event, LineChanged, counted, dates};

/// What happened, in a few words.
pub fn what(event: &Event) -> String {
    let words = match event {
        Event::Created | Event::AccountCreated { .. } => "Created",
        Event::Edited | Event::OrderEdited { .. } | Event::EntryEdited { .. } => "Edited",
        Event::Archived => "Archived",
        Event::Restored => "Restored",
        Event::Cancelled { .. } => "Cancelled",
        Event::SignedIn => "Signed in",
        Event::SignInFailed { .. } => "Could not sign in",
        Event::SignedOut => "Signed out",
        Event::Exported { .. } => "Exported",
        Event::FieldsChanged { .. } => "Changed",
        Event::SettingsChanged { .. } => "Settings changed",
        Event::NameChanged { .. } => "Name changed",
        Event::EmailChanged { .. } => "E-mail changed",
        Event::RoleChanged { .. } => "Role changed",
        Event::LimitChanged { .. } => "Warehouses changed",
        Event::RightsChanged { .. } => "Rights changed",
        Event::PasswordChanged => "Password changed",
        Event::SecondFactorOn => "Second factor set up",
        Event::SecondFactorOff => "Second factor removed",
        Event::RecoveryCodeUsed => "Signed in with a recovery code",
        Event::Disabled => "Disabled",
        Event::Enabled => "Enabled",
        Event::MailQueuedAgain { .. } => "E-mail queued again",
        Event::MailSent { .. } => "E-mail sent",
        Event::MailKept { .. } => "E-mail kept: no mail server is configured",
        Event::MailFailed { .. } => "E-mail failed",
        Event::LevelsSet { .. } => "Levels set",
        Event::UsualBinSet { .. } => "Usual bin set",
        Event::SupplierAdded { .. } => "Supplier added",
        Event::TermsEdited { .. } => "Terms of supplier edited",
        Event::PrimarySupplier { .. } => "Primary supplier",
        Event::SupplierRemoved { .. } => "Supplier removed",
        Event::PictureSet => "Picture set",
        Event::PictureRemoved => "Picture removed",
        Event::PartsSet { parts } if parts.is_empty() => "No kit any more",
        Event::PartsSet { .. } => "Parts of the kit set",
        Event::StockCorrected { change, .. } => return format!("Stock corrected by {change}"),
        Event::Placed => "Placed",
        Event::Held { .. } => "Put on hold",
        Event::Released => "Released",
        Event::CustomerWritten { .. } => "Written to the customer",
        Event::CustomerKnows => "The customer knows the dates",
        Event::PriorityChanged { was, now, .. } => {
            return format!("Priority {now} instead of {was}");
        }
        Event::Rerouted { sku, was, now, .. } => {
            return format!("{sku} ships from {now} instead of {was}");
        }
        Event::UnitsCancelled { units, sku, .. } => return format!("Cancelled {units} of {sku}"),
        Event::UnitsReturned { units, sku, .. } => return format!("Took back {units} of {sku}"),
        Event::ReturnAnnounced { number, .. } => return format!("{number} announced"),
        Event::ReturnReceived { .. } => "Received",
        Event::Replaced { .. } => "Replacement ordered",
        Event::SetBroken { sku, .. } => return format!("Broke the sets of {sku}"),
        Event::OrderShipped => "Shipped",
        Event::Pinned { sku, .. } => return format!("Pinned {sku}"),
        Event::Unpinned { sku, .. } => return format!("Unpinned {sku}"),
        Event::UnitsGiven { units, sku, .. } => {
            return format!("Gave {units} of {sku} to another order");
        }
        Event::UnitsGot { units, sku, .. } => {
            return format!("Got {units} of {sku} from another order");
        }
        Event::UnitsReleased { units, sku, .. } => return format!("Released {units} of {sku}"),
        Event::MoveTakenBack { sku, .. } => {
            return format!("A move of {sku} by hand was taken back");
        }
        Event::ParcelBegun => "Taken into preparation",
        Event::ParcelPicked => "Picked",
        Event::ParcelPacked => "Packed",
        Event::PickedShort { .. } => "Short",
        Event::ParcelLabelled { .. } => "Labelled",
        Event::ParcelShipped { .. } => "Parcel shipped",
        Event::CustomerNotTold { .. } => "The customer was not told: there is no e-mail address",
        Event::ParcelGivenBack { .. } => "Given back to the queue",
        Event::ParcelTakenBack { .. } => "Taken back: it had not left",
        Event::Drafted { .. } | Event::TransferDrafted { .. } => "Drafted",
        Event::LineAdded { .. } => "Line added",
        Event::LineRemoved { .. } => "Line removed",
        Event::Sent { .. } | Event::TransferSent { .. } => "Sent",
        Event::Confirmed { .. } => "Confirmed",
        Event::RestChanged { .. } => "Changed",
        Event::DeliveryReceived { .. }
        | Event::Received { .. }
        | Event::TransferReceived { .. } => "Received",
        Event::TransferExpected { .. } => "Expected on another day",
        Event::CountOpened { .. } => "Begun",
        Event::RecountAsked { .. } => "To be counted again",
        Event::RestIsNone { .. } => "The rest is counted as 0",
        Event::CountApplied { .. } => "Applied",
        Event::TransferLost { .. } => "Written off",
        Event::TransferCalledBack { .. } => "Called back",
        Event::OpenedAgain { .. } => "Opened again",
        Event::Reversed { .. } => "Reversed",
        Event::ReceptionReversed { .. } => "Reception reversed",
        Event::ListChanged { item, change } => return list_change(item, change),
        Event::Noted { what, .. } => what,
    };
    words.to_owned()
}

/// More about it; may be empty.
pub fn detail(event: &Event) -> String {
    match event {
        Event::AccountCreated { role } => role.clone(),
        Event::NameChanged { was, now }
        | Event::EmailChanged { was, now }
        | Event::RoleChanged { was, now }
        | Event::LimitChanged { was, now }
        | Event::RightsChanged { was, now } => format!("{was} \u{2192} {now}"),
        Event::MailQueuedAgain { subject, to }
        | Event::MailSent { subject, to }
        | Event::MailKept { subject, to }
        | Event::CustomerWritten { subject, to } => mail(subject, to),
        Event::MailFailed { subject, to, why } => format!("{}: {why}", mail(subject, to)),
        Event::LevelsSet {
            warehouse,
            warning,
            ideal,
        } => format!(
            "{warehouse}: warning {}, ideal {}",
            level(*warning),
            level(*ideal)
        ),
        Event::UsualBinSet { warehouse, bin } => {
            format!("{warehouse}: {}", bin.as_deref().unwrap_or("any"))
        }
        Event::SupplierAdded { supplier } => supplier.clone().unwrap_or_default(),
        Event::TermsEdited { supplier }
        | Event::PrimarySupplier { supplier }
        | Event::SupplierRemoved { supplier } => supplier.clone(),
        Event::PartsSet { parts } => units_of(parts),
        Event::ReturnAnnounced { units, .. } => counted(units.get(), "unit"),
        Event::ReturnReceived { found } => found_in_words(found),
        Event::Replaced { number, by } => format!("{by} for {number}"),
        Event::StockCorrected { note, .. } | Event::Received { note } => note.clone(),
        Event::OrderEdited { changes, reason } => {
            let changes = joined(changes.iter().map(order_change), "; ");
            let words = [changes, reason.clone()].into_iter();
            joined(words.filter(|words| !words.is_empty()), ": ")
        }
        Event::ListChanged { change, .. } => list_detail(change),
        Event::SignInFailed { account } => account.clone(),
        Event::Exported { what } => what.clone(),
        Event::EntryEdited { changes }
        | Event::FieldsChanged { changes }
        | Event::SettingsChanged { changes } => joined(changes.iter().map(field_change), "; "),
        Event::OrderShipped => "Nothing is left to ship.".into(),
        Event::Cancelled { reason }
        | Event::Held { reason }
        | Event::Rerouted { reason, .. }
        | Event::PriorityChanged { reason, .. }
        | Event::UnitsCancelled { reason, .. }
        | Event::SetBroken { reason, .. }
        | Event::UnitsReturned { reason, .. }
        | Event::Pinned { reason, .. }
        | Event::Unpinned { reason, .. }
        | Event::UnitsGiven { reason, .. }
        | Event::UnitsGot { reason, .. }
        | Event::UnitsReleased { reason, .. }
        | Event::MoveTakenBack { reason, .. } => reason.clone(),
        Event::ParcelShipped {
            parcel,
            carrier,
            tracking,
        } => {
            let words = [parcel, carrier, tracking].into_iter().cloned();
            joined(words.filter(|word| !word.is_empty()), " ")
        }
        Event::PickedShort { short, reason } => {
            format!(
                "{} of {}: {}",
                short.units,
                short.sku,
                reason.to_lowercase()
            )
        }
        Event::ParcelLabelled { carrier, tracking } => {
            let words = [carrier, tracking].into_iter().cloned();
            joined(words.filter(|word| !word.is_empty()), " ")
        }
        Event::ParcelGivenBack { parcel }
        | Event::ParcelTakenBack { parcel }
        | Event::CustomerNotTold { parcel } => parcel.clone(),
        Event::Drafted {
            supplier,
            lines,
            units,
        } => format!("{supplier}, {}", lines_and_units(*lines, *units)),
        Event::LineAdded { units, sku } => format!("{units} of {sku}"),
        Event::LineRemoved { sku } => sku.to_string(),
        Event::Sent { lines, units, to } => {
            let how = to.as_ref().map(|to| format!("to {to}"));
            let how = how.unwrap_or_else(|| "without e-mail".into());
            format!("{}, {how}", lines_and_units(*lines, *units))
        }
        Event::Confirmed { day } => format!("for {}", dates::day(day)),
        Event::RestChanged { lines, dates } => {
            let units = |line: &LineChanged| {
                let LineChanged { line, was, now } = line;
                format!("line {line}: {was} to {now}")
            };
            joined(lines.iter().map(units).chain(dates.iter().map(named)), ", ")
        }
        Event::DeliveryReceived {
            reception,
            lines,
            units,
        } => format!("{reception}, {}", lines_and_units(*lines, *units)),
        Event::OpenedAgain { reason, to_come } if to_come.is_zero() => {
            format!("{reason}; nothing more is to come")
        }
        Event::OpenedAgain { reason, to_come } => {
            format!("{reason}; {} to come again", counted(to_come.get(), "unit"))
        }
        Event::Reversed {
            reason,
            units,
            stay,
        } => reversed(reason, *units, *stay),
        Event::ReceptionReversed {
            reception,
            reason,
            units,
            stay,
        } => format!("{reception}: {}", reversed(reason, *units, *stay)),
        Event::TransferDrafted {
            from,
            to,
            lines,
            units,
        } => format!("{from} \u{2192} {to}, {}", lines_and_units(*lines, *units)),
        Event::TransferSent { units, day, reason } => {
            let sent = format!("{}, expected on {}", units_of(units), dates::day(day));
            with(&sent, reason)
        }
        Event::TransferExpected { day, reason } => with(&dates::day(day), reason),
        Event::TransferReceived {
            units,
            note: reason,
        }
        | Event::TransferLost { units, reason }
        | Event::TransferCalledBack { units, reason } => with(&units_of(units), reason),
        Event::CountOpened { asked, lines } => {
            format!("{asked}, {}", counted(*lines, "line"))
        }
        Event::RecountAsked { lines } | Event::RestIsNone { lines } => counted(*lines, "line"),
        Event::CountApplied { lines, more, fewer } => {
            let lines = counted(*lines, "line");
            format!("{lines} differed: {more} more, {fewer} fewer")
        }
        Event::Noted { detail, .. } => detail.clone(),
        Event::Created
        | Event::SignedIn
        | Event::SignedOut
        | Event::Edited
        | Event::Archived
        | Event::Restored
        | Event::PictureSet
        | Event::PictureRemoved
        | Event::PasswordChanged
        | Event::SecondFactorOn
        | Event::SecondFactorOff
        | Event::RecoveryCodeUsed
        | Event::Disabled
        | Event::Enabled
        | Event::Placed
        | Event::Released
        | Event::CustomerKnows
        | Event::ParcelBegun
        | Event::ParcelPicked
        | Event::ParcelPacked => String::new(),
    }
}

/// The tone of its mark: `done`, `warn` or `info`.
pub const fn tone(event: &Event) -> &'static str {
    match event {
        Event::ParcelShipped { .. } => "done",
        Event::ParcelGivenBack { .. }
        | Event::ParcelTakenBack { .. }
        | Event::CustomerNotTold { .. }
        | Event::PickedShort { .. } => "warn",
        _ => "info",
    }
}
