//! `b24chat history`: the lookups that were made, to read and to carry away.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::ops::ControlFlow;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::args::{Export, List};
use super::get::printed;
use super::{Exit, json, output, source};
use crate::domain::summary::{Summary, Verdict};
use crate::domain::visible;
use crate::store::history::{History, Recall};
use crate::tui::ui::{text, when};

/// `history list`: newest first.
pub fn list(list: &List) -> Exit {
    let history = match open() {
        Ok(history) => history,
        Err(why) => return fail(&why),
    };
    let recall = Recall { filter: list.filter.join(" "), before: None, limit: list.limit };
    let page = match history.recall(&recall) {
        Ok(page) => page,
        Err(error) => return fail(&error.to_string()),
    };
    let zone = TimeZone::system();
    let now = Timestamp::now();
    let stdout = io::stdout();
    // A program that reads along gets every field whole; a person gets columns that fit.
    let is_cut = stdout.is_terminal();
    let mut out = BufWriter::new(stdout.lock());
    let written = page.rows.iter().try_for_each(|row| match list.json {
        true => output::json(&mut out, &as_json(row)),
        false => writeln!(out, "{}", as_line(row, now, &zone, is_cut)),
    });
    let exit = printed(written.and_then(|()| out.flush()), Exit::Found);
    if page.total == 0 && !list.json {
        output::words(if list.filter.is_empty() { "No lookups yet." } else { "No lookup holds all these words." });
    } else if is_cut && !list.json && page.total > page.rows.len() as u64 {
        output::words(&format!("{} of {}; -n shows more.", page.rows.len(), page.total));
    }
    if page.unreadable > 0 {
        output::words(&format!("{} more cannot be read and were left out.", page.unreadable));
    }
    exit
}

/// `history export`: every record whole, one JSON object a line.
pub fn export(export: &Export) -> Exit {
    let history = match open() {
        Ok(history) => history,
        Err(why) => return fail(&why),
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let walk = history.each(&export.filter.join(" "), true, |id, record| {
        match output::json(&mut out, &json::record(id, &record)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => ControlFlow::Break(error),
        }
    });
    match walk {
        Ok(walk) => {
            for id in walk.unreadable {
                output::words(&format!("Record {} cannot be read and was left out.", id.0));
            }
            printed(walk.broke.map_or_else(|| out.flush(), Err), Exit::Found)
        }
        Err(error) => fail(&error.to_string()),
    }
}

fn open() -> Result<History, String> {
    let opened = History::open(&source::history_file()?).map_err(|error| error.to_string())?;
    if let Some(set_aside) = opened.set_aside {
        output::sentence(&set_aside.to_string());
    }
    Ok(opened.history)
}

fn fail(why: &str) -> Exit {
    output::sentence(why);
    Exit::OurFault
}

fn as_line(row: &Summary, now: Timestamp, zone: &TimeZone, is_cut: bool) -> String {
    let column = |text: &str, columns: usize| {
        let text = visible::line(text);
        let columns = if is_cut { columns } else { columns.max(text::width(&text)) };
        text::pad(&text, columns)
    };
    format!(
        "{} {}  {}  {}  {}  {}  {}",
        row.verdict.mark(),
        column(&when::in_list(row.asked_at, now, zone), 11),
        column(&row.profile, 8),
        column(row.pair.entity_type(), 12),
        column(row.pair.entity_id(), 28),
        column(&row.verdict.words(), 30),
        when::span(row.total)
    )
}

fn as_json(row: &Summary) -> Value {
    let (outcome, chat, status, code) = match &row.verdict {
        Verdict::Chat(id) => ("chat", Some(id.0), None, None),
        Verdict::NoChat => ("no_chat", None, None, None),
        Verdict::Refused { code, status } => ("refused", None, Some(*status), Some(code.as_str())),
        Verdict::Unreadable { looks_like, status } => ("unreadable", None, Some(*status), Some(looks_like.as_str())),
        Verdict::Failed { failure } => ("failed", None, None, Some(failure.code())),
    };
    json!({
        "id": row.id.0,
        "asked_at": row.asked_at.to_string(),
        "profile": row.profile,
        "portal": row.portal,
        "pair": row.pair,
        "outcome": outcome,
        "chat_id": chat,
        "status": status,
        "code": code,
        "total_ms": row.total.as_secs_f64() * 1000.0,
    })
}
