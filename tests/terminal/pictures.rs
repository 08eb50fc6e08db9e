//! The pictures in the README, made from the program: `cargo test --test terminal pictures -- --ignored`
//! writes them anew. They are no test, so they are left out of a plain run.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use vt100::{Cell, Color, Parser, Screen};

use super::support::*;

/// Pixels of a cell, for a font whose characters are 0.6 of its size wide.
const CELL: (f64, f64) = (8.4, 16.4);
const FONT: f64 = 14.0;
const MARGIN: f64 = 12.0;

const FOREGROUND: &str = "#d7dae0";
const BACKGROUND: &str = "#16181d";

#[test]
#[ignore = "writes the README's pictures"]
fn the_pictures_are_made_from_the_program() {
    let home = Home::new();
    let mut tty = Tty::spawn(home.demo(), 120, 36);
    tty.see(&["Entity id", "demo portal"]);
    look_up(&mut tty, "LEAD|13", "chat 1410");
    look_up(&mut tty, "DEAL|77", "no chat for CRM DEAL|77");
    look_up(&mut tty, "DEAL|1663", "chat 1437");
    write("found", &tty, 120, 36);
    look_up(&mut tty, "DEAL-1663", "no chat for CRM DEAL-1663");
    write("no_chat", &tty, 120, 36);
    drop(tty);

    let portal = Portal::start();
    let mut tty = Tty::spawn(home.with_webhook(&format!("{}1/noscope/", portal.root())), 80, 24);
    tty.see(&["Entity id", "webhook of user 1"]);
    look_up(&mut tty, "DEAL|1663", "insufficient_scope");
    write("refused", &tty, 80, 24);
}

fn look_up(tty: &mut Tty, id: &str, until: &str) {
    // Ctrl-U empties the field.
    tty.press("\u{15}");
    tty.press(id);
    tty.press(ENTER);
    tty.see(&[until]);
    tty.settle();
}

fn write(name: &str, tty: &Tty, columns: u16, rows: u16) {
    let mut parser = Parser::new(rows.try_into().unwrap(), columns.try_into().unwrap(), 0);
    parser.process(&tty.bytes());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/screenshots");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(format!("{name}.svg")), svg(parser.screen(), columns, rows)).unwrap();
}

fn svg(screen: &Screen, columns: u16, rows: u16) -> String {
    let (width, height) = (f64::from(columns) * CELL.0 + 2.0 * MARGIN, f64::from(rows) * CELL.1 + 2.0 * MARGIN);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" \
         font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"{FONT}\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{BACKGROUND}\"/>\n"
    );
    for row in 0..rows {
        let mut column = 0;
        while column < columns {
            let start = column;
            let Some(first) = screen.cell(row, column) else { break };
            let mut text = String::new();
            while let Some(cell) = screen.cell(row, column).filter(|cell| column < columns && alike(cell, first)) {
                text.push_str(if cell.has_contents() { cell.contents() } else { " " });
                column += 1;
            }
            run(&mut svg, first, &text, start, row);
        }
    }
    svg.push_str("</svg>\n");
    svg
}

fn alike(one: &Cell, other: &Cell) -> bool {
    let look = |cell: &Cell| (cell.fgcolor(), cell.bold(), cell.dim(), cell.inverse(), cell.underline());
    look(one) == look(other)
}

fn run(svg: &mut String, cell: &Cell, text: &str, column: u16, row: u16) {
    let (x, y) = (MARGIN + f64::from(column) * CELL.0, MARGIN + f64::from(row) * CELL.1);
    let width = text.chars().count() as f64 * CELL.0;
    let mut fill = colour(cell.fgcolor());
    if cell.inverse() {
        writeln!(svg, "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{}\" fill=\"{fill}\"/>", CELL.1)
            .unwrap();
        fill = BACKGROUND;
    }
    if text.trim().is_empty() {
        return;
    }
    let weight = if cell.bold() { " font-weight=\"bold\"" } else { "" };
    let opacity = if cell.dim() { " opacity=\"0.62\"" } else { "" };
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    writeln!(
        svg,
        "<text x=\"{x:.1}\" y=\"{:.1}\" textLength=\"{width:.1}\" xml:space=\"preserve\" fill=\"{fill}\"{weight}{opacity}>{text}</text>",
        y + CELL.1 * 0.76,
    )
    .unwrap();
}

fn colour(colour: Color) -> &'static str {
    match colour {
        Color::Idx(1) => "#f0716b",
        Color::Idx(2) => "#8fc98b",
        Color::Idx(5) => "#d29ae0",
        Color::Idx(6) => "#6cc5d6",
        _ => FOREGROUND,
    }
}
