//! The recipes against the programs they are for. What is not installed is passed over, unless
//! `AMENDS_RECIPES` says that all but Spark is.
#![cfg(target_os = "linux")]

use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Whether a recipe can be tried here.
fn installed(program: &str) -> bool {
    let found = Command::new("sh").args(["-c", &format!("command -v {program}")]).output().unwrap();
    let found = found.status.success();
    assert!(found || std::env::var_os("AMENDS_RECIPES").is_none(), "{program} is not installed");
    found
}

/// A home of this test's own.
struct Home(PathBuf);

impl Home {
    fn fresh(name: &str) -> Self {
        let home = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = std::fs::remove_dir_all(&home);
        std::fs::create_dir_all(&home).unwrap();
        Self(home)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o600)).unwrap();
    }

    /// A Maildir with the letters of the tests as new mails.
    fn maildir(&self, name: &str) -> usize {
        for part in ["cur", "new", "tmp"] {
            std::fs::create_dir_all(self.0.join(name).join(part)).unwrap();
        }
        let letters = std::fs::read_dir("tests/letters").unwrap().map(|entry| entry.unwrap().path());
        let letters = letters.filter(|path| path.extension().is_some_and(|e| e == "eml"));
        letters
            .enumerate()
            .map(|(n, path)| std::fs::copy(path, self.0.join(name).join(format!("new/{n}.x"))).unwrap())
            .count()
    }

    fn command(&self, program: &str) -> Command {
        let amends = Path::new(env!("CARGO_BIN_EXE_amends")).parent().unwrap().to_str().unwrap().to_owned();
        let mut command = Command::new(program);
        command
            .env("PATH", amends + ":" + &std::env::var("PATH").unwrap())
            .env("HOME", &self.0)
            .env("XDG_CONFIG_HOME", self.0.join(".config"))
            .env("XDG_RUNTIME_DIR", &self.0)
            .env("XDG_DATA_HOME", &self.0)
            .env("XDG_CACHE_HOME", &self.0)
            .env("NOTMUCH_CONFIG", self.0.join("notmuch.conf"))
            .env("MBLAZE", &self.0)
            .env("LC_ALL", "C.UTF-8")
            .stdin(Stdio::null());
        command
    }

    fn run(&self, program: &str, args: &[&str]) -> Output {
        let output = self.command(program).args(args).output().unwrap();
        assert!(output.status.success(), "{program} {args:?}: {output:?}");
        output
    }

    /// Runs a program on a terminal and types one line of keys after the other, each once the
    /// screen shows what it waits for, until `done` holds. A busy machine may take more than one
    /// try.
    fn type_into(&self, program: &str, keys: &[(&str, &str)], done: impl Fn() -> bool) -> String {
        let mut screen = String::new();
        for _ in 0..3 {
            screen = self.type_once(program, keys, &done);
            if done() {
                break;
            }
        }
        screen
    }

    fn type_once(&self, program: &str, keys: &[(&str, &str)], done: impl Fn() -> bool) -> String {
        let mut child = self
            .command("script")
            .args(["-qefc", program, "/dev/null"])
            .env("TERM", "xterm-256color")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (mut stdin, mut stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let (screen, shown) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(n @ 1..) = stdout.read(&mut buffer) {
                let _ = screen.send(String::from_utf8_lossy(&buffer[..n]).into_owned());
            }
        });
        let mut all = String::new();
        let deadline = Instant::now() + Duration::from_secs(60);
        for (waits_for, keys) in keys {
            let begun = all.len();
            while !all[begun..].contains(waits_for) && Instant::now() < deadline {
                all.extend(shown.recv_timeout(Duration::from_millis(100)));
            }
            std::thread::sleep(Duration::from_millis(300));
            stdin.write_all(keys.as_bytes()).unwrap();
        }
        while !done() && Instant::now() < deadline {
            all.extend(shown.recv_timeout(Duration::from_millis(100)));
        }
        let _ = child.kill();
        let _ = child.wait();
        all
    }
}

/// Every mail in a folder of a Maildir.
fn mails(folder: &str) -> Vec<String> {
    let files = ["cur", "new"].into_iter().flat_map(|part| {
        std::fs::read_dir(Path::new(folder).join(part)).into_iter().flatten().map(|e| e.unwrap().path())
    });
    files.map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

#[test]
fn mblaze_drafts_once_to_each_new_mail() {
    if !installed("mdeliver") {
        return;
    }
    let home = Home::fresh("mblaze");
    let count = home.maildir("care");
    for _ in 0..2 {
        home.run("recipes/mblaze-drafts", &[&home.path("care"), &home.path("Drafts"), "-q"]);
        let drafts = mails(&home.path("Drafts"));
        assert!(drafts.len() > 3 && drafts.len() <= count, "{} of {count}", drafts.len());
        assert!(drafts.iter().all(|draft| draft.contains("\nIn-Reply-To: <")));
    }
}

#[test]
fn notmuch_drafts_once_to_each_mail_found() {
    if !installed("notmuch") {
        return;
    }
    let home = Home::fresh("notmuch-home");
    let count = home.maildir("mail/care");
    home.write(
        "notmuch.conf",
        &format!(
            "[database]\npath={}\n[user]\nname=Sam\nprimary_email=care@northlane.example\n[new]\ntags=inbox\n",
            home.path("mail")
        ),
    );
    home.run("notmuch", &["new"]);
    for _ in 0..2 {
        home.run("recipes/notmuch-drafts", &["folder:care", "Drafts", "-q"]);
        let counted = |query: &str| {
            let output = home.run("notmuch", &["count", "--output=messages", query]);
            String::from_utf8(output.stdout).unwrap().trim().parse::<usize>().unwrap()
        };
        assert_eq!(counted("folder:care and tag:drafted"), count);
        let drafts = counted("folder:Drafts and tag:draft and not tag:inbox");
        assert!(drafts > 3 && drafts <= count, "{drafts} of {count}");
    }
}

#[test]
fn parallel_gives_what_one_process_gives() {
    if !installed("parallel") {
        return;
    }
    let home = Home::fresh("parallel");
    records(&home);
    let flags = ["--today", "2026-11-23"];
    let inbox = home.path("inbox.jsonl");
    let several = home.run("recipes/parallel-jsonl", &[&inbox, flags[0], flags[1]]);
    assert!(several.stdout == one_process(&home, &flags).stdout);
}

/// What came to a help desk that stands in for the real one: `METHOD PATH`, `Authorization` and body.
struct Desk {
    url: String,
    requests: std::sync::Arc<std::sync::Mutex<Vec<(String, String, serde_json::Value)>>>,
}

impl Desk {
    /// Refuses what comes for a path that holds `refuses`.
    fn open(refuses: &'static str) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests: std::sync::Arc<std::sync::Mutex<Vec<_>>> = std::sync::Arc::default();
        let came = std::sync::Arc::clone(&requests);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut reader = std::io::BufReader::new(stream.try_clone().unwrap());
                let (mut head, mut line) = (Vec::new(), String::new());
                while std::io::BufRead::read_line(&mut reader, &mut line).unwrap() > 2 {
                    head.push(std::mem::take(&mut line).trim_end().to_owned());
                }
                let header = |name: &str| {
                    let found = head.iter().filter_map(|line| line.split_once(": "));
                    found.filter(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.to_owned()).next()
                };
                let mut body = vec![0; header("content-length").unwrap_or_default().parse().unwrap_or(0)];
                reader.read_exact(&mut body).unwrap();
                let what = head[0].trim_end_matches(" HTTP/1.1").to_owned();
                let refused = !refuses.is_empty() && what.contains(refuses);
                if !refused {
                    let body = serde_json::from_slice(&body).unwrap();
                    came.lock().unwrap().push((what, header("authorization").unwrap_or_default(), body));
                }
                let status = if refused { "404 Not Found" } else { "201 Created" };
                write!(stream, "HTTP/1.1 {status}\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}")
                    .unwrap();
            }
        });
        Self { url, requests }
    }
}

/// Drafts to an export and puts the notes into a desk; how many there were, and whether all went well.
fn notes(home: &Home, desk: &str, url: &str, export: &str) -> (usize, bool) {
    let amends = ["draft", "--output", "jsonl", "--today", "2026-11-23", "-q", export];
    let drafts = home.run(env!("CARGO_BIN_EXE_amends"), &amends).stdout;
    home.write("drafts.jsonl", std::str::from_utf8(&drafts).unwrap());
    let mut command = home.command("recipes/desk-notes");
    command.args([desk, url, &home.path("done")]).env("DESK_LOGIN", home.path("desk.curl"));
    command.env("DESK_AGENT", "dean@northlane.example");
    let output = command.stdin(std::fs::File::open(home.path("drafts.jsonl")).unwrap()).output().unwrap();
    let records = drafts.split(|b| *b == b'\n').filter(|line| !line.is_empty());
    let records = records.map(|line| serde_json::from_slice::<serde_json::Value>(line).unwrap());
    (records.filter(|record| !record["draft"].is_null()).count(), output.status.success())
}

#[test]
fn a_help_desk_gets_each_draft_once_as_a_private_note() {
    if !installed("curl") || !installed("jq") {
        eprintln!("passed over: curl or jq is not installed");
        return;
    }
    let login = "user = \"dean@northlane.example/token:k3y\"\n";
    for (desk, export, path, note, private) in [
        (
            "zendesk",
            "zendesk.jsonl",
            "PUT /api/v2/tickets/35436.json",
            "/ticket/comment/body",
            "/ticket/comment/public",
        ),
        ("freshdesk", "freshdesk.json", "POST /api/v2/tickets/2201/notes", "/body", "/private"),
        ("gorgias", "gorgias.json", "POST /api/tickets/8801/messages", "/body_text", "/public"),
        ("front", "front.json", "POST /conversations/cnv_a1/comments", "/body", ""),
        ("helpscout", "helpscout.json", "POST /v2/conversations/5501/notes", "/text", ""),
    ] {
        let home = Home::fresh(&format!("desk-{desk}"));
        home.write("desk.curl", login);
        let place = Desk::open("");
        let export = format!("crates/inbox/tests/desks/{export}");
        for _ in 0..2 {
            let (drafts, well) = notes(&home, desk, &place.url, &export);
            let came = place.requests.lock().unwrap();
            assert!(well && drafts > 0 && came.len() == drafts, "{desk}: {drafts} drafts, {came:?}");
        }
        let came = place.requests.lock().unwrap();
        let (what, authorization, body) = &came[0];
        assert!(what == path && authorization.starts_with("Basic "), "{what} {authorization}");
        let text = body.pointer(note).and_then(serde_json::Value::as_str).unwrap();
        assert!(text.contains("Draft, not sent:") && text.contains("promised: "), "{text}");
        if !private.is_empty() {
            let hidden = serde_json::json!(private == "/private");
            assert_eq!(body.pointer(private), Some(&hidden), "{body}");
        }
    }
}

#[test]
fn a_note_the_desk_refuses_is_tried_again() {
    if !installed("curl") || !installed("jq") {
        eprintln!("passed over: curl or jq is not installed");
        return;
    }
    let home = Home::fresh("desk-refuses");
    home.write("desk.curl", "header = \"Authorization: Bearer t0ken\"\n");
    let export = "crates/inbox/tests/desks/front.json";
    let place = Desk::open("cnv_a1");
    assert_eq!(notes(&home, "front", &place.url, export), (2, false));
    let place = Desk::open("");
    assert_eq!(notes(&home, "front", &place.url, export), (2, true));
    let came = place.requests.lock().unwrap();
    assert!(came.len() == 1 && came[0].0.contains("cnv_a1") && came[0].1 == "Bearer t0ken", "{came:?}");
}

#[test]
fn spark_gives_what_one_process_gives() {
    let home = Home::fresh("spark");
    let has = home.command("python3").args(["-c", "import pyspark"]).output();
    if !has.is_ok_and(|output| output.status.success()) {
        return;
    }
    records(&home);
    let flags = ["--today", "2026-11-23", "-q"];
    let (inbox, drafts) = (home.path("inbox.jsonl"), home.path("drafts"));
    let args = ["recipes/spark.py", &inbox, &drafts, "--partitions", "3", "--master", "local[2]", "--"];
    home.run("python3", &[&args[..], &flags].concat());
    let mut parts: Vec<PathBuf> = std::fs::read_dir(&drafts).unwrap().map(|e| e.unwrap().path()).collect();
    parts.retain(|path| path.file_name().unwrap().to_str().unwrap().starts_with("part-"));
    parts.sort();
    let together: Vec<u8> = parts.iter().flat_map(|path| std::fs::read(path).unwrap()).collect();
    assert!(parts.len() > 2 && together == one_process(&home, &flags).stdout);
}

/// Records with ids of their own, one of them broken.
fn records(home: &Home) {
    let record = |n: usize| {
        format!("{{\"id\":\"r{n}\",\"text\":\"Order A-77{n} never came, and nobody answers.\"}}\n")
    };
    home.write("inbox.jsonl", &(0..500).map(record).collect::<String>());
}

fn one_process(home: &Home, flags: &[&str]) -> Output {
    let inbox = home.path("inbox.jsonl");
    let args = ["draft", "--input", "jsonl", "--output", "jsonl", &inbox];
    home.run(env!("CARGO_BIN_EXE_amends"), &[&args[..], flags].concat())
}

#[test]
fn a_commit_needs_a_sound_phrasebook() {
    if !installed("git") {
        return;
    }
    let home = Home::fresh("pre-commit");
    let git = |args: &[&str]| {
        let mut git = home.command("git");
        for part in ["AUTHOR", "COMMITTER"] {
            git.env(format!("GIT_{part}_NAME"), "Sam").env(format!("GIT_{part}_EMAIL"), "sam@shop.example");
        }
        git.env("GIT_CONFIG_NOSYSTEM", "1").arg("-C").arg(home.path("shop")).args(args).output().unwrap()
    };
    let commit = |book: &str| {
        home.write("shop/our book.yaml", book);
        assert!(git(&["add", "--all"]).status.success());
        let output = git(&["commit", "--quiet", "--message", "a change"]);
        (output.status.success(), String::from_utf8(output.stderr).unwrap())
    };
    let good = "version: 1\nextends: default\ncompany:\n  name: Hadley\n  email: care@hadley.example\n";
    home.write("shop/read.me", "ours\n");
    assert!(git(&["init", "--quiet"]).status.success());
    assert!(git(&["config", "amends.phrasebook", "our book.yaml"]).status.success());
    let hook = home.0.join("shop/.git/hooks/pre-commit");
    std::fs::create_dir_all(hook.parent().unwrap()).unwrap();
    std::fs::copy("recipes/pre-commit", hook).unwrap();

    let (done, told) = commit(good);
    assert!(done, "{told}");
    let (done, told) = commit(&good.replace("company:", "compnay:"));
    assert!(
        !done && told.contains("did you mean `company`") && told.contains("--> our book.yaml:3"),
        "{told}"
    );
    let (done, told) = commit(&good.replace("  name", "    name").replace("  email", "    email"));
    assert!(!done && told.contains("would change 1 of 1 files"), "{told}");
    // What is being committed counts, not what lies beside it.
    home.write("shop/our book.yaml", &good.replace("Hadley", "Hadley Rugs"));
    assert!(git(&["add", "--all"]).status.success());
    home.write("shop/our book.yaml", "compnay: {}\n");
    let output = git(&["commit", "--quiet", "--message", "a name"]);
    assert!(output.status.success(), "{output:?}");
    // Another file needs no phrasebook that is sound.
    home.write("shop/read.me", "ours still\n");
    let output = git(&["commit", "--quiet", "--message", "a word", "read.me"]);
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn neomutt_opens_the_draft_as_a_reply() {
    if !installed("neomutt") {
        return;
    }
    let home = Home::fresh("neomutt");
    let recipe = std::fs::canonicalize("recipes/neomutt.rc").unwrap();
    home.write(
        ".neomuttrc",
        &format!(
            "set from=care@northlane.example realname=Sam use_from=yes editor=true sendmail=/bin/false\n\
             set folder={0} postponed={0}/postponed record='' copy=no\nset my_amends={1}\nsource {1}/neomutt.rc\n",
            home.0.display(),
            recipe.parent().unwrap().display()
        ),
    );
    let mail = std::fs::read_to_string("tests/letters/late-boots.eml").unwrap();
    home.write("inbox", &format!("From maria@mail.example Mon Nov 23 09:12:44 2026\n{mail}\n"));
    let postponed = home.path("postponed");
    let inbox = home.path("inbox");
    let keys = [("STILL waiting", "\u{1b}a"), ("Security", "P")];
    // The file is there before the draft is in it.
    let written = || std::fs::read_to_string(&postponed).is_ok_and(|draft| draft.contains("Hi Maria,"));
    let screen = home.type_into(&format!("neomutt -n -f {inbox}"), &keys, written);
    let draft = std::fs::read_to_string(&postponed).unwrap_or_else(|e| panic!("{e}: {screen}"));
    assert!(draft.contains("\nIn-Reply-To: <20261123091244.77@mail.example>\n"), "{draft}");
    assert!(draft.contains("To: maria lopez <maria.lopez@mail.example>\n") && draft.contains("Hi Maria,"));
}

#[test]
fn what_is_for_the_agent_alone_is_kept_out_of_the_mail_for_neomutt() {
    let home = Home::fresh("neomutt-draft");
    let draft = |mail: &str| {
        let file = home.path("draft.eml");
        let mut run = home.command("recipes/neomutt-draft");
        run.arg(&file).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = run.spawn().unwrap();
        child.stdin.take().unwrap().write_all(mail.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        let told = String::from_utf8(output.stdout).unwrap();
        (output.status.code(), told, std::fs::read_to_string(&file).ok())
    };
    let mail = "From: Ann <ann@mail.example>\nSubject: shock\n\nThe kettle gave my son an electric shock, and my \
                solicitor will write to you, and we have told trading standards as well. X-Unsent: 1\n";
    let (code, told, held) = draft(mail);
    let held = held.unwrap();
    assert!(code == Some(1) && told.contains("note: first: ring them now"), "{told}");
    assert!(held.starts_with("From: ") && held.contains("\n[HOLD for ") && held.contains("\nTo: "), "{held}");
    assert!(
        !held.contains("X-Amends-Hold") && !held.contains("\nX-Unsent") && !held.contains("\n trading"),
        "{held}"
    );
    let (code, told, none) =
        draft("From: a@mail.example\nAuto-Submitted: auto-replied\nSubject: away\n\nI am away.\n");
    assert!(code == Some(1) && told.contains("no draft:") && none.is_none(), "{told}");
}

#[test]
fn aerc_fills_its_reply_with_the_draft() {
    if !installed("aerc") {
        return;
    }
    let home = Home::fresh("aerc");
    for folder in ["care", "Drafts"] {
        for part in ["cur", "new", "tmp"] {
            std::fs::create_dir_all(home.0.join("mail").join(folder).join(part)).unwrap();
        }
    }
    let mail = std::fs::read_to_string("tests/letters/late-boots.eml").unwrap();
    home.write("mail/care/cur/1.x:2,", &mail);
    home.write(
        ".config/aerc/accounts.conf",
        &format!(
            "[care]\nsource=maildir://{}\ndefault=care\nfrom=Sam <care@northlane.example>\npostpone=Drafts\noutgoing=/bin/false\n",
            home.path("mail")
        ),
    );
    let recipes = std::fs::canonicalize("recipes/aerc").unwrap();
    home.write(
        ".config/aerc/aerc.conf",
        &format!("[templates]\ntemplate-dirs={}\n[compose]\neditor=true\n", recipes.display()),
    );
    home.write(".config/aerc/binds.conf", "[messages]\n$ex = :\n[compose::review]\np = :postpone<Enter>\n");
    let drafts = home.path("mail/Drafts");
    let keys = [("STILL waiting", ":reply -q -T complaint\r"), ("Send this email?", "p")];
    let screen = home.type_into("stty rows 40 cols 120; aerc", &keys, || !mails(&drafts).is_empty());
    std::thread::sleep(Duration::from_millis(300));
    let drafts = mails(&drafts);
    let draft = drafts.first().unwrap_or_else(|| panic!("{screen}"));
    assert!(draft.contains("Hi Maria,") && draft.contains("In-Reply-To: <20261123091244.77@mail.example>"));
}
