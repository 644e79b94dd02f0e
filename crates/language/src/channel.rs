//! The ways a message comes in and a reply goes out: one row each.

/// A channel, by its row of [`CHANNELS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Channel {
    #[default]
    Email,
    Chat,
    Social,
    Review,
    Letter,
    Sms,
}

/// What a channel is like.
#[derive(Debug)]
pub struct Row {
    pub channel: Channel,
    pub name: &'static str,
    /// The template its replies are set in: a file of `templates/`.
    pub template: &'static str,
    /// Others read along.
    pub public: bool,
    /// There is room for the main thing alone.
    pub brief: bool,
    /// The most words that tell back what happened.
    pub retold: usize,
    /// The most characters of a reply, and the moves it does without first when there are more.
    pub most: usize,
    pub spare: &'static [&'static str],
}

const POST: &[&str] = &["feel", "own", "contact", "verify", "points", "thanks", "news", "limit"];
const TEXT: &[&str] =
    &["feel", "own", "choice", "contact", "ask", "verify", "thanks", "news", "points", "limit"];
const MAIL: &[&str] = &["call", "choice", "feel"];

#[rustfmt::skip]
pub const CHANNELS: &[Row] = &[
    Row { channel: Channel::Email, name: "email", template: "email", public: false, brief: false, retold: 60, most: 2200, spare: MAIL },
    Row { channel: Channel::Chat, name: "chat", template: "chat", public: false, brief: false, retold: 40, most: 1000, spare: &["feel", "choice", "own"] },
    Row { channel: Channel::Social, name: "social", template: "social", public: true, brief: true, retold: 14, most: 280, spare: POST },
    Row { channel: Channel::Review, name: "review", template: "social", public: true, brief: true, retold: 14, most: 280, spare: POST },
    Row { channel: Channel::Letter, name: "letter", template: "letter", public: false, brief: false, retold: 70, most: 2600, spare: MAIL },
    Row { channel: Channel::Sms, name: "sms", template: "sms", public: false, brief: true, retold: 14, most: 320, spare: TEXT },
];

impl Channel {
    pub fn parse(name: &str) -> Option<Self> {
        CHANNELS.iter().find(|row| row.name == name).map(|row| row.channel)
    }

    pub fn row(self) -> &'static Row {
        CHANNELS.iter().find(|row| row.channel == self).unwrap_or(&CHANNELS[0])
    }

    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The template a reply on this channel is set in.
    pub fn template(self) -> &'static str {
        self.row().template
    }

    pub fn is_public(self) -> bool {
        self.row().public
    }
}

/// All names, for a person: "email, chat, social".
pub fn names() -> String {
    CHANNELS.iter().map(|row| row.name).collect::<Vec<_>>().join(", ")
}

/// The first channel whose replies are set in a template; of a template of the user's own, e-mail.
pub fn of_template(template: &str) -> &'static Row {
    CHANNELS.iter().find(|row| row.template == template || row.name == template).unwrap_or(&CHANNELS[0])
}
