//! The index of search. Its terms stand beside it in `search_terms`, of which each database has
//! its own kind; only `search/store.rs` knows them.

super::entity! {
    /// What is in the index: a case or an enterprise. `id` is made by the database and orders
    /// what is found; `fingerprint` tells whether the terms are still those of the subject.
    search_document = "search_documents" {
        id: i64,
        subject_id: Uuid,
        fingerprint: String,
    }
}
