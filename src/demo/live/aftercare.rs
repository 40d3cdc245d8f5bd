//! The calls that make an agreement and follow it, or end without one.

use super::{Caller, Live, nth};
use crate::agreements::{
    self, Agreement, DraftAgreement, DraftInstalment, DraftTerm, Drawing, Point, SignAgreement,
    Stroke,
};
use crate::archive;
use crate::demo::people::Office;
use crate::demo::phrases;
use crate::demo::step::{Accord, Deed, Hand, Term, Visit};
use crate::error::{Error, Result};
use crate::outcomes::{self, Conclude, RecordRouteNotice};
use crate::performance::{self, RecordPerformance, RecordRevisit};
use crate::words::{
    Manner, Outcome, PerformanceKind, Retention, SignatureMethod, SignerKind, TerminationReason,
};

impl Live {
    pub(super) async fn draft(&mut self, by: Caller<'_>, accord: Accord) -> Result<()> {
        let input = self.agreed(accord)?;
        let reply = agreements::draft(by.app, &by.call()?, self.case_id, input).await?;
        let agreement = self.keep(reply);
        self.duties = duties(&agreement);
        Ok(())
    }

    pub(super) async fn oral(&mut self, by: Caller<'_>, accord: Accord) -> Result<()> {
        let (input, reached_at) = (self.agreed(accord)?, by.app.clock.now());
        let call = by.call()?;
        let reply =
            agreements::record_oral(by.app, &call, self.case_id, input, reached_at, None).await?;
        let agreement = self.keep(reply);
        self.duties = duties(&agreement);
        Ok(())
    }

    /// What was agreed on, with the ids of the parties.
    fn agreed(&self, accord: Accord) -> Result<DraftAgreement> {
        let term = |it: Term| -> Result<DraftTerm> {
            let part = |(amount_fen, due_on)| DraftInstalment { amount_fen, due_on };
            Ok(DraftTerm {
                kind: it.kind,
                obligor_id: nth(&self.parties, it.obligor)?,
                obligee_id: nth(&self.parties, it.obligee)?,
                amount_fen: it.amount_fen,
                due_on: it.due_on,
                manner: it.manner.to_owned(),
                description: it.description,
                instalments: it.instalments.into_iter().map(part).collect(),
            })
        };
        Ok(DraftAgreement {
            facts: accord.facts,
            disputed_matters: accord.matters,
            responsibilities: accord.duties,
            terms: accord.terms.into_iter().map(term).collect::<Result<_>>()?,
        })
    }

    pub(super) async fn lock(&mut self, by: Caller<'_>) -> Result<()> {
        let reply = agreements::lock(by.app, &by.call()?, self.case_id).await?;
        self.text_hash = self.keep(reply).text_hash.unwrap_or_default();
        Ok(())
    }

    pub(super) async fn sign(&mut self, by: Caller<'_>, hand: Hand) -> Result<()> {
        let party_id = hand.party.map(|it| nth(&self.parties, it)).transpose()?;
        let input = SignAgreement {
            signer: if party_id.is_some() { SignerKind::Party } else { SignerKind::Mediator },
            party_id,
            agent_id: hand.agent.map(|it| nth(&self.agents, it)).transpose()?,
            method: hand.method,
            signed_at: None,
            place: hand.place.to_owned(),
            text_hash: self.text_hash.clone(),
            witness: (hand.method == SignatureMethod::Fingerprint)
                .then(|| phrases::WITNESS.to_owned()),
            scan_evidence_id: None,
            code: None,
            drawing: (hand.method == SignatureMethod::Tablet).then(drawing),
            wishes_confirmation: None,
        };
        let reply = agreements::sign(by.app, by.call()?, self.case_id, input).await?;
        self.keep(reply);
        Ok(())
    }

    pub(super) async fn seal(&mut self, by: Caller<'_>) -> Result<()> {
        let reply = agreements::seal(
            by.app,
            &by.call()?,
            self.case_id,
            by.district.office(Office::COMMITTEE),
        )
        .await?;
        self.keep(reply);
        Ok(())
    }

    pub(super) async fn tell_routes(
        &mut self,
        by: Caller<'_>,
        party: usize,
        manner: Manner,
    ) -> Result<()> {
        let party_id = nth(&self.parties, party)?;
        let input = RecordRouteNotice { party_id, told_at: by.app.clock.now(), manner };
        let reply = outcomes::record_route_notice(by.app, &by.call()?, self.case_id, input).await?;
        self.keep(reply);
        Ok(())
    }

    pub(super) async fn conclude(
        &mut self,
        by: Caller<'_>,
        failed: bool,
        reason: TerminationReason,
    ) -> Result<()> {
        let input = Conclude {
            outcome: if failed { Outcome::Failed } else { Outcome::Terminated },
            reason,
            explanation: phrases::ended(reason).to_owned(),
        };
        let reply = outcomes::conclude(by.app, &by.call()?, self.case_id, input).await?;
        self.keep(reply);
        Ok(())
    }

    pub(super) async fn perform(&mut self, by: Caller<'_>, deed: Deed) -> Result<()> {
        let missing = || Error::internal("the story names what is not there");
        let (term_id, instalment_id) = self.duties.get(deed.duty).copied().ok_or_else(missing)?;
        let note = deed.note.to_owned();
        let (proof, advice) = match deed.kind {
            PerformanceKind::Performed => (Some(note), None),
            PerformanceKind::Defaulted => (None, Some(note)),
        };
        let Deed { kind, happened_on, .. } = deed;
        let input = RecordPerformance {
            term_id,
            instalment_id,
            kind,
            happened_on,
            proof,
            proof_evidence_id: None,
            confirmed_by_party_id: None,
            advice,
        };
        let reply = performance::record(by.app, &by.call()?, self.case_id, input).await?;
        self.keep(reply);
        Ok(())
    }

    pub(super) async fn revisit(&mut self, by: Caller<'_>, visit: Visit) -> Result<()> {
        let input = RecordRevisit {
            visited_at: by.app.clock.now(),
            manner: visit.manner,
            party_id: visit.party.map(|it| nth(&self.parties, it)).transpose()?,
            findings: visit.findings.to_owned(),
            satisfaction: Some(visit.satisfaction),
        };
        let reply = performance::record_revisit(by.app, &by.call()?, self.case_id, input).await?;
        self.keep(reply);
        Ok(())
    }

    pub(super) async fn close(&mut self, by: Caller<'_>) -> Result<()> {
        let reply = performance::close(by.app, &by.call()?, self.case_id).await?;
        self.keep(reply);
        Ok(())
    }

    pub(super) async fn archive(
        &mut self,
        by: Caller<'_>,
        retention: Retention,
        pages: i32,
    ) -> Result<()> {
        let (app, call) = (by.app, by.call()?);
        let reply = archive::archive(app, &call, self.case_id, retention, pages).await?;
        self.keep(reply);
        Ok(())
    }
}

/// What somebody draws on a tablet.
fn drawing() -> Drawing {
    let stroke = |points: &[(i32, i32)]| Stroke {
        points: points.iter().map(|&(x, y)| Point { x, y }).collect(),
    };
    let strokes = vec![
        stroke(&[(1_200, 4_600), (1_900, 3_900), (2_300, 4_900), (2_900, 3_800), (3_300, 4_800)]),
        stroke(&[(3_600, 4_300), (4_400, 4_100), (4_700, 4_600), (5_300, 3_700), (6_400, 4_500)]),
        stroke(&[(1_000, 5_400), (6_800, 5_100)]),
    ];
    Drawing { png: None, strokes }
}

/// The duties of an agreement, each a term or one of its instalments.
fn duties(agreement: &Agreement) -> Vec<(uuid::Uuid, Option<uuid::Uuid>)> {
    let mut duties = Vec::new();
    for term in &agreement.terms {
        if term.instalments.is_empty() {
            duties.push((term.id, None));
        }
        duties.extend(term.instalments.iter().map(|it| (term.id, Some(it.id))));
    }
    duties
}
