//! Input handling: formats, mailboxes, MIME, quoted history, and redaction of secrets.

mod addresses;
mod anywhere;
pub mod charset;
mod form;
pub mod formats;
pub mod html;
pub mod mail;
pub mod mbox;
pub mod message;
pub mod newest;
pub mod secret;
pub mod subject;
pub mod table;
pub mod unpack;
pub mod values;
