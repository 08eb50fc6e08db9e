//! The body, piece by piece: unpacked if it is packed, and never more of it than fits. A small packed
//! body can unpack to any size, so the limit counts what comes out, and nothing is unpacked past it.

use std::io::{self, Write};

use flate2::write::MultiGzDecoder;

use crate::domain::reply::{BODY_LIMIT, Cut};

/// Collects a body.
pub enum Body {
    /// As it comes.
    Plain(Kept),
    /// Said to be packed; the first bytes, which prove it, are not here yet.
    Unsure(Vec<u8>),
    Packed(Box<MultiGzDecoder<Kept>>),
}

/// At most [`BODY_LIMIT`] bytes.
#[derive(Default)]
pub struct Kept {
    bytes: Vec<u8>,
    overflowed: bool,
}

impl Write for Kept {
    fn write(&mut self, more: &[u8]) -> io::Result<usize> {
        let room = BODY_LIMIT - self.bytes.len();
        self.bytes.extend_from_slice(&more[..more.len().min(room)]);
        if more.len() > room {
            self.overflowed = true;
            // The unpacker stops at the first error, and with it the memory it would take.
            return Err(io::Error::other("more than the limit"));
        }
        Ok(more.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// How every gzip stream begins.
const MAGIC: [u8; 2] = [0x1f, 0x8b];

impl Body {
    /// An empty one, by the reply's `Content-Encoding`.
    pub fn new(encoding: Option<&[u8]>) -> Self {
        let is_gzip = encoding.is_some_and(|name| {
            let name = name.trim_ascii();
            name.eq_ignore_ascii_case(b"gzip") || name.eq_ignore_ascii_case(b"x-gzip")
        });
        if is_gzip { Self::Unsure(Vec::new()) } else { Self::Plain(Kept::default()) }
    }

    /// Takes the next piece.
    ///
    /// # Errors
    /// Why no more pieces are wanted.
    pub fn push(&mut self, piece: &[u8]) -> Result<(), Cut> {
        if let Self::Unsure(first) = self {
            first.extend_from_slice(piece);
            if first.len() < MAGIC.len() {
                return Ok(());
            }
            let first = std::mem::take(first);
            // Some proxies unpack a body and leave the header that says it is packed.
            *self = if first.starts_with(&MAGIC) {
                Self::Packed(Box::new(MultiGzDecoder::new(Kept::default())))
            } else {
                Self::Plain(Kept::default())
            };
            return self.push(&first);
        }
        let (written, overflowed) = match self {
            Self::Plain(kept) => (kept.write_all(piece), kept.overflowed),
            Self::Packed(unpacker) => {
                let written = unpacker.write_all(piece).and_then(|()| unpacker.flush());
                (written, unpacker.get_ref().overflowed)
            }
            Self::Unsure(_) => (Ok(()), false),
        };
        match written {
            _ if overflowed => Err(Cut::TooLarge),
            Ok(()) => Ok(()),
            Err(error) => Err(broken(&error)),
        }
    }

    /// The whole of it, or as much as there is. `cut` is why the pieces stopped coming, if they stopped
    /// before the end; a packed stream that is not complete is cut as well.
    pub fn finish(self, cut: Option<Cut>) -> (Vec<u8>, Option<Cut>) {
        match self {
            Self::Plain(kept) => (kept.bytes, cut),
            Self::Unsure(first) => (first, cut),
            Self::Packed(mut unpacker) => {
                let cut = cut.or_else(|| match unpacker.try_finish() {
                    _ if unpacker.get_ref().overflowed => Some(Cut::TooLarge),
                    Ok(()) => None,
                    Err(error) => Some(broken(&error)),
                });
                (std::mem::take(&mut unpacker.get_mut().bytes), cut)
            }
        }
    }
}

fn broken(error: &io::Error) -> Cut {
    let detail = match error.kind() {
        io::ErrorKind::UnexpectedEof | io::ErrorKind::WriteZero => {
            "the compressed reply stops before its end".to_owned()
        }
        _ => format!("the compressed reply is broken: {error}"),
    };
    Cut::Closed { detail }
}
