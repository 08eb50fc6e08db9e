//! A keyring that a test plays: the few calls of the Secret Service that are used, on a socket.

use std::collections::HashMap;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread;

use futures_util::StreamExt;
use zbus::connection::Builder;
use zbus::message::Type;
use zbus::wire::{OwnedObjectPath, OwnedVariant, Variant};
use zbus::{Connection, Guid, Message, MessageStream};

/// How it behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    Works,
    Locked,
    /// Wants to open a window before it stores anything.
    Prompts,
    /// Takes a secret and gives back another.
    Forgets,
    /// Knows no secrets at all.
    Absent,
}

type Attributes = HashMap<String, String>;
type Secret = (OwnedObjectPath, Vec<u8>, Vec<u8>, String);

#[derive(Default)]
struct Held {
    items: Vec<(Attributes, Vec<u8>)>,
    /// The calls, by their names.
    calls: Vec<String>,
}

/// Plays until the test ends.
pub struct Played {
    socket: PathBuf,
    held: Arc<Mutex<Held>>,
    mood: Arc<Mutex<Mood>>,
}

impl Played {
    pub fn start(folder: &Path, mood: Mood) -> Self {
        let socket = folder.join("bus");
        let listener = UnixListener::bind(&socket).unwrap();
        let played = Self { socket, held: Arc::default(), mood: Arc::new(Mutex::new(mood)) };
        let (held, mood) = (played.held.clone(), played.mood.clone());
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                listener.set_nonblocking(true).unwrap();
                let listener = tokio::net::UnixListener::from_std(listener).unwrap();
                while let Ok((stream, _)) = listener.accept().await {
                    let guid = Guid::generate();
                    let builder = Builder::unix_stream(stream.into_std().unwrap()).server(guid).p2p();
                    tokio::spawn(serve(builder, held.clone(), mood.clone()));
                }
            });
        });
        played
    }

    pub fn address(&self) -> String {
        format!("unix:path={}", self.socket.display())
    }

    pub fn change_mood(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    /// What is stored, as text.
    pub fn texts(&self) -> Vec<String> {
        let held = self.held.lock().unwrap();
        held.items.iter().map(|(_, text)| String::from_utf8(text.clone()).unwrap()).collect()
    }

    pub fn calls(&self) -> Vec<String> {
        self.held.lock().unwrap().calls.clone()
    }
}

async fn serve(builder: Builder<'static>, held: Arc<Mutex<Held>>, mood: Arc<Mutex<Mood>>) {
    let connection = builder.build().await.unwrap();
    let mut calls = MessageStream::from(&connection);
    while let Some(Ok(call)) = MessageStream::next(&mut calls).await {
        if call.message_type() == Type::MethodCall {
            let mood = *mood.lock().unwrap();
            answer(&connection, &call, &held, mood).await.unwrap();
        }
    }
}

async fn answer(bus: &Connection, call: &Message, held: &Mutex<Held>, mood: Mood) -> zbus::Result<()> {
    let header = call.header();
    let member = header.member().unwrap().to_string();
    let body = call.body();
    let path = |text: &str| OwnedObjectPath::try_from(text.to_owned()).unwrap();
    let none = || path("/");
    held.lock().unwrap().calls.push(member.clone());
    if mood == Mood::Absent && member != "Hello" {
        return bus.reply_error(&header, "org.freedesktop.DBus.Error.ServiceUnknown", &"nobody").await;
    }
    match member.as_str() {
        "Hello" => bus.reply(&header, &":1.1").await,
        "OpenSession" => bus.reply(&header, &(Variant::from(""), path("/session"))).await,
        "ReadAlias" => bus.reply(&header, &path("/collection")).await,
        "Get" => bus.reply(&header, &Variant::from(mood == Mood::Locked)).await,
        "SearchItems" => {
            let (wanted,): (Attributes,) = body.deserialize().unwrap();
            let found: Vec<_> = {
                let held = held.lock().unwrap();
                let is_it = |(at, (attributes, _)): (usize, &(Attributes, _))| {
                    (*attributes == wanted).then(|| path(&format!("/item/{at}")))
                };
                held.items.iter().enumerate().filter_map(is_it).collect()
            };
            let (unlocked, locked) = if mood == Mood::Locked { (Vec::new(), found) } else { (found, Vec::new()) };
            bus.reply(&header, &(unlocked, locked)).await
        }
        "GetSecret" => {
            let text = held.lock().unwrap().items[number(&header)].1.clone();
            bus.reply(&header, &((path("/session"), Vec::<u8>::new(), text, "application/json"),)).await
        }
        "CreateItem" if mood == Mood::Prompts => bus.reply(&header, &(none(), path("/prompt"))).await,
        "CreateItem" => {
            let (mut properties, secret, _): (HashMap<String, OwnedVariant>, Secret, bool) =
                body.deserialize().unwrap();
            let attributes = properties.remove("org.freedesktop.Secret.Item.Attributes").unwrap();
            let attributes: Attributes = attributes.try_into().unwrap();
            let text = if mood == Mood::Forgets { b"{}".to_vec() } else { secret.2 };
            {
                let items = &mut held.lock().unwrap().items;
                items.retain(|(other, _)| *other != attributes);
                items.push((attributes, text));
            }
            bus.reply(&header, &(path("/item/0"), none())).await
        }
        "Delete" => {
            held.lock().unwrap().items.remove(number(&header));
            bus.reply(&header, &none()).await
        }
        other => panic!("{other} is not played"),
    }
}

fn number(header: &zbus::message::Header<'_>) -> usize {
    header.path().unwrap().rsplit_once('/').unwrap().1.parse().unwrap()
}
