//! amgi turns study notes as people really write them into cards.
//!
//! ```text
//! Sources → Outline → Vec<Candidate> → Deck → bytes
//! ```

pub mod deck;
pub mod diagnostic;
pub mod error;
pub mod export;
pub mod markup;
pub mod templates;
