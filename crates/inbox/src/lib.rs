//! Input handling: formats, mailboxes, help desks' exports, MIME, quoted history, and redaction of secrets.

mod addresses;
mod anywhere;
pub mod charset;
pub mod desk;
mod foreign;
mod form;
pub mod formats;
pub mod html;
pub mod mail;
pub mod mbox;
pub mod message;
mod msg;
pub mod newest;
mod relay;
pub mod secret;
mod several;
pub mod subject;
pub mod table;
pub mod unpack;
pub mod values;
