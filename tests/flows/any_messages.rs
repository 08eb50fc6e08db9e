//! Whatever happens, in whatever order: the machine goes on, the screen can be drawn, and what must always
//! be so is so.

use b24chat::domain::failure::Failure;
use b24chat::domain::lookup::End;
use b24chat::domain::phases::Phase;
use b24chat::domain::record::{Record, RecordId};
use b24chat::tui::app::flight::FlightId;
use b24chat::tui::app::{Message, Pointer, beat};
use b24chat::tui::keys::{Chord, Key};
use proptest::prelude::*;
use proptest::sample::select;

use crate::support::{EIGHT_FIELDS, Explorer, FOUND, NO_CHAT, REFUSED, failed, profile, record, reply, reply_of};

/// Something that happens; where it needs to know about the explorer it is made into a message then.
#[derive(Clone, Debug)]
enum Event {
    Press(Chord),
    Paste(String),
    Point(Pointer),
    Resize(u16, u16),
    Pass(u64),
    Portal(bool),
    Reach(Phase),
    Settle(usize),
    /// The end of some request, which may be one that nobody waits for.
    SettleOf(u64),
    Deliver,
    SlowHistory(bool),
    HistoryFails,
    Told,
    Opened(i64),
    Recalled(u64),
}

fn ends() -> Vec<End> {
    vec![
        reply(200, FOUND),
        reply(200, NO_CHAT),
        reply(401, REFUSED),
        reply(200, format!(r#"{{"result":{{"ID":7}},"time":{EIGHT_FIELDS}}}"#)),
        reply_of("text/html", 502, "<h1>\u{1b}[2J</h1>\n\n\u{202e}"),
        reply(200, format!("{{\"result\":[{}1]}}", "[{\"a\":\"b\\n\"}],".repeat(40))),
        reply(200, ""),
        failed(Failure::RedirectLoop { hops: 2 }),
    ]
}

fn chord() -> impl Strategy<Value = Chord> {
    let named = vec![
        Key::Enter,
        Key::Esc,
        Key::Tab,
        Key::Backspace,
        Key::Delete,
        Key::Left,
        Key::Right,
        Key::Up,
        Key::Down,
        Key::Home,
        Key::End,
        Key::PageUp,
        Key::PageDown,
        Key::F(1),
        Key::F(5),
    ];
    let letters: Vec<Key> = "qreghjklnNGzf/? |0aCпé会\u{301}".chars().map(Key::Char).collect();
    let plain = select(named).prop_map(Chord::plain);
    let letter = select(letters).prop_map(Chord::plain);
    let held = (select("abdefhknpuwz".chars().collect::<Vec<_>>()), any::<bool>()).prop_map(|(c, ctrl)| Chord {
        ctrl,
        alt: !ctrl,
        ..Chord::plain(Key::Char(c))
    });
    let shift_tab = Just(Chord { shift: true, ..Chord::plain(Key::Tab) });
    prop_oneof![6 => plain, 6 => letter, 1 => held, 2 => shift_tab]
}

fn event() -> impl Strategy<Value = Event> {
    let pastes = vec![
        "DEAL|1663\n",
        "https://acme.bitrix24.com/crm/deal/details/1663/",
        "https://acme.bitrix24.com/rest/27/canaryabcdefghij/",
        "\u{202e}\u{1b}[2J\r\nx",
        "会議室",
        "{\"ENTITY_TYPE\":\"CRM\"",
    ];
    let phases = vec![Phase::Dns, Phase::Connect, Phase::Wait, Phase::Download];
    let point = (0u16..130, 0u16..40, 0u8..3).prop_map(|(column, row, kind)| match kind {
        0 => Pointer::Clicked { column, row },
        1 => Pointer::WheeledUp { column, row },
        _ => Pointer::WheeledDown { column, row },
    });
    let size = (select(vec![1u16, 40, 60, 76, 80, 120, 300]), select(vec![1u16, 10, 16, 22, 24, 36, 100]));
    prop_oneof![
        20 => chord().prop_map(Event::Press),
        2 => select(pastes).prop_map(|text| Event::Paste(text.to_owned())),
        1 => "\\PC{0,30}".prop_map(Event::Paste),
        4 => point.prop_map(Event::Point),
        2 => size.prop_map(|(columns, rows)| Event::Resize(columns, rows)),
        2 => (0u64..5_000).prop_map(Event::Pass),
        1 => any::<bool>().prop_map(Event::Portal),
        2 => select(phases).prop_map(Event::Reach),
        4 => (0..ends().len()).prop_map(Event::Settle),
        1 => (0u64..30).prop_map(Event::SettleOf),
        2 => Just(Event::Deliver),
        1 => any::<bool>().prop_map(Event::SlowHistory),
        1 => Just(Event::HistoryFails),
        1 => Just(Event::Told),
        1 => (0i64..40).prop_map(Event::Opened),
        1 => (0u64..30).prop_map(Event::Recalled),
    ]
}

fn happen(explorer: &mut Explorer, event: Event) {
    match event {
        Event::Press(chord) => explorer.tell(Message::Pressed(chord)),
        Event::Paste(text) => explorer.tell(Message::Pasted(text)),
        Event::Point(pointer) => explorer.tell(Message::Pointed(pointer)),
        Event::Resize(columns, rows) => explorer.tell(Message::Resized(columns, rows)),
        Event::Pass(milliseconds) => {
            explorer.pass(milliseconds);
            explorer.tell(Message::Beat);
        }
        Event::Portal(true) => explorer.tell(Message::PortalOpened(profile().into())),
        Event::Portal(false) => explorer.tell(Message::PortalMissing("There is none.".to_owned())),
        Event::Reach(phase) if explorer.asked.is_some() => explorer.reach(phase),
        Event::Settle(which) if explorer.asked.is_some() => explorer.settle(ends()[which].clone()),
        Event::SettleOf(number) if explorer.asked.is_some() => {
            let (_, lookup, at) = explorer.asked.clone().unwrap();
            let record = Box::new(Record::new(&lookup, at, ends()[0].clone()));
            explorer.tell(Message::Settled { flight: FlightId(number), record, kept: None });
        }
        Event::Reach(_) | Event::Settle(_) | Event::SettleOf(_) => {}
        Event::Deliver => explorer.deliver(),
        Event::SlowHistory(slow) => explorer.slow_history = slow,
        Event::HistoryFails => explorer.tell(Message::HistoryFailed("The disk is full.".to_owned())),
        Event::Told => explorer.tell(Message::Told("The history was set aside. ".repeat(20))),
        Event::Opened(id) => explorer.tell(Message::Opened { id: RecordId(id), record: None }),
        Event::Recalled(number) => {
            let (rows, total) = explorer.memory.recall("", None);
            explorer.tell(Message::Recalled { number, rows, total });
        }
    }
}

/// What is so after every message.
fn check(explorer: &Explorer) {
    let screen = explorer.screen();
    screen.is_safe();
    screen.hides(&["canary"]);
    let model = &explorer.model;
    assert_eq!(beat(model).is_some(), model.flight.is_aloft());
    assert!(model.history.rows.is_sorted_by(|newer, older| newer.id > older.id), "newest first, each once");
    assert!(model.history.cursor < model.history.rows.len().max(1));
    if model.layout().is_some() {
        assert!(!screen.focus().is_empty(), "some pane has the keys:\n{screen}");
        assert_eq!(screen.cursor().is_some(), model.place().takes_text() && shows_a_field(explorer), "\n{screen}");
    }
}

/// The closed list of types takes text and has no field.
fn shows_a_field(explorer: &Explorer) -> bool {
    explorer.model.place() != b24chat::tui::keys::Place::EntityType
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_sequence_of_messages_leaves_a_screen_that_can_be_drawn(
        events in prop::collection::vec(event(), 1..60),
        is_open in any::<bool>(),
    ) {
        let old = vec![record("CRM", "DEAL|1663", "2026-02-24T09:00:00Z", reply(200, FOUND)); 12];
        let mut explorer = if is_open { Explorer::with_history(120, 36, old) } else { Explorer::begin(80, 24, old) };
        explorer.memory.page = 5;
        if !is_open {
            explorer.read_history();
        }
        for event in events {
            happen(&mut explorer, event);
            check(&explorer);
        }
    }
}
