//! The calls that put things into the file: what is handed in, and what is printed.

use documents::DividerPage;

use super::{Caller, Live};
use crate::demo::step::Exhibit;
use crate::error::Result;
use crate::evidence::{self, Submission};
use crate::http::Upload;
use crate::papers::{self, MakePaper};
use crate::words::{EvidenceKind, EvidenceVisibility, PaperForm};

impl Live {
    pub(super) async fn hand_in(&mut self, by: Caller<'_>, exhibit: Exhibit) -> Result<()> {
        let (kind, name, title, content) = match exhibit {
            Exhibit::Chat(lines) => {
                (EvidenceKind::Chat, "聊天记录.txt", "与商家的聊天记录", lines.into_bytes())
            }
            Exhibit::Receipt { shop, lines, printed_on } => {
                let page = DividerPage {
                    office: shop,
                    title: "消费小票".to_owned(),
                    text: lines,
                    date: Some(printed_on),
                };
                let pdf = by.app.press.page(page).await?;
                (EvidenceKind::Payment, "消费小票.pdf", "消费小票", pdf)
            }
        };
        let submission = Submission {
            kind,
            visibility: EvidenceVisibility::AllParties,
            submitted_by: self.parties.first().copied(),
            file_name: name.to_owned(),
            title: Some(title.to_owned()),
        };
        let (call, upload) = (by.call()?, Upload::of(content));
        let reply = evidence::add(by.app, call, self.case_id, Ok(submission), upload).await?;
        self.keep(reply);
        Ok(())
    }

    pub(super) async fn print(&mut self, by: Caller<'_>, form: PaperForm) -> Result<()> {
        let wanted = MakePaper {
            form,
            subject_id: None,
            text: None,
            court: None,
            calculation: None,
            purpose: None,
        };
        let reply = Box::pin(papers::make(by.app, &by.call()?, self.case_id, wanted)).await?;
        self.keep(reply);
        Ok(())
    }
}
