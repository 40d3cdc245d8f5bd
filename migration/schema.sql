-- The whole schema on SQLite, for reading. Written by a test from the migrations;
-- `EXPECTORATE=overwrite cargo test` accepts a change.

CREATE TABLE "absences" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "mediator_id" uuid_text NOT NULL,
    "since" date_text NOT NULL,
    "until" date_text NOT NULL,
    "reason" text NOT NULL,
    "recorded_by" uuid_text NOT NULL,
    "recorded_at" timestamp_with_timezone_text NOT NULL,
    FOREIGN KEY ("mediator_id") REFERENCES "users" ("id"),
    FOREIGN KEY ("recorded_by") REFERENCES "users" ("id")
);

CREATE INDEX "ix_absences_mediator_id_until" ON "absences" ("mediator_id", "until");

CREATE TABLE "agents" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "case_id" uuid_text NOT NULL,
    "party_id" uuid_text NOT NULL,
    "kind" text NOT NULL,
    "power" text NOT NULL,
    "name" text NOT NULL,
    "organization" text NULL,
    "representative_id" uuid_text NULL,
    "mandate_scope" text NULL,
    "mandate_from" date_text NULL,
    "mandate_until" date_text NULL,
    "mandate_seen" boolean NOT NULL,
    "id_number_masked" text NULL,
    "phone_masked" text NULL,
    "created_at" timestamp_with_timezone_text NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id"),
    FOREIGN KEY ("party_id") REFERENCES "parties" ("id")
);

CREATE INDEX "ix_agents_case_id" ON "agents" ("case_id");

CREATE TABLE "agreements" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "case_id" uuid_text NOT NULL,
    "revision" integer NOT NULL,
    "form" text NOT NULL,
    "paper" text NOT NULL,
    "document_waiver" text NULL,
    "status" text NOT NULL,
    "facts" text NOT NULL,
    "disputed_matters" text NOT NULL,
    "responsibilities" text NOT NULL,
    "text" text NULL,
    "text_hash" text NULL,
    "locked_at" timestamp_with_timezone_text NULL,
    "sealed_at" timestamp_with_timezone_text NULL,
    "sealed_by" uuid_text NULL,
    "seal_office_id" uuid_text NULL,
    "effective_on" date_text NULL,
    "created_at" timestamp_with_timezone_text NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id"),
    FOREIGN KEY ("sealed_by") REFERENCES "users" ("id"),
    FOREIGN KEY ("seal_office_id") REFERENCES "offices" ("id")
);

CREATE UNIQUE INDEX "ix_agreements_case_id_revision" ON "agreements" ("case_id", "revision");

CREATE TABLE "almanac_heads" (
    "id" integer NOT NULL,
    "calendar_version" integer NOT NULL,
    "rule_set_version" integer NOT NULL,
    "mark" text NOT NULL
);

CREATE UNIQUE INDEX "ix_almanac_heads_id" ON "almanac_heads" ("id");

CREATE TABLE "assignments" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "case_id" uuid_text NOT NULL,
    "mediator_id" uuid_text NOT NULL,
    "mediator_role" text NOT NULL,
    "seat" text NOT NULL,
    "origin" text NOT NULL,
    "status" text NOT NULL,
    "assigned_by" uuid_text NOT NULL,
    "assigned_at" timestamp_with_timezone_text NOT NULL,
    "responded_at" timestamp_with_timezone_text NULL,
    "reason" text NULL,
    "suggestion_id" uuid_text NULL,
    "explanation" text NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id"),
    FOREIGN KEY ("mediator_id") REFERENCES "users" ("id"),
    FOREIGN KEY ("assigned_by") REFERENCES "users" ("id")
);

CREATE INDEX "ix_assignments_case_id" ON "assignments" ("case_id");

CREATE INDEX "ix_assignments_mediator_id_assigned_at" ON "assignments" ("mediator_id", "assigned_at");

CREATE INDEX "ix_assignments_mediator_id_status" ON "assignments" ("mediator_id", "status");

CREATE TABLE "attendances" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "case_id" uuid_text NOT NULL,
    "hearing_id" uuid_text NOT NULL,
    "kind" text NOT NULL,
    "person_id" uuid_text NOT NULL,
    "present" boolean NOT NULL,
    "excused" boolean NOT NULL,
    "absence_reason" text NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id"),
    FOREIGN KEY ("hearing_id") REFERENCES "hearings" ("id")
);

CREATE INDEX "ix_attendances_case_id" ON "attendances" ("case_id");

CREATE UNIQUE INDEX "ix_attendances_hearing_id_person_id" ON "attendances" ("hearing_id", "person_id");

CREATE TABLE "audit_entries" (
    "seq" integer NOT NULL PRIMARY KEY,
    "at" timestamp_with_timezone_text NOT NULL,
    "actor_id" uuid_text NULL,
    "actor_role" text NOT NULL,
    "action" text NOT NULL,
    "subject_kind" text NOT NULL,
    "subject_id" uuid_text NULL,
    "case_id" uuid_text NULL,
    "purpose" text NULL,
    "before_hash" text NULL,
    "after_hash" text NULL,
    "trace_id" text NOT NULL,
    "client_address" text NOT NULL,
    "previous_hash" text NOT NULL,
    "hash" text NOT NULL
);

CREATE INDEX "ix_audit_entries_case_id_seq" ON "audit_entries" ("case_id", "seq");

CREATE TRIGGER audit_entries_no_DELETE BEFORE DELETE ON audit_entries BEGIN SELECT RAISE(ABORT, 'audit_entries may not be changed'); END;

CREATE TRIGGER audit_entries_no_UPDATE BEFORE UPDATE ON audit_entries BEGIN SELECT RAISE(ABORT, 'audit_entries may not be changed'); END;

CREATE TABLE "bookings" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "resource" text NOT NULL,
    "resource_key" text NOT NULL,
    "slot" integer NOT NULL,
    "case_id" uuid_text NULL,
    "hold_id" uuid_text NULL,
    "expires_at" timestamp_with_timezone_text NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id"),
    FOREIGN KEY ("hold_id") REFERENCES "room_holds" ("id")
);

CREATE INDEX "ix_bookings_case_id" ON "bookings" ("case_id");

CREATE INDEX "ix_bookings_hold_id" ON "bookings" ("hold_id");

CREATE UNIQUE INDEX "ix_bookings_resource_resource_key_slot" ON "bookings" ("resource", "resource_key", "slot");

CREATE TABLE "buildings" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "name" text NOT NULL,
    "address" text NOT NULL,
    "latitude_e6" integer NOT NULL,
    "longitude_e6" integer NOT NULL,
    "managing_company" text NULL,
    "active" boolean NOT NULL,
    "version" integer NOT NULL,
    "created_at" timestamp_with_timezone_text NOT NULL
);

CREATE UNIQUE INDEX "ix_buildings_name" ON "buildings" ("name");

CREATE TABLE "calendar_feeds" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "mediator_id" uuid_text NULL,
    "room_id" uuid_text NULL,
    "token_hash" text NOT NULL,
    "created_by" uuid_text NOT NULL,
    "created_at" timestamp_with_timezone_text NOT NULL,
    "revoked_at" timestamp_with_timezone_text NULL,
    FOREIGN KEY ("mediator_id") REFERENCES "users" ("id"),
    FOREIGN KEY ("room_id") REFERENCES "rooms" ("id"),
    FOREIGN KEY ("created_by") REFERENCES "users" ("id")
);

CREATE INDEX "ix_calendar_feeds_mediator_id" ON "calendar_feeds" ("mediator_id");

CREATE INDEX "ix_calendar_feeds_room_id" ON "calendar_feeds" ("room_id");

CREATE UNIQUE INDEX "ix_calendar_feeds_token_hash" ON "calendar_feeds" ("token_hash");

CREATE TABLE "calendar_years" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "year" integer NOT NULL,
    "revision" integer NOT NULL,
    "calendar_version" integer NOT NULL,
    "papers" text NOT NULL,
    "days" text NOT NULL,
    "loaded_by" uuid_text NULL,
    "loaded_at" timestamp_with_timezone_text NOT NULL,
    FOREIGN KEY ("loaded_by") REFERENCES "users" ("id")
);

CREATE UNIQUE INDEX "ix_calendar_years_year_revision" ON "calendar_years" ("year", "revision");

CREATE TRIGGER calendar_years_no_DELETE BEFORE DELETE ON calendar_years BEGIN SELECT RAISE(ABORT, 'calendar_years may not be changed'); END;

CREATE TRIGGER calendar_years_no_UPDATE BEFORE UPDATE ON calendar_years BEGIN SELECT RAISE(ABORT, 'calendar_years may not be changed'); END;

CREATE TABLE "case_group_members" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "leading_case_id" uuid_text NOT NULL,
    "added_by" uuid_text NOT NULL,
    "added_at" timestamp_with_timezone_text NOT NULL,
    FOREIGN KEY ("id") REFERENCES "cases" ("id"),
    FOREIGN KEY ("leading_case_id") REFERENCES "cases" ("id"),
    FOREIGN KEY ("added_by") REFERENCES "users" ("id")
);

CREATE INDEX "ix_case_group_members_leading_case_id" ON "case_group_members" ("leading_case_id");

CREATE TABLE "case_members" (
    "id" text NOT NULL PRIMARY KEY,
    "case_id" uuid_text NOT NULL,
    "user_id" uuid_text NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id"),
    FOREIGN KEY ("user_id") REFERENCES "users" ("id")
);

CREATE INDEX "ix_case_members_case_id" ON "case_members" ("case_id");

CREATE UNIQUE INDEX "ix_case_members_user_id_case_id" ON "case_members" ("user_id", "case_id");

CREATE TABLE "cases" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "case_number" text NULL,
    "office_id" uuid_text NOT NULL,
    "registered_by" uuid_text NOT NULL,
    "channel" text NOT NULL,
    "legal_basis" text NOT NULL,
    "external_number" text NULL,
    "track" text NOT NULL,
    "status" text NOT NULL,
    "outcome" text NULL,
    "outcome_reason" text NULL,
    "outcome_explanation" text NULL,
    "title" text NOT NULL,
    "facts" text NOT NULL,
    "category" text NOT NULL,
    "subject_kind" text NOT NULL,
    "subject_name" text NOT NULL,
    "purchased_on" date_text NULL,
    "price_fen" integer NULL,
    "bought_online" boolean NOT NULL,
    "prepaid_card" boolean NOT NULL,
    "complex" boolean NOT NULL,
    "sensitive" boolean NOT NULL,
    "order_kind" text NULL,
    "requested_at" timestamp_with_timezone_text NOT NULL,
    "received_at" timestamp_with_timezone_text NOT NULL,
    "accepted_at" timestamp_with_timezone_text NULL,
    "mediation_started_at" timestamp_with_timezone_text NULL,
    "termination_decided_at" timestamp_with_timezone_text NULL,
    "termination_reason" text NULL,
    "termination_explanation" text NULL,
    "ended_at" timestamp_with_timezone_text NULL,
    "closed_at" timestamp_with_timezone_text NULL,
    "archived_at" timestamp_with_timezone_text NULL,
    "retention" text NULL,
    "page_count" integer NULL,
    "file_hash" text NULL,
    "version" integer NOT NULL,
    "created_at" timestamp_with_timezone_text NOT NULL,
    "updated_at" timestamp_with_timezone_text NOT NULL,
    FOREIGN KEY ("office_id") REFERENCES "offices" ("id"),
    FOREIGN KEY ("registered_by") REFERENCES "users" ("id")
);

CREATE UNIQUE INDEX "ix_cases_case_number" ON "cases" ("case_number");

CREATE INDEX "ix_cases_channel_external_number" ON "cases" ("channel", "external_number");

CREATE INDEX "ix_cases_office_id_id" ON "cases" ("office_id", "id");

CREATE INDEX "ix_cases_status_id" ON "cases" ("status", "id");

CREATE TRIGGER cases_requested_at_fixed BEFORE UPDATE OF requested_at ON cases WHEN NEW.requested_at IS NOT OLD.requested_at BEGIN SELECT RAISE(ABORT, 'cases may not be changed'); END;

CREATE TABLE "chain_heads" (
    "id" integer NOT NULL,
    "audit_seq" integer NOT NULL,
    "event_seq" integer NOT NULL,
    "hash" text NOT NULL
);

CREATE UNIQUE INDEX "ix_chain_heads_id" ON "chain_heads" ("id");

CREATE TABLE "claims" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "case_id" uuid_text NOT NULL,
    "ordinal" integer NOT NULL,
    "kind" text NOT NULL,
    "amount_fen" integer NULL,
    "description" text NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id")
);

CREATE UNIQUE INDEX "ix_claims_case_id_ordinal" ON "claims" ("case_id", "ordinal");

CREATE TABLE "clues" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "case_id" uuid_text NOT NULL,
    "office_id" uuid_text NOT NULL,
    "respondent_name" text NULL,
    "respondent_credit_code" text NULL,
    "description" text NOT NULL,
    "discovered_on" date_text NOT NULL,
    "status" text NOT NULL,
    "reported_by" uuid_text NOT NULL,
    "reported_at" timestamp_with_timezone_text NOT NULL,
    "received_by" uuid_text NULL,
    "received_on" date_text NULL,
    "extended_by" uuid_text NULL,
    "extended_on" date_text NULL,
    "extension_reason" text NULL,
    "decided_by" uuid_text NULL,
    "decided_on" date_text NULL,
    "decision" text NULL,
    "explanation" text NULL,
    "version" integer NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id"),
    FOREIGN KEY ("office_id") REFERENCES "offices" ("id"),
    FOREIGN KEY ("reported_by") REFERENCES "users" ("id"),
    FOREIGN KEY ("received_by") REFERENCES "users" ("id"),
    FOREIGN KEY ("extended_by") REFERENCES "users" ("id"),
    FOREIGN KEY ("decided_by") REFERENCES "users" ("id")
);

CREATE INDEX "ix_clues_case_id" ON "clues" ("case_id");

CREATE INDEX "ix_clues_office_id_id" ON "clues" ("office_id", "id");

CREATE TABLE "clusters" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "kind" text NOT NULL,
    "value" text NOT NULL,
    "respondent_name" text NOT NULL,
    "first_day" date_text NOT NULL,
    "last_day" date_text NOT NULL,
    "found_at" timestamp_with_timezone_text NOT NULL
);

CREATE UNIQUE INDEX "ix_clusters_kind_value_first_day" ON "clusters" ("kind", "value", "first_day");

CREATE TABLE "consents" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "case_id" uuid_text NOT NULL,
    "party_id" uuid_text NOT NULL,
    "subject" text NOT NULL,
    "invitation_id" uuid_text NULL,
    "decision" text NOT NULL,
    "declared_at" timestamp_with_timezone_text NOT NULL,
    "manner" text NOT NULL,
    "note" text NULL,
    "recorded_by" uuid_text NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id"),
    FOREIGN KEY ("party_id") REFERENCES "parties" ("id"),
    FOREIGN KEY ("invitation_id") REFERENCES "invitations" ("id"),
    FOREIGN KEY ("recorded_by") REFERENCES "users" ("id")
);

CREATE INDEX "ix_consents_case_id" ON "consents" ("case_id");

CREATE TABLE "contacts" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "case_id" uuid_text NOT NULL,
    "party_id" uuid_text NOT NULL,
    "tried_at" timestamp_with_timezone_text NOT NULL,
    "manner" text NOT NULL,
    "reached" boolean NOT NULL,
    "note" text NULL,
    "recorded_by" uuid_text NOT NULL,
    "recorded_at" timestamp_with_timezone_text NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id"),
    FOREIGN KEY ("party_id") REFERENCES "parties" ("id"),
    FOREIGN KEY ("recorded_by") REFERENCES "users" ("id")
);

CREATE INDEX "ix_contacts_case_id" ON "contacts" ("case_id");

CREATE TABLE "counters" (
    "name" text NOT NULL PRIMARY KEY,
    "last" integer NOT NULL
);

CREATE TABLE "court_answers" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "case_id" uuid_text NOT NULL,
    "confirmation_id" uuid_text NOT NULL,
    "answer" text NOT NULL,
    "court_number" text NULL,
    "answered_on" date_text NOT NULL,
    "explanation" text NULL,
    "recorded_by" uuid_text NOT NULL,
    "recorded_at" timestamp_with_timezone_text NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id"),
    FOREIGN KEY ("confirmation_id") REFERENCES "judicial_confirmations" ("id"),
    FOREIGN KEY ("recorded_by") REFERENCES "users" ("id")
);

CREATE INDEX "ix_court_answers_case_id" ON "court_answers" ("case_id");

CREATE UNIQUE INDEX "ix_court_answers_confirmation_id_answer" ON "court_answers" ("confirmation_id", "answer");

CREATE TABLE "deadlines" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "case_id" uuid_text NULL,
    "clue_id" uuid_text NULL,
    "clock" text NOT NULL,
    "kind" text NOT NULL,
    "subject_id" uuid_text NULL,
    "office_id" uuid_text NOT NULL,
    "owner_id" uuid_text NULL,
    "rule_id" text NULL,
    "extensible_by" text NULL,
    "start_on" date_text NOT NULL,
    "pauses" text NOT NULL,
    "extension_days" integer NOT NULL,
    "due_on" date_text NULL,
    "due_on_strict" date_text NULL,
    "warn_on" date_text NULL,
    "earliest_on" date_text NULL,
    "latest_on" date_text NULL,
    "act_by" date_text NOT NULL,
    "state" text NOT NULL,
    "ended_on" date_text NULL,
    "warned_at" timestamp_with_timezone_text NULL,
    "rule_set_version" integer NOT NULL,
    "calendar_version" integer NOT NULL,
    "created_at" timestamp_with_timezone_text NOT NULL,
    "updated_at" timestamp_with_timezone_text NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id"),
    FOREIGN KEY ("clue_id") REFERENCES "clues" ("id"),
    FOREIGN KEY ("office_id") REFERENCES "offices" ("id"),
    FOREIGN KEY ("owner_id") REFERENCES "users" ("id")
);

CREATE INDEX "ix_deadlines_act_by_id" ON "deadlines" ("act_by", "id");

CREATE UNIQUE INDEX "ix_deadlines_case_id_clock" ON "deadlines" ("case_id", "clock");

CREATE INDEX "ix_deadlines_clue_id" ON "deadlines" ("clue_id");

CREATE INDEX "ix_deadlines_office_id_act_by" ON "deadlines" ("office_id", "act_by");

CREATE INDEX "ix_deadlines_owner_id_act_by" ON "deadlines" ("owner_id", "act_by");

CREATE INDEX "ix_deadlines_state_act_by" ON "deadlines" ("state", "act_by");

CREATE TABLE "duplicate_decisions" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "case_id" uuid_text NOT NULL,
    "other_case_id" uuid_text NOT NULL,
    "pair" text NOT NULL,
    "decision" text NOT NULL,
    "explanation" text NOT NULL,
    "decided_by" uuid_text NOT NULL,
    "decided_at" timestamp_with_timezone_text NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id"),
    FOREIGN KEY ("other_case_id") REFERENCES "cases" ("id"),
    FOREIGN KEY ("decided_by") REFERENCES "users" ("id")
);

CREATE INDEX "ix_duplicate_decisions_case_id" ON "duplicate_decisions" ("case_id");

CREATE INDEX "ix_duplicate_decisions_other_case_id" ON "duplicate_decisions" ("other_case_id");

CREATE UNIQUE INDEX "ix_duplicate_decisions_pair" ON "duplicate_decisions" ("pair");

CREATE TRIGGER duplicate_decisions_no_DELETE BEFORE DELETE ON duplicate_decisions BEGIN SELECT RAISE(ABORT, 'duplicate_decisions may not be changed'); END;

CREATE TRIGGER duplicate_decisions_no_UPDATE BEFORE UPDATE ON duplicate_decisions BEGIN SELECT RAISE(ABORT, 'duplicate_decisions may not be changed'); END;

CREATE TABLE "enterprises" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "credit_code" text NOT NULL,
    "name" text NOT NULL,
    "kind" text NOT NULL,
    "trade" text NOT NULL,
    "building_id" uuid_text NULL,
    "floor" text NULL,
    "unit" text NULL,
    "is_key" boolean NOT NULL,
    "status" text NOT NULL,
    "phone" text NULL,
    "version" integer NOT NULL,
    "created_at" timestamp_with_timezone_text NOT NULL,
    FOREIGN KEY ("building_id") REFERENCES "buildings" ("id")
);

CREATE INDEX "ix_enterprises_building_id_id" ON "enterprises" ("building_id", "id");

CREATE UNIQUE INDEX "ix_enterprises_credit_code" ON "enterprises" ("credit_code");

CREATE TABLE "events" (
    "seq" integer NOT NULL PRIMARY KEY,
    "id" uuid_text NOT NULL,
    "kind" text NOT NULL,
    "case_id" uuid_text NULL,
    "subject_kind" text NOT NULL,
    "subject_id" uuid_text NOT NULL,
    "at" timestamp_with_timezone_text NOT NULL,
    "audit_seq" integer NOT NULL,
    "data" text NOT NULL
);

CREATE INDEX "ix_events_case_id_seq" ON "events" ("case_id", "seq");

CREATE TRIGGER events_no_DELETE BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events may not be changed'); END;

CREATE TRIGGER events_no_UPDATE BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events may not be changed'); END;

CREATE TABLE "evidence" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "case_id" uuid_text NOT NULL,
    "kind" text NOT NULL,
    "title" text NULL,
    "file_name" text NOT NULL,
    "file_type" text NOT NULL,
    "size" integer NOT NULL,
    "sha256" text NOT NULL,
    "object_key" text NOT NULL,
    "thumbnail_key" text NULL,
    "thumbnail_sha256" text NULL,
    "visibility" text NOT NULL,
    "submitted_by" uuid_text NULL,
    "added_by" uuid_text NOT NULL,
    "added_at" timestamp_with_timezone_text NOT NULL,
    "withdrawn_by" uuid_text NULL,
    "withdrawn_at" timestamp_with_timezone_text NULL,
    "withdrawal_reason" text NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id"),
    FOREIGN KEY ("added_by") REFERENCES "users" ("id"),
    FOREIGN KEY ("withdrawn_by") REFERENCES "users" ("id")
);

CREATE INDEX "ix_evidence_case_id" ON "evidence" ("case_id");

CREATE UNIQUE INDEX ix_evidence_case_id_sha256 ON evidence (case_id, sha256) WHERE withdrawn_at IS NULL;

CREATE UNIQUE INDEX "ix_evidence_object_key" ON "evidence" ("object_key");

CREATE UNIQUE INDEX "ix_evidence_thumbnail_key" ON "evidence" ("thumbnail_key");

CREATE TRIGGER evidence_object_key_fixed BEFORE UPDATE OF object_key ON evidence WHEN NEW.object_key IS NOT OLD.object_key BEGIN SELECT RAISE(ABORT, 'evidence may not be changed'); END;

CREATE TRIGGER evidence_sha256_fixed BEFORE UPDATE OF sha256 ON evidence WHEN NEW.sha256 IS NOT OLD.sha256 BEGIN SELECT RAISE(ABORT, 'evidence may not be changed'); END;

CREATE TRIGGER evidence_size_fixed BEFORE UPDATE OF size ON evidence WHEN NEW.size IS NOT OLD.size BEGIN SELECT RAISE(ABORT, 'evidence may not be changed'); END;

CREATE TABLE "extensions" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "case_id" uuid_text NOT NULL,
    "deadline_id" uuid_text NOT NULL,
    "days" integer NOT NULL,
    "explanation" text NOT NULL,
    "recorded_by" uuid_text NOT NULL,
    "recorded_at" timestamp_with_timezone_text NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id"),
    FOREIGN KEY ("deadline_id") REFERENCES "deadlines" ("id"),
    FOREIGN KEY ("recorded_by") REFERENCES "users" ("id")
);

CREATE INDEX "ix_extensions_case_id" ON "extensions" ("case_id");

CREATE TABLE "feedbacks" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "case_id" uuid_text NOT NULL,
    "kind" text NOT NULL,
    "content" text NOT NULL,
    "given_at" timestamp_with_timezone_text NOT NULL,
    "recorded_by" uuid_text NOT NULL,
    "recorded_at" timestamp_with_timezone_text NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id"),
    FOREIGN KEY ("recorded_by") REFERENCES "users" ("id")
);

CREATE INDEX "ix_feedbacks_case_id" ON "feedbacks" ("case_id");

CREATE TABLE "hearing_notices" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "case_id" uuid_text NOT NULL,
    "hearing_id" uuid_text NOT NULL,
    "party_id" uuid_text NOT NULL,
    "told_at" timestamp_with_timezone_text NOT NULL,
    "manner" text NOT NULL,
    "announced_for" timestamp_with_timezone_text NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id"),
    FOREIGN KEY ("hearing_id") REFERENCES "hearings" ("id"),
    FOREIGN KEY ("party_id") REFERENCES "parties" ("id")
);

CREATE INDEX "ix_hearing_notices_case_id" ON "hearing_notices" ("case_id");

CREATE TABLE "hearings" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "case_id" uuid_text NOT NULL,
    "ordinal" integer NOT NULL,
    "mode" text NOT NULL,
    "place" text NULL,
    "link" text NULL,
    "starts_at" timestamp_with_timezone_text NOT NULL,
    "ends_at" timestamp_with_timezone_text NOT NULL,
    "status" text NOT NULL,
    "reason" text NULL,
    "minutes" text NULL,
    "minutes_read_back" boolean NULL,
    "result" text NULL,
    "recorder_id" uuid_text NULL,
    "room_id" uuid_text NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id"),
    FOREIGN KEY ("recorder_id") REFERENCES "users" ("id")
);

CREATE UNIQUE INDEX "ix_hearings_case_id_ordinal" ON "hearings" ("case_id", "ordinal");

CREATE INDEX "ix_hearings_room_id_starts_at" ON "hearings" ("room_id", "starts_at");

CREATE INDEX "ix_hearings_starts_at_id" ON "hearings" ("starts_at", "id");

CREATE TABLE "idempotency_keys" (
    "id" text NOT NULL PRIMARY KEY,
    "fingerprint" text NOT NULL,
    "answer" blob NULL,
    "created_at" timestamp_with_timezone_text NOT NULL
);

CREATE INDEX "ix_idempotency_keys_created_at" ON "idempotency_keys" ("created_at");

CREATE TABLE "instalments" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "case_id" uuid_text NOT NULL,
    "term_id" uuid_text NOT NULL,
    "ordinal" integer NOT NULL,
    "amount_fen" integer NOT NULL,
    "due_on" date_text NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id"),
    FOREIGN KEY ("term_id") REFERENCES "terms" ("id")
);

CREATE INDEX "ix_instalments_case_id" ON "instalments" ("case_id");

CREATE UNIQUE INDEX "ix_instalments_term_id_ordinal" ON "instalments" ("term_id", "ordinal");

CREATE TABLE "interests" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "mediator_id" uuid_text NOT NULL,
    "kind" text NOT NULL,
    "counterpart_name" text NOT NULL,
    "credit_code" text NULL,
    "since" date_text NOT NULL,
    "until" date_text NULL,
    "note" text NULL,
    "declared_by" uuid_text NOT NULL,
    "declared_at" timestamp_with_timezone_text NOT NULL,
    FOREIGN KEY ("mediator_id") REFERENCES "users" ("id"),
    FOREIGN KEY ("declared_by") REFERENCES "users" ("id")
);

CREATE INDEX "ix_interests_mediator_id" ON "interests" ("mediator_id");

CREATE TABLE "invitations" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "case_id" uuid_text NOT NULL,
    "name" text NOT NULL,
    "organization" text NULL,
    "capacity" text NOT NULL,
    "invited_by" uuid_text NOT NULL,
    "invited_at" timestamp_with_timezone_text NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id"),
    FOREIGN KEY ("invited_by") REFERENCES "users" ("id")
);

CREATE INDEX "ix_invitations_case_id" ON "invitations" ("case_id");

CREATE TABLE "judicial_confirmations" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "case_id" uuid_text NOT NULL,
    "agreement_id" uuid_text NOT NULL,
    "court" text NOT NULL,
    "applied_on" date_text NOT NULL,
    "recorded_by" uuid_text NOT NULL,
    "recorded_at" timestamp_with_timezone_text NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id"),
    FOREIGN KEY ("agreement_id") REFERENCES "agreements" ("id"),
    FOREIGN KEY ("recorded_by") REFERENCES "users" ("id")
);

CREATE INDEX "ix_judicial_confirmations_case_id" ON "judicial_confirmations" ("case_id");

CREATE TABLE "leases" (
    "name" text NOT NULL PRIMARY KEY,
    "holder" text NOT NULL,
    "until" timestamp_with_timezone_text NOT NULL
);

CREATE TABLE "liaisons" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "building_id" uuid_text NOT NULL,
    "organization" text NOT NULL,
    "duty" text NOT NULL,
    "phone" text NULL,
    "user_id" uuid_text NULL,
    "active" boolean NOT NULL,
    "version" integer NOT NULL,
    "created_at" timestamp_with_timezone_text NOT NULL,
    FOREIGN KEY ("building_id") REFERENCES "buildings" ("id"),
    FOREIGN KEY ("user_id") REFERENCES "users" ("id")
);

CREATE INDEX "ix_liaisons_building_id" ON "liaisons" ("building_id");

CREATE TABLE "locality_corrections" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "case_id" uuid_text NOT NULL,
    "building_id" uuid_text NULL,
    "service_point_id" uuid_text NULL,
    "explanation" text NOT NULL,
    "corrected_by" uuid_text NOT NULL,
    "corrected_at" timestamp_with_timezone_text NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id"),
    FOREIGN KEY ("building_id") REFERENCES "buildings" ("id"),
    FOREIGN KEY ("service_point_id") REFERENCES "service_points" ("id"),
    FOREIGN KEY ("corrected_by") REFERENCES "users" ("id")
);

CREATE INDEX "ix_locality_corrections_case_id" ON "locality_corrections" ("case_id");

CREATE TABLE "match_keys" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "case_id" uuid_text NOT NULL,
    "kind" text NOT NULL,
    "value" text NOT NULL,
    "day" date_text NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id")
);

CREATE INDEX "ix_match_keys_case_id" ON "match_keys" ("case_id");

CREATE INDEX "ix_match_keys_kind_value_day" ON "match_keys" ("kind", "value", "day");

CREATE TABLE "mediator_profiles" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "kind" text NOT NULL,
    "engaged_from" date_text NOT NULL,
    "engaged_until" date_text NULL,
    "roster_state" text NOT NULL,
    "specialities" text NOT NULL,
    "languages" text NOT NULL,
    "capacity" integer NOT NULL,
    "version" integer NOT NULL,
    "updated_by" uuid_text NOT NULL,
    "updated_at" timestamp_with_timezone_text NOT NULL,
    FOREIGN KEY ("id") REFERENCES "users" ("id"),
    FOREIGN KEY ("updated_by") REFERENCES "users" ("id")
);

CREATE TABLE "mediator_wishes" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "case_id" uuid_text NOT NULL,
    "party_id" uuid_text NOT NULL,
    "mediator_id" uuid_text NOT NULL,
    "stance" text NOT NULL,
    "declared_at" timestamp_with_timezone_text NOT NULL,
    "manner" text NOT NULL,
    "recorded_by" uuid_text NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id"),
    FOREIGN KEY ("party_id") REFERENCES "parties" ("id"),
    FOREIGN KEY ("mediator_id") REFERENCES "users" ("id"),
    FOREIGN KEY ("recorded_by") REFERENCES "users" ("id")
);

CREATE INDEX "ix_mediator_wishes_case_id" ON "mediator_wishes" ("case_id");

CREATE TABLE "offices" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "kind" text NOT NULL,
    "name" text NOT NULL,
    "version" integer NOT NULL,
    "created_at" timestamp_with_timezone_text NOT NULL
);

CREATE UNIQUE INDEX "ix_offices_name" ON "offices" ("name");

CREATE TABLE "parties" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "case_id" uuid_text NOT NULL,
    "ordinal" integer NOT NULL,
    "role" text NOT NULL,
    "kind" text NOT NULL,
    "name" text NOT NULL,
    "gender" text NOT NULL,
    "born_on" date_text NULL,
    "identity_document" text NULL,
    "identity_verified" boolean NOT NULL,
    "credit_code" text NULL,
    "legal_representative" text NULL,
    "id_number_masked" text NULL,
    "phone_masked" text NULL,
    "address_masked" text NULL,
    "bank_account_masked" text NULL,
    "created_at" timestamp_with_timezone_text NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id")
);

CREATE UNIQUE INDEX "ix_parties_case_id_ordinal" ON "parties" ("case_id", "ordinal");

CREATE TABLE "party_times" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "case_id" uuid_text NOT NULL,
    "party_id" uuid_text NOT NULL,
    "stance" text NOT NULL,
    "starts_at" timestamp_with_timezone_text NOT NULL,
    "ends_at" timestamp_with_timezone_text NOT NULL,
    "note" text NULL,
    "recorded_by" uuid_text NOT NULL,
    "recorded_at" timestamp_with_timezone_text NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id"),
    FOREIGN KEY ("party_id") REFERENCES "parties" ("id"),
    FOREIGN KEY ("recorded_by") REFERENCES "users" ("id")
);

CREATE INDEX "ix_party_times_case_id" ON "party_times" ("case_id");

CREATE TABLE "performances" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "case_id" uuid_text NOT NULL,
    "term_id" uuid_text NOT NULL,
    "instalment_id" uuid_text NULL,
    "kind" text NOT NULL,
    "happened_on" date_text NOT NULL,
    "proof" text NULL,
    "advice" text NULL,
    "recorded_by" uuid_text NOT NULL,
    "recorded_at" timestamp_with_timezone_text NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id"),
    FOREIGN KEY ("term_id") REFERENCES "terms" ("id"),
    FOREIGN KEY ("instalment_id") REFERENCES "instalments" ("id"),
    FOREIGN KEY ("recorded_by") REFERENCES "users" ("id")
);

CREATE INDEX "ix_performances_case_id" ON "performances" ("case_id");

CREATE TABLE "recusals" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "case_id" uuid_text NOT NULL,
    "assignment_id" uuid_text NOT NULL,
    "mediator_id" uuid_text NOT NULL,
    "requested_by" uuid_text NULL,
    "ground" text NOT NULL,
    "explanation" text NULL,
    "requested_at" timestamp_with_timezone_text NOT NULL,
    "recorded_by" uuid_text NOT NULL,
    "status" text NOT NULL,
    "decided_by" uuid_text NULL,
    "decided_at" timestamp_with_timezone_text NULL,
    "reason" text NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id"),
    FOREIGN KEY ("assignment_id") REFERENCES "assignments" ("id"),
    FOREIGN KEY ("mediator_id") REFERENCES "users" ("id"),
    FOREIGN KEY ("requested_by") REFERENCES "parties" ("id"),
    FOREIGN KEY ("recorded_by") REFERENCES "users" ("id"),
    FOREIGN KEY ("decided_by") REFERENCES "users" ("id")
);

CREATE INDEX "ix_recusals_case_id" ON "recusals" ("case_id");

CREATE TABLE "referral_answers" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "case_id" uuid_text NOT NULL,
    "answer" text NOT NULL,
    "answered_at" timestamp_with_timezone_text NOT NULL,
    "recorded_by" uuid_text NOT NULL,
    "recorded_at" timestamp_with_timezone_text NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id"),
    FOREIGN KEY ("recorded_by") REFERENCES "users" ("id")
);

CREATE INDEX "ix_referral_answers_case_id" ON "referral_answers" ("case_id");

CREATE TABLE "refresh_tokens" (
    "token_hash" text NOT NULL PRIMARY KEY,
    "session_id" uuid_text NOT NULL,
    "issued_at" timestamp_with_timezone_text NOT NULL,
    "expires_at" timestamp_with_timezone_text NOT NULL,
    "used_at" timestamp_with_timezone_text NULL,
    FOREIGN KEY ("session_id") REFERENCES "sessions" ("id")
);

CREATE INDEX "ix_refresh_tokens_session_id" ON "refresh_tokens" ("session_id");

CREATE TABLE "revisits" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "case_id" uuid_text NOT NULL,
    "party_id" uuid_text NULL,
    "visited_at" timestamp_with_timezone_text NOT NULL,
    "manner" text NOT NULL,
    "findings" text NOT NULL,
    "satisfaction" integer NULL,
    "visited_by" uuid_text NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id"),
    FOREIGN KEY ("party_id") REFERENCES "parties" ("id"),
    FOREIGN KEY ("visited_by") REFERENCES "users" ("id")
);

CREATE INDEX "ix_revisits_case_id" ON "revisits" ("case_id");

CREATE TABLE "rights_notices" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "case_id" uuid_text NOT NULL,
    "party_id" uuid_text NOT NULL,
    "told_at" timestamp_with_timezone_text NOT NULL,
    "manner" text NOT NULL,
    "acknowledged" boolean NOT NULL,
    "recorded_by" uuid_text NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id"),
    FOREIGN KEY ("party_id") REFERENCES "parties" ("id"),
    FOREIGN KEY ("recorded_by") REFERENCES "users" ("id")
);

CREATE INDEX "ix_rights_notices_case_id" ON "rights_notices" ("case_id");

CREATE TABLE "room_holds" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "room_id" uuid_text NOT NULL,
    "held_by" uuid_text NOT NULL,
    "starts_at" timestamp_with_timezone_text NOT NULL,
    "ends_at" timestamp_with_timezone_text NOT NULL,
    "held_at" timestamp_with_timezone_text NOT NULL,
    "expires_at" timestamp_with_timezone_text NOT NULL,
    "ended_at" timestamp_with_timezone_text NULL,
    FOREIGN KEY ("room_id") REFERENCES "rooms" ("id"),
    FOREIGN KEY ("held_by") REFERENCES "users" ("id")
);

CREATE INDEX "ix_room_holds_room_id_expires_at" ON "room_holds" ("room_id", "expires_at");

CREATE TABLE "rooms" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "name" text NOT NULL,
    "service_point_id" uuid_text NULL,
    "enterprise_id" uuid_text NULL,
    "place" text NULL,
    "capacity" integer NOT NULL,
    "opening_hours" text NOT NULL,
    "equipment" text NOT NULL,
    "active" boolean NOT NULL,
    "version" integer NOT NULL,
    "created_at" timestamp_with_timezone_text NOT NULL,
    FOREIGN KEY ("service_point_id") REFERENCES "service_points" ("id"),
    FOREIGN KEY ("enterprise_id") REFERENCES "enterprises" ("id")
);

CREATE UNIQUE INDEX "ix_rooms_enterprise_id_name" ON "rooms" ("enterprise_id", "name");

CREATE UNIQUE INDEX "ix_rooms_service_point_id_name" ON "rooms" ("service_point_id", "name");

CREATE TABLE "route_notices" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "case_id" uuid_text NOT NULL,
    "party_id" uuid_text NOT NULL,
    "told_at" timestamp_with_timezone_text NOT NULL,
    "manner" text NOT NULL,
    "recorded_by" uuid_text NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id"),
    FOREIGN KEY ("party_id") REFERENCES "parties" ("id"),
    FOREIGN KEY ("recorded_by") REFERENCES "users" ("id")
);

CREATE INDEX "ix_route_notices_case_id" ON "route_notices" ("case_id");

CREATE TABLE "rule_sets" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "version" integer NOT NULL,
    "note" text NOT NULL,
    "source" text NOT NULL,
    "document" text NOT NULL,
    "created_by" uuid_text NULL,
    "created_at" timestamp_with_timezone_text NOT NULL,
    FOREIGN KEY ("created_by") REFERENCES "users" ("id")
);

CREATE UNIQUE INDEX "ix_rule_sets_version" ON "rule_sets" ("version");

CREATE TRIGGER rule_sets_no_DELETE BEFORE DELETE ON rule_sets BEGIN SELECT RAISE(ABORT, 'rule_sets may not be changed'); END;

CREATE TRIGGER rule_sets_no_UPDATE BEFORE UPDATE ON rule_sets BEGIN SELECT RAISE(ABORT, 'rule_sets may not be changed'); END;

CREATE TABLE "sealed_values" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "owner_id" uuid_text NOT NULL,
    "case_id" uuid_text NOT NULL,
    "field" text NOT NULL,
    "sealed" blob NOT NULL,
    "blind_index" text NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id")
);

CREATE INDEX "ix_sealed_values_field_blind_index" ON "sealed_values" ("field", "blind_index");

CREATE UNIQUE INDEX "ix_sealed_values_owner_id_field" ON "sealed_values" ("owner_id", "field");

CREATE TABLE "search_documents" (
    "id" integer NOT NULL PRIMARY KEY,
    "subject_id" uuid_text NOT NULL,
    "fingerprint" text NOT NULL
);

CREATE UNIQUE INDEX "ix_search_documents_subject_id" ON "search_documents" ("subject_id");

CREATE VIRTUAL TABLE search_terms USING fts5(names, title, everything, content='', contentless_delete=1, detail=column, tokenize='ascii');

CREATE TABLE 'search_terms_config'(
   k PRIMARY KEY,
    v
);

CREATE TABLE 'search_terms_data'(
   id INTEGER PRIMARY KEY,
    block BLOB
);

CREATE TABLE 'search_terms_docsize'(
   id INTEGER PRIMARY KEY,
    sz BLOB,
    origin INTEGER
);

CREATE TABLE 'search_terms_idx'(
   segid,
    term,
    pgno,
    PRIMARY KEY(segid, term)
);

CREATE TABLE "service_points" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "kind" text NOT NULL,
    "name" text NOT NULL,
    "address" text NOT NULL,
    "latitude_e6" integer NOT NULL,
    "longitude_e6" integer NOT NULL,
    "radius_m" integer NOT NULL,
    "opening_hours" text NOT NULL,
    "phone" text NULL,
    "office_id" uuid_text NULL,
    "active" boolean NOT NULL,
    "version" integer NOT NULL,
    "created_at" timestamp_with_timezone_text NOT NULL,
    FOREIGN KEY ("office_id") REFERENCES "offices" ("id")
);

CREATE UNIQUE INDEX "ix_service_points_name" ON "service_points" ("name");

CREATE TABLE "sessions" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "user_id" uuid_text NOT NULL,
    "created_at" timestamp_with_timezone_text NOT NULL,
    "revoked_at" timestamp_with_timezone_text NULL,
    "revoked_because" text NULL,
    FOREIGN KEY ("user_id") REFERENCES "users" ("id")
);

CREATE INDEX "ix_sessions_user_id" ON "sessions" ("user_id");

CREATE TABLE "setup_secrets" (
    "secret_hash" text NOT NULL PRIMARY KEY,
    "created_at" timestamp_with_timezone_text NOT NULL
);

CREATE TABLE "signatures" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "case_id" uuid_text NOT NULL,
    "agreement_id" uuid_text NOT NULL,
    "signer" text NOT NULL,
    "party_id" uuid_text NULL,
    "agent_id" uuid_text NULL,
    "mediator_id" uuid_text NULL,
    "method" text NOT NULL,
    "signed_at" timestamp_with_timezone_text NOT NULL,
    "place" text NOT NULL,
    "text_hash" text NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id"),
    FOREIGN KEY ("agreement_id") REFERENCES "agreements" ("id"),
    FOREIGN KEY ("party_id") REFERENCES "parties" ("id"),
    FOREIGN KEY ("agent_id") REFERENCES "agents" ("id"),
    FOREIGN KEY ("mediator_id") REFERENCES "users" ("id")
);

CREATE INDEX "ix_signatures_case_id" ON "signatures" ("case_id");

CREATE TABLE "signing_keys" (
    "kid" text NOT NULL PRIMARY KEY,
    "private_key" blob NOT NULL,
    "public_x" text NOT NULL,
    "public_y" text NOT NULL,
    "created_at" timestamp_with_timezone_text NOT NULL,
    "retired_at" timestamp_with_timezone_text NULL
);

CREATE TABLE "suggestions" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "case_id" uuid_text NOT NULL,
    "suggested_by" uuid_text NOT NULL,
    "suggested_at" timestamp_with_timezone_text NOT NULL,
    "proof" text NOT NULL,
    "proof_hash" text NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id"),
    FOREIGN KEY ("suggested_by") REFERENCES "users" ("id")
);

CREATE INDEX "ix_suggestions_case_id_id" ON "suggestions" ("case_id", "id");

CREATE TRIGGER suggestions_no_DELETE BEFORE DELETE ON suggestions BEGIN SELECT RAISE(ABORT, 'suggestions may not be changed'); END;

CREATE TRIGGER suggestions_no_UPDATE BEFORE UPDATE ON suggestions BEGIN SELECT RAISE(ABORT, 'suggestions may not be changed'); END;

CREATE TABLE "supplements" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "case_id" uuid_text NOT NULL,
    "items" text NOT NULL,
    "due_on" date_text NOT NULL,
    "manner" text NOT NULL,
    "status" text NOT NULL,
    "requested_by" uuid_text NOT NULL,
    "requested_at" timestamp_with_timezone_text NOT NULL,
    "answer" text NULL,
    "answered_at" timestamp_with_timezone_text NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id"),
    FOREIGN KEY ("requested_by") REFERENCES "users" ("id")
);

CREATE INDEX "ix_supplements_case_id" ON "supplements" ("case_id");

CREATE TABLE "suspensions" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "case_id" uuid_text NOT NULL,
    "reason" text NOT NULL,
    "from_on" date_text NOT NULL,
    "to_on" date_text NULL,
    "explanation" text NOT NULL,
    "recorded_by" uuid_text NOT NULL,
    "recorded_at" timestamp_with_timezone_text NOT NULL,
    "resumed_by" uuid_text NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id"),
    FOREIGN KEY ("recorded_by") REFERENCES "users" ("id"),
    FOREIGN KEY ("resumed_by") REFERENCES "users" ("id")
);

CREATE INDEX "ix_suspensions_case_id" ON "suspensions" ("case_id");

CREATE TABLE "terms" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "case_id" uuid_text NOT NULL,
    "agreement_id" uuid_text NOT NULL,
    "ordinal" integer NOT NULL,
    "kind" text NOT NULL,
    "obligor_id" uuid_text NOT NULL,
    "obligee_id" uuid_text NOT NULL,
    "amount_fen" integer NULL,
    "due_on" date_text NOT NULL,
    "manner" text NOT NULL,
    "description" text NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id"),
    FOREIGN KEY ("agreement_id") REFERENCES "agreements" ("id"),
    FOREIGN KEY ("obligor_id") REFERENCES "parties" ("id"),
    FOREIGN KEY ("obligee_id") REFERENCES "parties" ("id")
);

CREATE UNIQUE INDEX "ix_terms_agreement_id_ordinal" ON "terms" ("agreement_id", "ordinal");

CREATE INDEX "ix_terms_case_id" ON "terms" ("case_id");

CREATE TABLE "track_moves" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "case_id" uuid_text NOT NULL,
    "kind" text NOT NULL,
    "from_track" text NOT NULL,
    "to_track" text NOT NULL,
    "from_office_id" uuid_text NOT NULL,
    "to_office_id" uuid_text NOT NULL,
    "former_number" text NULL,
    "return_by" date_text NULL,
    "return_reason" text NULL,
    "explanation" text NOT NULL,
    "decided_by" uuid_text NOT NULL,
    "decided_at" timestamp_with_timezone_text NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id"),
    FOREIGN KEY ("from_office_id") REFERENCES "offices" ("id"),
    FOREIGN KEY ("to_office_id") REFERENCES "offices" ("id"),
    FOREIGN KEY ("decided_by") REFERENCES "users" ("id")
);

CREATE INDEX "ix_track_moves_case_id" ON "track_moves" ("case_id");

CREATE TABLE "unmasking_approvals" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "case_id" uuid_text NOT NULL,
    "party_id" uuid_text NOT NULL,
    "user_id" uuid_text NOT NULL,
    "purpose" text NOT NULL,
    "approved_by" uuid_text NOT NULL,
    "approved_at" timestamp_with_timezone_text NOT NULL,
    "expires_at" timestamp_with_timezone_text NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id"),
    FOREIGN KEY ("party_id") REFERENCES "parties" ("id"),
    FOREIGN KEY ("user_id") REFERENCES "users" ("id"),
    FOREIGN KEY ("approved_by") REFERENCES "users" ("id")
);

CREATE INDEX "ix_unmasking_approvals_party_id" ON "unmasking_approvals" ("party_id");

CREATE TABLE "users" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "username" text NOT NULL,
    "display_name" text NOT NULL,
    "role" text NOT NULL,
    "office_id" uuid_text NOT NULL,
    "status" text NOT NULL,
    "password_hash" text NOT NULL,
    "failed_attempts" integer NOT NULL,
    "locked_until" timestamp_with_timezone_text NULL,
    "version" integer NOT NULL,
    "created_at" timestamp_with_timezone_text NOT NULL,
    FOREIGN KEY ("office_id") REFERENCES "offices" ("id")
);

CREATE INDEX "ix_users_office_id" ON "users" ("office_id");

CREATE UNIQUE INDEX "ix_users_username" ON "users" ("username");

CREATE TABLE "visits" (
    "id" uuid_text NOT NULL PRIMARY KEY,
    "enterprise_id" uuid_text NOT NULL,
    "visited_on" date_text NOT NULL,
    "visited_by" uuid_text NOT NULL,
    "purpose" text NOT NULL,
    "findings" text NOT NULL,
    "follow_up_on" date_text NULL,
    "recorded_by" uuid_text NOT NULL,
    "recorded_at" timestamp_with_timezone_text NOT NULL,
    FOREIGN KEY ("enterprise_id") REFERENCES "enterprises" ("id"),
    FOREIGN KEY ("visited_by") REFERENCES "users" ("id"),
    FOREIGN KEY ("recorded_by") REFERENCES "users" ("id")
);

CREATE INDEX "ix_visits_enterprise_id_visited_on" ON "visits" ("enterprise_id", "visited_on");
