//! Turns a customer's clause into one of ours, addressed back to them, or says why it should not be.
//!
//! In goes a [`Clause`]: what they wrote, what part it plays in the message, and what stands before and
//! after it. Out comes a [`Turned`]: "I ordered the oak frame on the 19th" becomes "You ordered the oak
//! frame on the 19th", "please cancel it" becomes the bare "cancel it" of a request, "are you open?" the
//! bare "whether we are open" of a question. [`Turned::sentence`] puts default wording round the bare
//! ones; a phrasebook may have its own.
//!
//! Or out comes a [`Refusal`] with its [`Reason`] and the word that gave it. A wrong sentence costs far
//! more than a missing one, so whatever is not plainly turnable is refused.
//!
//! How it goes: `token` splits and mends, `tag` gives parts of speech, `gate` refuses by words, `clean`
//! with `remarks` drops asides, `refer` looks for pronouns that have lost their noun and `behind` for that
//! noun in the sentence before, `shape` wants one finite verb a segment and nothing dangling, `refused` with
//! `careful`, `plain`, `hollow`, `order`, `asked`, `stray` and `slips` know what should not be told, `person` turns I to you and you to
//! we; `statement`, `question` with `inquiry`, and `wish` with `opening`, `heading`, `hints` and `condition` are
//! the sorts of clause. `manners` first puts the courtesies of an ask plainly. An ask that fails is tried in
//! `pieces`, a long statement in `halves`, then its main `part`; `tense` puts verbs right, `notes` puts back what
//! short ones leave out, `title` names what a subject line is about, and `unknown` tells plain words nobody lists from slips. The word classes are in
//! `data/grammar.txt`, the lists a team may edit in `data/lists.txt`.

mod asked;
mod behind;
mod careful;
mod class;
mod clean;
mod condition;
mod forms;
mod gate;
mod halves;
mod heading;
mod hints;
mod hollow;
mod inquiry;
mod lexicon;
mod loose;
mod mends;
mod manners;
mod notes;
mod nouns;
mod opening;
mod part;
mod people;
mod order;
mod person;
mod pieces;
mod plain;
mod question;
mod refer;
mod refused;
mod remarks;
mod shape;
mod slips;
mod statement;
mod stray;
mod tag;
mod tense;
mod token;
mod title;
mod unknown;
mod wish;

pub use jiff::civil::Weekday;
pub use lexicon::{Lexicon, Lists, is_word, list};
pub use nouns::{Noun, is_kept_back, nouns};
pub use title::{Title, title};
use token::Token;

/// What part a clause plays in the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Trouble,
    Effect,
    History,
    Background,
    Want,
    Condition,
    Question,
}

impl Role {
    /// Whether it says what they ask of us.
    pub(crate) fn asks(self) -> bool {
        matches!(self, Self::Want | Self::Condition | Self::Question)
    }

    /// By the name it has in the corpus.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "trouble" => Self::Trouble,
            "effect" => Self::Effect,
            "history" => Self::History,
            "background" => Self::Background,
            "want" => Self::Want,
            "condition" => Self::Condition,
            "question" => Self::Question,
            _ => return None,
        })
    }
}

/// A clause or sentence of a customer's, with what stands round it.
#[derive(Debug, Clone, Copy)]
pub struct Clause<'a> {
    pub text: &'a str,
    pub role: Role,
    /// The sentence or two before it.
    pub before: &'a str,
    /// What follows it.
    pub after: &'a str,
    /// The day of the week the message was written; "yesterday" becomes a weekday by it, else it stays.
    pub weekday: Option<Weekday>,
}

impl<'a> Clause<'a> {
    /// A clause of which only the words and the role are known.
    pub fn new(text: &'a str, role: Role) -> Self {
        Self { text, role, before: "", after: "", weekday: None }
    }
}

/// Why a clause is not told back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Swearing or an insult.
    Heat,
    /// Said in mockery.
    Sarcasm,
    /// What they'll do to us otherwise.
    Threat,
    /// A password, a confidence.
    Secret,
    /// Illness, grief, family.
    Private,
    /// It would sound as if we blamed them, or refused something.
    BlamesThem,
    /// The subject is missing, and it isn't certain who it was.
    NoSubject,
    /// A pronoun has lost its noun.
    LostReference,
    /// No whole sentence.
    Fragment,
    /// What they think or feel, not what happened.
    Opinion,
    /// *you* that means anybody.
    GenericYou,
    /// About somebody who isn't the customer and isn't us.
    ThirdParty,
    /// Words of somebody else's, whose I and we can't be turned.
    ReportedInside,
    /// It isn't clear who or what is meant, or a word is unknown.
    Unclear,
    /// Somebody may come to harm: not a thing for rules.
    DangerNeedsCare,
    /// Nothing worth telling.
    NotWorth,
    /// What would come out is no grammatical sentence.
    Shape,
}

impl Reason {
    /// The name it has in the corpus.
    pub fn id(self) -> &'static str {
        match self {
            Self::Heat => "heat",
            Self::Sarcasm => "sarcasm",
            Self::Threat => "threat",
            Self::Secret => "secret",
            Self::Private => "private",
            Self::BlamesThem => "blames-them",
            Self::NoSubject => "no-subject",
            Self::LostReference => "lost-reference",
            Self::Fragment => "fragment",
            Self::Opinion => "opinion",
            Self::GenericYou => "generic-you",
            Self::ThirdParty => "third-party",
            Self::ReportedInside => "reported-inside",
            Self::Unclear => "unclear",
            Self::DangerNeedsCare => "danger-needs-care",
            Self::NotWorth => "not-worth",
            Self::Shape => "shape",
        }
    }
}

/// Why a clause is not told back, and the word that was the reason (empty for the whole of it).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub reason: Reason,
    pub word: String,
}

pub(crate) fn refuse<T>(reason: Reason, word: &str) -> Result<T, Refusal> {
    Err(Refusal { reason, word: word.to_owned() })
}

/// What sort of thing was turned, and so which words go round it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A sentence of its own: "you ordered the oak frame on the 19th".
    Statement,
    /// What they'd like: "the £64 back", "us to call you", "to know when it comes".
    Wish,
    /// What they asked us to do, from the verb: "cancel the order", "not to ring in the day" being `negative`.
    Request { negative: bool },
    /// What they asked: "whether we are open", "when it comes".
    Question,
}

/// A clause turned: the bare content, without capital and full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turned {
    pub kind: Kind,
    pub text: String,
    /// "it isn't here by Friday" of "If it isn't here by Friday, …".
    pub condition: Option<String>,
    /// A pronoun of it has its noun in the sentence before, so it may be told only right behind that
    /// sentence. Only [`turn_behind`] gives such.
    pub leans: bool,
}

impl Turned {
    /// The whole sentence, in the default wording.
    pub fn sentence(&self) -> String {
        let Self { kind, text, condition, .. } = self;
        let start = match kind {
            Kind::Statement => "",
            Kind::Wish => "you'd like ",
            Kind::Request { negative: false } => "you've asked us to ",
            Kind::Request { negative: true } => "you've asked us not to ",
            Kind::Question => "you asked ",
        };
        let line = match condition {
            // "you've asked us" was not under that condition
            Some(condition) => match kind {
                Kind::Request { negative: false } => format!("if {condition}, you'd like us to {text}"),
                Kind::Request { negative: true } => format!("if {condition}, you'd like us not to {text}"),
                _ => format!("if {condition}, {start}{text}"),
            },
            None => format!("{start}{text}"),
        };
        let mut chars = line.chars();
        let mut out: String = chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect();
        if !out.trim_end_matches(['\'', '"', '’', '”', ')']).ends_with(['.', '?', '!']) {
            out.push('.');
        }
        out
    }

    /// The parts of "X or Y", if it is one plain choice.
    pub fn choices(&self) -> Option<(&str, &str)> {
        let (one, other) = self.text.split_once(" or ")?;
        let one = one.strip_prefix("either ").unwrap_or(one);
        (!other.contains(" or ") && self.kind != Kind::Statement)
            .then_some((one.trim_end_matches(','), other))
    }
}

/// Turns a clause, or says why not. What comes out stands alone: a pronoun whose noun is in the sentence
/// before gets it put in where only one can be meant ("the oven" for "it"), else the clause is refused.
pub fn turn(lexicon: &Lexicon, clause: &Clause<'_>) -> Result<Turned, Refusal> {
    turned(lexicon, clause, false)
}

/// The same, but such a pronoun may also stay; then [`Turned::leans`] is set.
pub fn turn_behind(lexicon: &Lexicon, clause: &Clause<'_>) -> Result<Turned, Refusal> {
    turned(lexicon, clause, true)
}

fn turned(lexicon: &Lexicon, clause: &Clause<'_>, lean: bool) -> Result<Turned, Refusal> {
    if !clause.role.asks()
        && let Some(text) = careful::closed(clause.text)
    {
        return turned(lexicon, &Clause { text: &text, ..*clause }, lean);
    }
    let mut tokens = token::tokens(clause.text);
    if tokens.len() > 90 || clause.text.contains(|c: char| c.is_control() && !c.is_whitespace()) {
        return refuse(Reason::Shape, "");
    }
    gate::context(lexicon, clause)?;
    // "take it off the card if you like": no request
    let leave = tokens
        .windows(3)
        .any(|w| w[0].is("if") && w[1].is("you") && w[2].any(&["like", "want", "must", "dare"]))
        && tokens.iter().rev().take(4).any(|t| t.any(&["like", "want", "must", "dare"]));
    if clause.role.asks() && (leave || remarks::by_the_way(&tokens)) {
        return refuse(Reason::Shape, "like");
    }
    if let Err(why) = careful::cut(clause) {
        // its first part may be whole
        let told = |tokens: &[Token<'_>], near: bool| {
            let before = if near { clause.before } else { "" };
            one(lexicon, &Clause { before, ..*clause }, tokens.to_vec(), lean && near)
        };
        let whole = clause.role.asks()
            || careful::cut(&Clause { text: clause.before, before: "", ..*clause }).is_err();
        return (!whole).then(|| part::first(&tokens, &told)).flatten().ok_or(why);
    }
    if !clause.role.asks() {
        return one(lexicon, clause, tokens.clone(), lean).or_else(|why| {
            let part = |tokens: &[Token<'_>], near: bool| {
                let before = if near { clause.before } else { "" };
                one(lexicon, &Clause { before, ..*clause }, tokens.to_vec(), lean && near)
            };
            // what may lean on the sentence before is better told whole behind it
            if !lean && why.reason == Reason::LostReference {
                let before =
                    if clause.before.is_empty() { "The engineer sent a letter." } else { clause.before };
                let whole = one(lexicon, &Clause { before, ..*clause }, tokens.clone(), true);
                if whole.is_ok_and(|told| !part::POINTS.iter().any(|word| told.text.starts_with(word))) {
                    return Err(why);
                }
            }
            let private = why.reason == Reason::Private;
            // how often it happened is the heart of it
            let counts =
                |text: &str| text.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|w| w == "times");
            let whole = |told: &Turned| counts(&told.text) || !counts(clause.text);
            part::may(&why).then(|| part::tell(&tokens, private, &part)).flatten().filter(whole).ok_or(why)
        });
    }
    mends::say_me(&mut tokens);
    manners::plainly(&mut tokens);
    one(lexicon, clause, tokens.clone(), lean).or_else(|why| {
        let mut tokens = tokens;
        clean::farewell(&mut tokens);
        clean::items(&mut tokens);
        clean::mend(&mut tokens);
        let whole = tokens.len();
        manners::otherwise(&mut tokens);
        if tokens.len() < whole
            && let Ok(turned) = one(lexicon, clause, tokens.clone(), lean)
        {
            return Ok(turned);
        }
        let piece = |tokens: &[Token<'_>]| one(lexicon, clause, tokens.to_vec(), lean);
        let tell = |tokens: &[Token<'_>]| {
            let clause = Clause { role: Role::Background, before: "", after: "", ..*clause };
            let told = one(lexicon, &clause, tokens.to_vec(), false).ok()?;
            (told.kind == Kind::Statement && !told.text.contains(". ")).then_some(told.text)
        };
        let threat = |tokens: &[Token<'_>]| gate::threatens(lexicon, tokens);
        let pieces = pieces::may(&why).then(|| pieces::turn(&tokens, 2, &piece, &tell, &threat)).flatten();
        pieces.ok_or(why)
    })
}

/// Turns a clause, or a piece of it, in one.
fn one(
    lexicon: &Lexicon,
    clause: &Clause<'_>,
    tokens: Vec<Token<'_>>,
    lean: bool,
) -> Result<Turned, Refusal> {
    let mut tokens = tokens;
    // Only what a comma sets off may have gone with its denial.
    let denied = match clause.text.contains([',', '.', ';', '?', '!', '-', '–', '—']) {
        true => tokens.iter().filter(|t| denies(&t.low)).count(),
        // "I wouldn't say no to" denies nothing
        false if clause.role.asks() => {
            let mut all = token::tokens(clause.text);
            manners::plainly(&mut all);
            all.iter().filter(|t| denies(&t.low)).count()
        }
        false => negations(clause.text),
    };
    stray::words(clause, &tokens)?;
    stray::cut(&mut tokens, clause.role.asks());
    let questioned = tokens.iter().any(|t| t.is("?"));
    let other = clean::other(&tokens);
    clean::handles(&mut tokens);
    remarks::plainly(&mut tokens);
    clean::labels(&mut tokens);
    if clause.role.asks() {
        clean::farewell(&mut tokens);
        clean::tags(&mut tokens);
        clean::there(&mut tokens);
        clean::items(&mut tokens);
    }
    // ", please send it": a request of its own
    let begs = clause.role.asks()
        && tokens.windows(3).any(|w| {
            w[0].is(",")
                && w[1].is("please")
                && !w[1].quoted
                && w[2].has(class::BASE)
                && w[2].has(class::REQUEST)
        });
    let polite = tokens.iter().take(4).any(|t| t.any(&["please", "kindly"]));
    // "I should like a new one" compares nothing
    let likes = clause.role.asks()
        && tokens
            .windows(2)
            .any(|w| w[0].any(&["i", "we", "should", "also", "still", "really", "much"]) && w[1].is("like"));
    if !likes {
        remarks::comparisons(&mut tokens);
    }
    let mut tries = 0;
    while let Err((at, why)) = gate::words(lexicon, clause.role, &tokens) {
        let remark = !clause.role.asks() && why.reason == Reason::Opinion && tries < 3;
        if !(remark && remarks::remark(&mut tokens, at)) {
            return Err(why);
        }
        tries += 1;
    }
    clean::asides(lexicon, &mut tokens);
    clean::doubled(&mut tokens);
    clean::mend(&mut tokens);
    tag::tag(&mut tokens);
    if !clause.role.asks() {
        tense::mend(&mut tokens);
    }
    // "the van could do with a fryer" neither asks nor tells
    if tokens.windows(3).any(|w| w[0].is("could") && w[1].is("do") && w[2].is("with")) {
        return refuse(Reason::Opinion, "could");
    }
    // "there was a text: your journey is off"
    let read =
        ["text", "message", "email", "e-mail", "letter", "note", "sign", "notice", "answer", "reply", "says"];
    if !clause.role.asks()
        && tokens
            .windows(3)
            .any(|w| w[0].any(&read) && w[1].is(":") && !w[2].quoted && w[2].any(&["you", "your"]))
    {
        return refuse(Reason::ReportedInside, ":");
    }
    // "my account is closed with red text, I have used computer help"
    if let Some(at) = tokens.windows(3).position(|w| w[0].any(&read) && w[1].is(",") && w[2].is("i"))
        && !clause.role.asks()
        && !tokens[..at].iter().any(|t| t.any(&["i", "we"]))
    {
        return refuse(Reason::ReportedInside, ",");
    }
    // "could we make it the 17th?": theirs and ours
    if clause.role == Role::Question
        && tokens.windows(4).any(|w| {
            w[0].any(&["can", "could", "shall"]) && w[1].is("we") && w[2].is("make") && w[3].is("it")
        })
    {
        return refuse(Reason::Unclear, "we");
    }
    if !clause.role.asks() {
        remarks::brackets(&mut tokens);
    }
    let that = tokens.iter().find(|t| !t.mark() && !t.any(&["and", "also"])).is_some_and(|t| t.is("that"));
    let hangs = clean::hangs(&tokens);
    clean::lead(&mut tokens);
    let afterwards = careful::afterwards(&tokens);
    let asked = clean::ending(&mut tokens);
    if tokens.iter().filter(|t| !t.mark()).count() < 2 {
        return refuse(Reason::NotWorth, "");
    }
    clean::here(&mut tokens);
    remarks::jests(&mut tokens);
    if !clause.role.asks() {
        remarks::jibes(&mut tokens);
        mends::mend(&mut tokens, clause.role);
    }
    mends::softened(&mut tokens);
    gate::known(&tokens)?;
    let ask = match clause.role {
        Role::Question => behind::Ask::Question,
        role if role.asks() => behind::Ask::Want,
        _ => behind::Ask::None,
    };
    let behind = behind::Behind::new(lexicon, clause.before, lean, ask);
    careful::words(&tokens, clause.role.asks(), &|| behind.lean())?;
    if !clause.role.asks() {
        careful::scrap(&tokens)?;
    }
    if clause.role == Role::Question {
        slips::slips(&tokens)?;
    }
    if matches!(clause.role, Role::Want | Role::Condition) && other {
        return refuse(Reason::Fragment, "or");
    }
    let want = wish::Allow { bare: true, polite, that };
    let turned = match clause.role {
        Role::Question => question::turn(&tokens, &behind).or_else(|why| {
            let thinks = tokens[0].any(&["i", "we"]) && tokens.get(1).is_some_and(|t| t.has(class::THINK));
            // "would you say that's good enough"
            let says = tokens.iter().take(4).any(|t| {
                t.any(&[
                    "say", "call", "think", "like", "want", "pay", "accept", "eat", "live", "buy", "wear",
                    "sleep",
                ])
            });
            if (asked || questioned) && (!opening::begged(&tokens, polite) || says) && !thinks {
                Err(why)
            } else {
                wish::turn(&tokens, wish::Allow::default(), &behind).or(Err(why))
            }
        }),
        Role::Want if asked && opening::begged(&tokens, polite) => wish::turn(&tokens, want, &behind),
        Role::Want | Role::Condition if asked => question::turn(&tokens, &behind).or_else(|why| {
            // "and if it never went, send it?"
            let supposed = tokens[0].is("if");
            supposed.then(|| condition::turn(&tokens, &behind)).and_then(Result::ok).ok_or(why)
        }),
        _ if asked => question::turn(&tokens, &behind).or_else(|why| {
            let told = inquiry::before(&tokens).ok_or(why)?;
            statement::turn(told.to_vec(), clause.weekday, &behind)
        }),
        Role::Want => wish::turn(&tokens, want, &behind),
        Role::Condition => condition::turn(&tokens, &behind),
        _ if hangs && !behind.lean() => {
            let so = clause.text.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("so "));
            return refuse(if so { Reason::Unclear } else { Reason::LostReference }, "so");
        }
        _ if loose::tail(clause.text, &tokens) && !behind.lean() => {
            return refuse(Reason::Unclear, "and");
        }
        _ if afterwards && !behind.lean() => return refuse(Reason::LostReference, "then"),
        _ => statement::turn(tokens, clause.weekday, &behind),
    }?;
    let wanted = clause.role.asks() && turned.condition.is_none();
    if begs && matches!(turned.kind, Kind::Wish | Kind::Question) && turned.condition.is_none() {
        return refuse(Reason::Shape, "please");
    }
    asked::turned(&turned, wanted)?;
    shape::text(&turned.text)?;
    stray::turned(&turned, behind.lean())?;
    // No number that isn't theirs, however the text was cleaned.
    let mut numbers = turned.text.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty());
    if !numbers.all(|number| clause.text.contains(number) || clause.before.contains(number)) {
        return refuse(Reason::Shape, "");
    }
    // What was denied is never told without its denial.
    let negative = usize::from(turned.kind == Kind::Request { negative: true });
    let said = turned.condition.as_deref().map_or(0, negations) + negations(&turned.text) + negative;
    if denied > said {
        return refuse(Reason::Shape, "not");
    }
    Ok(Turned { leans: behind.leans(), ..turned })
}

/// How many words deny something.
fn negations(text: &str) -> usize {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
    words.filter(|word| denies(word.trim_matches('\''))).count()
}

fn denies(word: &str) -> bool {
    const DENY: &[&str] = &["not", "no", "never", "nobody", "nothing", "without", "cannot", "none"];
    let tail = |end: &str| word.len().checked_sub(end.len()).and_then(|from| word.get(from..));
    let ends = |end: &str| tail(end).is_some_and(|tail| tail.eq_ignore_ascii_case(end));
    let stem = if ends("'s") { &word[..word.len() - 2] } else { word };
    DENY.iter().any(|deny| deny.eq_ignore_ascii_case(stem)) || ends("n't") || ends("n’t")
}
