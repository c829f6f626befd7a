//! A mail as whoever got it reads it.

use mail_parser::{Address, Message, MessageParser, MessagePart, MimeHeaders, PartType};

/// A mail that arrived, decoded.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Whom the server was told to give it to.
    pub recipients: Vec<String>,
    /// Whom its head names.
    pub to: Vec<String>,
    pub from: String,
    pub reply_to: Option<String>,
    pub message_id: String,
    pub subject: String,
    pub text: String,
    /// Empty if it has none.
    pub html: String,
    pub attachments: Vec<Enclosure>,
}

/// A file that came with a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enclosure {
    pub name: String,
    pub content_type: String,
    pub content: Vec<u8>,
}

impl Letter {
    pub fn read(recipients: Vec<String>, raw: &[u8]) -> Letter {
        let message = MessageParser::default()
            .parse(raw)
            .expect("what arrived is a mail");
        let html = message.parts.iter().find_map(|part| match &part.body {
            PartType::Html(html) => Some(html.to_string()),
            _ => None,
        });
        Letter {
            recipients,
            to: addresses(message.to()),
            from: addresses(message.from()).remove(0),
            reply_to: addresses(message.reply_to()).pop(),
            message_id: message.message_id().unwrap_or_default().to_owned(),
            subject: message.subject().unwrap_or_default().to_owned(),
            text: text(&message),
            html: html.unwrap_or_default(),
            attachments: message.attachments().map(Enclosure::read).collect(),
        }
    }
}

impl Enclosure {
    fn read(part: &MessagePart<'_>) -> Enclosure {
        let kind = part.content_type().map(|kind| {
            let sub = kind.subtype().unwrap_or_default();
            format!("{}/{sub}", kind.ctype())
        });
        Enclosure {
            name: part.attachment_name().unwrap_or_default().to_owned(),
            content_type: kind.unwrap_or_default(),
            content: part.contents().to_vec(),
        }
    }
}

fn text(message: &Message<'_>) -> String {
    let text = message.parts.iter().find_map(|part| match &part.body {
        PartType::Text(text) => Some(text.replace("\r\n", "\n")),
        _ => None,
    });
    text.unwrap_or_default()
}

fn addresses(header: Option<&Address<'_>>) -> Vec<String> {
    header
        .into_iter()
        .flat_map(Address::iter)
        .filter_map(|address| address.address())
        .map(str::to_owned)
        .collect()
}
