//! Forms and queries, decoded.

use std::future::{Future, ready};
use std::pin::Pin;
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::web::{Data, Form};
use actix_web::{FromRequest, HttpRequest};
use tokio::time::timeout;

use super::legible::legible_fields;
use crate::config::Config;
use crate::error::Error;
use crate::types::Fields;

impl FromRequest for Fields {
    type Error = actix_web::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, actix_web::Error>>>>;

    /// Of the query of a GET, of the body of anything else.
    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        if request.method() == Method::GET {
            let read = serde_urlencoded::from_str::<Vec<(String, String)>>(request.query_string());
            let read = read.map_err(|_| Error::NotFound);
            return Box::pin(ready(read.and_then(legible_fields).map_err(Into::into)));
        }
        let form = Form::<Vec<(String, String)>>::from_request(request, payload);
        let time = request
            .app_data::<Data<Config>>()
            .map_or(Duration::MAX, |config| config.form_time);
        Box::pin(async move {
            let form = timeout(time, form).await.map_err(|_| Error::Stalled)?;
            Ok(legible_fields(form?.into_inner())?)
        })
    }
}
