//! Wordings: their conditions and facts.

use super::*;
use std::borrow::Cow;

/// The longest wording, in bytes.
const LONGEST: usize = 20_000;

/// Why a text can't be a wording at all.
fn unfit(text: &str) -> Option<String> {
    let mut tags = text.split("{%").skip(1).map(|tag| tag.trim_start_matches(['-', ' ', '\n', '\t']));
    if text.len() > LONGEST {
        return Some(format!("this wording is longer than {LONGEST} bytes"));
    }
    tags.any(|tag| tag.starts_with("for ")).then(|| "a wording has nothing to go through in a loop".into())
}

/// All facts there can be, each a text that is also a number, to try a wording on.
fn sample() -> tera::Context {
    let mut context = tera::Context::new();
    FACTS.iter().for_each(|fact| context.insert(fact.name, "1"));
    context
}

impl<'a> Checker<'a> {
    pub(super) fn wordings(
        &mut self,
        name: &At<String>,
        wordings: &Wordings,
        belongs: &Belongs<'_>,
        moves: &mut [Vec<Wording>],
    ) {
        let Some(place) = self.id(name, MOVES) else { return };
        for raw in wordings {
            let wording = &raw.value.0;
            let Some(mut when) = self.when(&wording.when) else { continue };
            match belongs {
                Belongs::Anything => {}
                Belongs::Issue(id) => asks_also(&mut when, About::Issue, id),
                Belongs::Aspect(id, want) => {
                    asks_also(&mut when, About::Aspect, id);
                    want.iter().for_each(|want| asks_also(&mut when, About::Want, want));
                }
            }
            if wording.text.trim().is_empty() {
                self.fault(
                    "empty-wording",
                    &raw.at,
                    "this wording says nothing",
                    "write its text, or remove it; a text that begins with `#` goes in double quotes",
                );
                continue;
            }
            if let Some(message) = unfit(&wording.text) {
                self.fault("wording", &raw.at, message, "say it in a few plain sentences");
                continue;
            }
            self.template(&wording.text, &raw.at);
            moves[place].push(Wording::new(wording.text.clone(), when, raw.at.clone()));
        }
    }

    /// Checks that a wording uses known facts and is a valid Tera template.
    pub(super) fn template(&mut self, text: &str, at: &Range<usize>) {
        let start = self.merged.sources.text(at).find(text).map(|n| at.start + n);
        let names: Vec<&str> = FACTS.iter().map(|fact| fact.name).collect();
        for fact in facts_of(text) {
            let here = text.match_indices("{{").find_map(|(n, _)| {
                let name = text[n + 2..].trim_start();
                name.starts_with(&fact).then(|| text.len() - name.len())
            });
            let spot = start.zip(here).map(|(start, n)| start + n..start + n + fact.len());
            self.id(&At { value: fact, at: spot.unwrap_or_else(|| at.clone()) }, &names);
        }
        for (n, name) in single_braces(text).filter(|(_, name)| names.contains(name)) {
            let message = format!("`{{{name}}}` would be sent as it stands");
            let help = format!("a fact has two braces on each side: {{{{ {name} }}}}");
            let spot = start.map(|start| start + n..start + n + name.len() + 2);
            let fault =
                Diagnostic::new("template", spot.clone().unwrap_or_else(|| at.clone()), message, help);
            self.faults.push(match spot {
                Some(spot) => fault.fixed_by(spot, format!("{{{{ {name} }}}}")),
                None => fault,
            });
        }
        if !plainly_filled(text) {
            let mut tera = tera::Tera::new();
            let tried = match tera.add_raw_template("wording.txt", text) {
                Err(error) => Err(("does not parse", error)),
                Ok(()) => {
                    tera.render("wording.txt", &sample()).map_err(|error| ("can't be filled in", error))
                }
            };
            if let Err((what, error)) = tried {
                let (message, place) = tera_fault(&error.to_string(), text);
                let spot = start.map_or_else(|| at.clone(), |start| start + place..start + place + 1);
                self.fault(
                    "template",
                    &spot,
                    format!("this wording {what}: {message}"),
                    "a fact is {{ name }}, with two braces on each side; nothing else is needed here",
                );
            }
        }
    }

    /// The ids a condition may name.
    fn known(&self, about: About) -> Vec<Cow<'static, str>> {
        let own = |ids: &[String]| ids.iter().map(|id| Cow::Owned(id.clone())).collect();
        let fixed = |ids: &[&'static str]| ids.iter().map(|id| Cow::Borrowed(*id)).collect::<Vec<_>>();
        match about {
            About::Lang => own(&self.language_ids),
            About::Aspect => own(&self.group_ids),
            About::Thing => own(&self.thing_ids),
            // `none`: a complaint with no issue found.
            About::Issue => [own(&self.issue_ids), fixed(&["none"])].concat(),
            About::Customer => fixed(&[CUSTOMERS, &["abusive"]].concat()),
            About::Risk => fixed(RISKS),
            About::Stage => fixed(STAGES),
            About::Channel => fixed(&channel_names()),
            About::Tone => fixed(TONES),
            About::Want => fixed(WANTS),
            About::Kind => fixed(&[KINDS, &[DOUBTFUL]].concat()),
            About::Wish => fixed(WISHES),
            About::Answer => fixed(ANSWERS),
            About::Locale => Vec::new(),
        }
    }

    /// Parses conditions; `None` if an overlay removed everything one of them names.
    pub(super) fn when(&mut self, raw: &RawWhen) -> Option<When> {
        let yes = |ids: Vec<String>| ids.first().map(|v| v == "true");
        const YES_NO: &[&str] = &["true", "false"];
        // In evaluation order.
        let lists = [
            (About::Lang, &raw.lang),
            (About::Risk, &raw.risk),
            (About::Stage, &raw.stage),
            (About::Aspect, &raw.aspect),
            (About::Channel, &raw.channel),
            (About::Issue, &raw.issue),
            (About::Customer, &raw.customer),
            (About::Tone, &raw.tone),
            (About::Want, &raw.want),
            (About::Thing, &raw.thing),
            (About::Kind, &raw.kind),
            (About::Wish, &raw.wish),
            (About::Answer, &raw.answer),
        ];
        for locale in &raw.locale.value.0 {
            let at = if locale.at.is_empty() { &raw.locale.at } else { &locale.at };
            self.locale(&At { value: locale.value.clone(), at: at.clone() }, "");
        }
        let mut one_of = vec![(About::Locale, plain(&raw.locale.value.0))];
        for (about, asked) in lists.into_iter().filter(|(_, asked)| !asked.value.0.is_empty()) {
            let known = self.known(about);
            let known: Vec<&str> = known.iter().map(|id| &**id).collect();
            one_of.push((about, self.ids(asked, &known)?));
        }
        one_of.retain(|(_, ids)| !ids.is_empty());
        let text = |(about, ids): (About, Vec<String>)| (about, ids.into_iter().map(Text::from).collect());
        Some(When {
            one_of: one_of.into_iter().map(text).collect(),
            unless_wish: self.ids(&raw.unless_wish, WISHES)?.into_iter().map(Text::from).collect(),
            ours: yes(self.ids(&raw.ours, YES_NO)?),
            restated: yes(self.ids(&raw.restated, YES_NO)?),
            points: raw.points.value,
            words: raw.words.value,
            reproach: raw.reproach.value,
        })
    }
}

pub(super) fn asks_also(when: &mut When, about: About, id: &str) {
    match when.one_of.iter_mut().find(|(a, _)| *a == about) {
        Some((_, ids)) => ids.push(id.into()),
        None => when.one_of.push((about, vec![id.into()])),
    }
}

/// The words in single braces, `{name}`, and where each brace opens.
fn single_braces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices('{').filter_map(|(n, _)| {
        let (name, behind) = text[n + 1..].split_once('}')?;
        let is_word = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        (is_word && !text[..n].ends_with('{') && !behind.starts_with('}')).then_some((n, name))
    })
}

/// Its only markup is `{{ name }}`, so Tera needn't parse it.
pub(super) fn plainly_filled(text: &str) -> bool {
    let name = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    filled(text, |fact| name(fact).then_some("")).is_some()
}

/// Tera's error in one line, and the byte it points at.
pub fn tera_fault(error: &str, text: &str) -> (String, usize) {
    let place = error.lines().find_map(|l| {
        let (_, place) = l.trim().strip_prefix("--> ")?.split_once(':')?;
        let (line, column) = place.split_once(':')?;
        Some((line.trim().parse::<usize>().ok()?, column.trim().parse::<usize>().ok()?))
    });
    let byte = place.map_or(0, |(line, column)| {
        let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let rest = text.get(start..).unwrap_or("");
        start + rest.char_indices().nth(column.saturating_sub(1)).map_or(0, |(n, _)| n)
    });
    let said = error.lines().next().unwrap_or("").trim_start_matches("error: ").trim();
    (said.to_owned(), byte.min(text.len().saturating_sub(1)))
}

/// Who owns these wordings: an issue's or aspect's need their owner as a condition.
pub(super) enum Belongs<'a> {
    Anything,
    Issue(&'a str),
    /// The aspect, and the want it belongs to.
    Aspect(&'a str, Option<&'a str>),
}
