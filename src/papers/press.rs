//! Making papers: few at once, off the threads that answer requests, because setting a page keeps
//! a core busy.

use std::sync::{Arc, OnceLock};

use documents::{Engine, Paper, RenderError};
use sha2::{Digest as _, Sha256};
use tokio::sync::Semaphore;

use crate::error::{Error, Result};
use crate::language::Text;

/// How many papers are set at once.
const AT_ONCE: usize = 2;

/// Fonts and templates of this process, loaded with the first paper.
pub struct Press {
    engine: Arc<OnceLock<Engine>>,
    places: Semaphore,
    /// A whole file holds its scans in memory: one at a time.
    binding: Semaphore,
}

impl Default for Press {
    fn default() -> Self {
        Self { engine: Arc::default(), places: Semaphore::new(AT_ONCE), binding: Semaphore::new(1) }
    }
}

impl std::fmt::Debug for Press {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Press")
    }
}

/// A paper that was made.
#[derive(Debug)]
pub(super) struct Printed {
    pub title: String,
    pub template_version: String,
    /// SHA-256 of the data it was made of.
    pub data_hash: String,
    pub pdf: Vec<u8>,
    pub docx: Vec<u8>,
    /// The data of a paper that somebody wrote: nothing else holds it.
    pub content: Option<String>,
}

impl Press {
    /// Makes a paper. The same data gives the same bytes.
    pub(super) async fn print(&self, paper: Paper) -> Result<Printed> {
        let data = serde_json::to_string(&paper).map_err(Error::internal)?;
        let _place = self.places.acquire().await.map_err(Error::internal)?;
        self.work(move |engine| {
            let written = matches!(paper, Paper::SituationNote(_) | Paper::CalculationSheet(_));
            Ok(Printed {
                title: paper.title(),
                template_version: paper.template_version(),
                data_hash: hex::encode(Sha256::digest(&data)),
                pdf: engine.pdf(&paper).map_err(refusal)?,
                docx: engine.docx(&paper).map_err(refusal)?,
                content: written.then_some(data),
            })
        })
        .await
    }

    /// A page of text as PDF, as somebody else could have printed it.
    pub(crate) async fn page(&self, page: documents::DividerPage) -> Result<Vec<u8>> {
        Ok(self.print(Paper::from(page)).await?.pdf)
    }

    /// Lets `job` have the engine, one after the other, on a thread that may block.
    pub(super) async fn bind<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Engine) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let _place = self.binding.acquire().await.map_err(Error::internal)?;
        self.work(job).await
    }

    async fn work<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Engine) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let engine = Arc::clone(&self.engine);
        let done = tokio::task::spawn_blocking(move || job(engine.get_or_init(Engine::new)));
        done.await.map_err(Error::internal)?
    }
}

/// What somebody can mend is refused with how; the rest is a fault of ours.
pub(super) fn refusal(error: RenderError) -> Error {
    match error {
        RenderError::MissingCharacter { character } => {
            let code = u32::from(character);
            Error::refused(
                "character_not_printable",
                Text::new(
                    format!("字体中没有字符“{character}”（U+{code:04X}），请改用可以打印的字符。"),
                    format!(
                        "No font has the character {character} (U+{code:04X}); write it otherwise."
                    ),
                ),
                &[],
            )
        }
        RenderError::Item { number, title, reason } => Error::refused(
            "item_not_printable",
            Text::new(
                format!(
                    "卷内第{number}份材料（{title}）无法装订：{reason}。请撤回或者更换该材料。"
                ),
                format!("Item {number} of the file ({title}) cannot be put in: {reason}."),
            ),
            &[],
        ),
        RenderError::TooMany { what, count, limit } => Error::refused(
            "file_too_long",
            Text::new(
                format!("卷宗过长（{what}：{count}，上限{limit}）。"),
                format!("The file is too long: {count} {what}, {limit} at most."),
            ),
            &[],
        ),
        error @ (RenderError::Signature { .. } | RenderError::Setting { .. }) => {
            Error::internal(error)
        }
    }
}
