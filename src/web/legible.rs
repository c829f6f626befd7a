//! Queries of requests, without the characters that nobody types and no database keeps: taken out
//! before any handler reads them, as [`Fields`](crate::types::Fields) does with forms.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Uri;
use actix_web::middleware::Next;

use crate::types::make_legible;

/// Goes on with a query that can be read.
///
/// # Errors
/// Those of what follows.
pub async fn read(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    if let Some(uri) = cleaned(request.uri()) {
        request.head_mut().uri = uri;
    }
    next.call(request).await
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_loses_what_nobody_typed_and_nothing_else() {
        let read =
            |uri: &str| cleaned(&uri.parse().expect("an address")).map(|uri| uri.to_string());

        assert_eq!(
            read("/orders?q=a%00b&state=open"),
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
