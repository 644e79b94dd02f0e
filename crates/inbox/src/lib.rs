//! Bytes to messages: formats, mailboxes, MIME, quoted history, and secrets blotted out.

pub mod charset;
pub mod formats;
pub mod html;
pub mod mail;
pub mod mbox;
pub mod message;
pub mod newest;
pub mod secret;
