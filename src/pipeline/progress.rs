//! A sign of life while something takes longer than a moment.

use std::io::IsTerminal as _;
use std::time::Duration;

use indicatif::ProgressBar;

/// A spinner on a terminal, once something takes longer than a moment.
pub(super) struct Progress(Option<ProgressBar>);

impl Progress {
    pub(super) fn start(message: &'static str) -> Progress {
        if !std::io::stderr().is_terminal() {
            return Progress(None);
        }
        let bar = ProgressBar::new_spinner().with_message(message);
        bar.enable_steady_tick(Duration::from_millis(120));
        Progress(Some(bar))
    }

    pub(super) fn step(&self, message: &'static str) {
        if let Some(bar) = &self.0 {
            bar.set_message(message);
        }
    }

    pub(super) fn end(&self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.end();
    }
}
