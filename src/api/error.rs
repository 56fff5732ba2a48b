//! The one place where a failure becomes a response. What the person can act on is said; the rest is logged once,
//! with a number that they can quote.

use crate::clock;
use crate::room::Failure;
use crate::wire::Problem;
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

/// Why a call failed.
#[derive(Debug)]
pub(super) enum Error {
    /// A rule refused it, or a room is read-only.
    Failed(Failure),
    /// The request cannot be, and why.
    Bad(Problem),
    /// More was sent than is taken.
    TooLarge(Problem),
    /// A file could not be taken in, and why.
    Upload(StatusCode, Problem),
    /// Nobody is signed in.
    SignIn,
    /// A service's token does not open this.
    Token(Problem),
    /// Too many attempts.
    Slower {
        /// Seconds until the next.
        wait: u64,
    },
    /// There is no such thing, or not for this person.
    NotFound,
    /// The person may not.
    Forbidden,
    /// Something that the person cannot act on.
    Internal(anyhow::Error),
}

impl Error {
    pub(super) fn bad(code: &str, words: &str) -> Self {
        Self::Bad(Problem { code: code.into(), words: words.into() })
    }

    pub(super) fn token(code: &str, words: &str) -> Self {
        Self::Token(Problem { code: code.into(), words: words.into() })
    }

    pub(super) fn too_large(words: &str) -> Self {
        Self::TooLarge(Problem { code: "too_large".into(), words: words.into() })
    }

    pub(super) fn upload(status: StatusCode, code: &str, words: &str) -> Self {
        Self::Upload(status, Problem { code: code.into(), words: words.into() })
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}
impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self::Bad(problem)
    }
}
impl From<anyhow::Error> for Error {
    fn from(error: anyhow::Error) -> Self {
        Self::Internal(error)
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let (status, code, words) = match self {
            Self::Failed(Failure::Refused(refusal)) => {
                (StatusCode::CONFLICT, refusal.code(), refusal.to_string())
            }
            Self::Failed(failure) => (StatusCode::SERVICE_UNAVAILABLE, failure.code(), failure.to_string()),
            Self::Bad(Problem { code, words }) => (StatusCode::UNPROCESSABLE_ENTITY, code, words),
            Self::Token(Problem { code, words }) => (StatusCode::UNAUTHORIZED, code, words),
            Self::TooLarge(Problem { code, words }) => (StatusCode::PAYLOAD_TOO_LARGE, code, words),
            Self::Upload(status, Problem { code, words }) => (status, code, words),
            Self::SignIn => {
                let words =
                    "Phiên đăng nhập đã hết. Hãy đăng nhập lại; nội dung đang soạn vẫn còn trên máy này.";
                (StatusCode::UNAUTHORIZED, "sign_in".into(), words.into())
            }
            Self::Slower { wait } => {
                let words = format!("Thử quá nhiều lần. Hãy đợi {wait} giây rồi thử lại.");
                (StatusCode::TOO_MANY_REQUESTS, "slower".into(), words)
            }
            Self::NotFound => {
                let words =
                    "Không tìm thấy. Có thể đường dẫn sai, hoặc cơ quan bạn không tham gia sự cố này.";
                (StatusCode::NOT_FOUND, "not_found".into(), words.into())
            }
            Self::Forbidden => {
                let words = "Vai trò của bạn không cho phép việc này.";
                (StatusCode::FORBIDDEN, "forbidden".into(), words.into())
            }
            Self::Internal(error) => {
                let number = &clock::secret()[..8];
                tracing::error!(number, error = format!("{error:#}"), "a call failed");
                let words =
                    format!("Máy chủ gặp lỗi. Hãy thử lại; nếu vẫn lỗi, báo quản trị viên số {number}.");
                (StatusCode::INTERNAL_SERVER_ERROR, "internal".into(), words)
            }
        };
        (status, Json(Problem { code, words })).into_response()
    }
}

pub(super) async fn no_such_call() -> Error {
    Error::NotFound
}
