//! Requests without the characters that nobody types: what only turns or hides a text is taken out
//! of queries before any handler reads them, as [`Fields`] does with forms. A NUL, which is in no text
//! that anybody means and which no database keeps, is refused wherever it stands.

use std::collections::HashMap;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Uri;
use actix_web::middleware::Next;

use crate::error::Error;
use crate::types::{Fields, TooLong, make_legible};

/// How an address writes a NUL.
const NUL: &str = "%00";

/// Goes on with a query that can be read.
///
/// # Errors
/// Those of what follows; a NUL in the address is answered with [`Error::Illegible`].
pub async fn read(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let asked = request.uri().path_and_query();
    if asked.is_some_and(|asked| asked.as_str().contains(NUL)) {
        return Ok(request
            .error_response(Error::Illegible)
            .map_into_right_body());
    }
    if let Some(uri) = cleaned(request.uri()) {
        request.head_mut().uri = uri;
    }
    Ok(next.call(request).await?.map_into_left_body())
}

/// The fields of a form or of a query, neither with a NUL in them nor too many.
pub(super) fn legible_fields(sent: Vec<(String, String)>) -> Result<Fields, Error> {
    TooLong::check(rows(&sent), TooLong::SENT)?;
    let has_nul = |text: &str| text.contains('\0');
    match sent
        .iter()
        .any(|(name, value)| has_nul(name) || has_nul(value))
    {
        true => Err(Error::Illegible),
        false => Ok(sent.into()),
    }
}

/// None: nothing is to be taken out.
fn cleaned(uri: &Uri) -> Option<Uri> {
    let query = uri.query().filter(|query| query.contains('%'))?;
    let mut pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).ok()?;
    let mut is_changed = false;
    for (name, value) in &mut pairs {
        is_changed |= make_legible(name) | make_legible(value);
    }
    if !is_changed {
        return None;
    }
    let query = serde_urlencoded::to_string(pairs).ok()?;
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = format!("{}?{query}", uri.path()).parse().ok();
    Uri::from_parts(parts).ok()
}

/// How often the box stands there that most rows have, as `sku` or as `qty-12`.
fn rows(sent: &[(String, String)]) -> usize {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for (name, _) in sent {
        let of_row = name.trim_end_matches(|letter: char| letter == '-' || letter.is_ascii_digit());
        *counts.entry(of_row).or_default() += 1;
    }
    counts.into_values().max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_has_as_many_rows_as_its_most_frequent_box() {
        let sent = ["sku", "qty-1", "sku", "qty-2", "qty-33-4", "note"];
        let sent = sent.map(|name| (name.to_owned(), String::new()));

        assert_eq!((rows(&sent), rows(&[])), (3, 0));
    }

    #[test]
    fn a_query_loses_what_nobody_typed_and_nothing_else() {
        let read =
            |uri: &str| cleaned(&uri.parse().expect("an address")).map(|uri| uri.to_string());

        assert_eq!(
            read("/orders?q=a%1Bb&state=open"),
            Some("/orders?q=ab&state=open".into())
        );
        assert_eq!(read("/orders?q=%E2%80%AEa+b"), Some("/orders?q=a+b".into()));
        for kept in [
            "/orders",
            "/orders?q=",
            "/orders?q=50+%25%0A",
            "/orders?q=%E9",
        ] {
            assert_eq!(read(kept), None, "{kept}");
        }
    }
}
