//! Errors of the environment: one message, its cause, what to do about it.
//! What is wrong with the user's text is a [`crate::diagnostic::Diagnostic`] instead.

use std::fmt;

/// Why the program cannot go on (exit code 2).
#[derive(Debug)]
pub struct Error {
    /// What failed, with the path it failed on.
    pub message: String,
    /// What the system or a library said.
    pub cause: Option<String>,
    /// What the user can do.
    pub hint: Option<String>,
}

pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    pub fn new(message: impl Into<String>) -> Self {
        Error { message: message.into(), cause: None, hint: None }
    }

    #[must_use]
    pub fn cause(mut self, cause: impl fmt::Display) -> Self {
        self.cause = Some(cause.to_string());
        self
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if let Some(cause) = &self.cause {
            write!(f, ": {cause}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}
