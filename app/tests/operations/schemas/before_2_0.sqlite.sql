-- The tables of app as migrations 0001 to 0017 left them, before 0001_tables took their place.
CREATE TABLE "app_apikey" (
    "id" char(32) NOT NULL PRIMARY KEY,
    "name" varchar(100) NOT NULL,
    "prefix" varchar(16) NOT NULL UNIQUE,
    "digest" varchar(64) NOT NULL,
    "scopes" text NOT NULL CHECK ((JSON_VALID("scopes") OR "scopes" IS NULL)),
    "networks" text NOT NULL CHECK ((JSON_VALID("networks") OR "networks" IS NULL)),
    "expires_at" datetime NULL,
    "requests_per_minute" integer unsigned NULL CHECK ("requests_per_minute" >= 0),
    "pages_per_day" integer unsigned NULL CHECK ("pages_per_day" >= 0),
    "created_at" datetime NOT NULL,
    "revoked_at" datetime NULL,
    "last_used_at" datetime NULL,
    "use_count" bigint unsigned NOT NULL CHECK ("use_count" >= 0),
    "owner_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE "app_auditevent" (
    "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    "action" varchar(20) NOT NULL,
    "address" char(39) NULL,
    "detail" text NOT NULL CHECK ((JSON_VALID("detail") OR "detail" IS NULL)),
    "at" datetime NOT NULL,
    "actor_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED,
    "user_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE "app_batch" (
    "id" char(32) NOT NULL PRIMARY KEY,
    "visitor" varchar(43) NOT NULL,
    "name" varchar(200) NOT NULL,
    "created_at" datetime NOT NULL,
    "owner_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE "app_batchitem" (
    "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    "number" integer unsigned NOT NULL CHECK ("number" >= 0),
    "reference" varchar(200) NOT NULL,
    "file_name" varchar(255) NOT NULL,
    "error_code" varchar(40) NOT NULL,
    "error_message" text NOT NULL,
    "batch_id" char(32) NOT NULL REFERENCES "app_batch" ("id") DEFERRABLE INITIALLY DEFERRED,
    "job_id" char(32) NULL UNIQUE REFERENCES "app_job" ("id") DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "batch_item_number" UNIQUE ("batch_id", "number")
);
CREATE TABLE "app_invitation" (
    "id" char(32) NOT NULL PRIMARY KEY,
    "digest" varchar(64) NOT NULL UNIQUE,
    "note" varchar(200) NOT NULL,
    "created_at" datetime NOT NULL,
    "expires_at" datetime NOT NULL,
    "used_at" datetime NULL,
    "created_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE "app_job" (
    "id" char(32) NOT NULL PRIMARY KEY,
    "engine" varchar(40) NOT NULL,
    "language" varchar(200) NOT NULL,
    "options" text NOT NULL CHECK ((JSON_VALID("options") OR "options" IS NULL)),
    "priority" smallint NOT NULL,
    "status" varchar(10) NOT NULL,
    "created_at" datetime NOT NULL,
    "updated_at" datetime NOT NULL,
    "started_at" datetime NULL,
    "finished_at" datetime NULL,
    "pages_total" integer unsigned NULL CHECK ("pages_total" >= 0),
    "pages_done" integer unsigned NOT NULL CHECK ("pages_done" >= 0),
    "error_code" varchar(40) NOT NULL,
    "error_message" text NOT NULL,
    "attempt" smallint unsigned NOT NULL CHECK ("attempt" >= 0),
    "lost" smallint unsigned NOT NULL CHECK ("lost" >= 0),
    "lease_token" char(32) NULL,
    "lease_expires" datetime NULL,
    "run_after" datetime NULL,
    "cancel_requested" bool NOT NULL,
    "text" text NOT NULL,
    "confidence" real NULL,
    "letter_count" integer unsigned NOT NULL CHECK ("letter_count" >= 0),
    "words" integer unsigned NOT NULL CHECK ("words" >= 0),
    "lines" integer unsigned NOT NULL CHECK ("lines" >= 0),
    "engine_used" varchar(40) NOT NULL,
    "language_used" varchar(200) NOT NULL,
    "seconds" real NULL,
    "title" varchar(200) NOT NULL,
    "corrected_text" text NULL,
    "version" integer unsigned NOT NULL CHECK ("version" >= 0),
    "owner_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED,
    "upload_id" char(32) NOT NULL REFERENCES "app_upload" ("id") DEFERRABLE INITIALLY DEFERRED,
    "crashes" smallint unsigned NOT NULL CHECK ("crashes" >= 0),
    "previewed" bool NOT NULL,
    "turn" bigint unsigned NOT NULL CHECK ("turn" >= 0),
    "charged_to" varchar(60) NOT NULL,
    "cached" bool NOT NULL,
    "deleted_at" datetime NULL,
    "notes" text NOT NULL,
    "starred" bool NOT NULL,
    "tags" text NOT NULL CHECK ((JSON_VALID("tags") OR "tags" IS NULL)),
    "file_name" varchar(255) NOT NULL,
    "file_size" bigint unsigned NOT NULL CHECK ("file_size" >= 0),
    "media_type" varchar(100) NOT NULL,
    "visitor" varchar(43) NOT NULL,
    CONSTRAINT "job_confidence_0_1" CHECK (("confidence" IS NULL OR "confidence" BETWEEN 0.0 AND 1.0))
);
CREATE TABLE "app_page" (
    "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    "number" integer unsigned NOT NULL CHECK ("number" >= 0),
    "width" integer unsigned NOT NULL CHECK ("width" >= 0),
    "height" integer unsigned NOT NULL CHECK ("height" >= 0),
    "text" text NOT NULL,
    "confidence" real NOT NULL,
    "tree" text NOT NULL CHECK ((JSON_VALID("tree") OR "tree" IS NULL)),
    "created_at" datetime NOT NULL,
    "job_id" char(32) NOT NULL REFERENCES "app_job" ("id") DEFERRABLE INITIALLY DEFERRED,
    "corrected_text" text NULL,
    CONSTRAINT "page_once_per_job" UNIQUE ("job_id", "number")
);
CREATE TABLE "app_requestkey" (
    "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    "sender" varchar(80) NOT NULL,
    "key" varchar(255) NOT NULL,
    "fingerprint" varchar(64) NOT NULL,
    "created_at" datetime NOT NULL,
    "batch_id" char(32) NULL REFERENCES "app_batch" ("id") DEFERRABLE INITIALLY DEFERRED,
    "job_id" char(32) NULL REFERENCES "app_job" ("id") DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "request_key_once_per_sender" UNIQUE ("sender", "key")
);
CREATE TABLE "app_revision" (
    "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    "page_number" integer unsigned NULL CHECK ("page_number" >= 0),
    "text" text NOT NULL,
    "created_at" datetime NOT NULL,
    "author_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED,
    "job_id" char(32) NOT NULL REFERENCES "app_job" ("id") DEFERRABLE INITIALLY DEFERRED
);
CREATE VIRTUAL TABLE app_search USING fts5(
        text, content='', columnsize=0, tokenize='trigram case_sensitive 1'
    );
CREATE TABLE "app_searchtext" (
    "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    "text" text NOT NULL,
    "job_id" char(32) NOT NULL UNIQUE REFERENCES "app_job" ("id") DEFERRABLE INITIALLY DEFERRED,
    "scope" bigint NULL
);
CREATE TABLE "app_share" (
    "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    "token" varchar(43) NOT NULL UNIQUE,
    "created_at" datetime NOT NULL,
    "expires_at" datetime NOT NULL,
    "job_id" char(32) NOT NULL REFERENCES "app_job" ("id") DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE "app_upload" (
    "id" char(32) NOT NULL PRIMARY KEY,
    "file" varchar(200) NOT NULL,
    "name" varchar(255) NOT NULL,
    "media_type" varchar(100) NOT NULL,
    "size" bigint unsigned NOT NULL CHECK ("size" >= 0),
    "sha256" varchar(64) NOT NULL,
    "visitor" varchar(43) NOT NULL,
    "created_at" datetime NOT NULL,
    "updated_at" datetime NOT NULL,
    "owner_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE "app_usage" (
    "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    "day" date NOT NULL,
    "subject" varchar(80) NOT NULL,
    "pages" integer unsigned NOT NULL CHECK ("pages" >= 0),
    "owner_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "usage_once_per_day" UNIQUE ("day", "subject")
);
CREATE TABLE "app_webhook" (
    "id" char(32) NOT NULL PRIMARY KEY,
    "visitor" varchar(43) NOT NULL,
    "url" varchar(2000) NOT NULL,
    "site_url" varchar(300) NOT NULL,
    "status" varchar(10) NOT NULL,
    "attempts" smallint unsigned NOT NULL CHECK ("attempts" >= 0),
    "next_at" datetime NULL,
    "log" text NOT NULL CHECK ((JSON_VALID("log") OR "log" IS NULL)),
    "created_at" datetime NOT NULL,
    "delivered_at" datetime NULL,
    "batch_id" char(32) NULL UNIQUE REFERENCES "app_batch" ("id") DEFERRABLE INITIALLY DEFERRED,
    "job_id" char(32) NULL UNIQUE REFERENCES "app_job" ("id") DEFERRABLE INITIALLY DEFERRED,
    "owner_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "webhook_of_job_or_batch" CHECK ((("job_id" IS NOT NULL OR "batch_id" IS NOT NULL) AND 1 = (CASE WHEN "job_id" IS NOT NULL THEN 1 ELSE 0 END + CASE WHEN "batch_id" IS NOT NULL THEN 1 ELSE 0 END)))
);
CREATE TABLE "app_worker" (
    "id" char(32) NOT NULL PRIMARY KEY,
    "host" varchar(255) NOT NULL,
    "pid" integer unsigned NOT NULL CHECK ("pid" >= 0),
    "slots" smallint unsigned NOT NULL CHECK ("slots" >= 0),
    "started_at" datetime NOT NULL,
    "seen_at" datetime NOT NULL
);
CREATE TABLE "cache" (
    "cache_key" varchar(255) NOT NULL PRIMARY KEY,
    "value" text NOT NULL,
    "expires" datetime NOT NULL
);
CREATE INDEX "app_apikey_owner_id_56c96157" ON "app_apikey" ("owner_id");
CREATE INDEX "app_auditevent_actor_id_d6758a37" ON "app_auditevent" ("actor_id");
CREATE INDEX "app_auditevent_at_b56bb002" ON "app_auditevent" ("at");
CREATE INDEX "app_auditevent_user_id_3de7a793" ON "app_auditevent" ("user_id");
CREATE INDEX "app_batch_owner_id_4d339d7f" ON "app_batch" ("owner_id");
CREATE INDEX "app_batch_visitor_eadf0796" ON "app_batch" ("visitor");
CREATE INDEX "app_batchitem_batch_id_fec78374" ON "app_batchitem" ("batch_id");
CREATE INDEX "app_invitation_created_by_id_06622b8a" ON "app_invitation" ("created_by_id");
CREATE INDEX "app_job_upload_id_60f7a799" ON "app_job" ("upload_id");
CREATE INDEX "app_page_job_id_6a72c641" ON "app_page" ("job_id");
CREATE INDEX "app_requestkey_batch_id_8ccac186" ON "app_requestkey" ("batch_id");
CREATE INDEX "app_requestkey_created_at_19e5a942" ON "app_requestkey" ("created_at");
CREATE INDEX "app_requestkey_job_id_433e62e8" ON "app_requestkey" ("job_id");
CREATE INDEX "app_revision_author_id_dbcca2a6" ON "app_revision" ("author_id");
CREATE INDEX "app_revision_job_id_eb4b290f" ON "app_revision" ("job_id");
CREATE INDEX "app_share_job_id_dda00b77" ON "app_share" ("job_id");
CREATE INDEX "app_upload_visitor_81c5fdc3" ON "app_upload" ("visitor");
CREATE INDEX "app_usage_owner_id_f0901c3a" ON "app_usage" ("owner_id");
CREATE INDEX "app_webhook_owner_id_3a96edde" ON "app_webhook" ("owner_id");
CREATE INDEX "app_webhook_visitor_9fb4ac4a" ON "app_webhook" ("visitor");
CREATE INDEX "audit_of_user" ON "app_auditevent" ("user_id", "id" DESC);
CREATE INDEX "cache_expires" ON "cache" ("expires");
CREATE INDEX "job_by_confidence" ON "app_job" ("owner_id", "deleted_at", "confidence", "id", "status", "starred", "created_at", "language_used", "engine_used", "engine");
CREATE INDEX "job_by_created_at" ON "app_job" ("owner_id", "deleted_at", "created_at", "id", "status", "starred", "confidence", "language_used", "engine_used", "engine");
CREATE INDEX "job_by_engine_used" ON "app_job" ("owner_id", "deleted_at", "engine_used", "id", "status", "starred", "confidence", "created_at", "language_used", "engine");
CREATE INDEX "job_by_error_code" ON "app_job" ("owner_id", "deleted_at", "error_code", "id");
CREATE INDEX "job_by_file_name" ON "app_job" ("owner_id", "deleted_at", "file_name", "id");
CREATE INDEX "job_by_file_size" ON "app_job" ("owner_id", "deleted_at", "file_size", "id");
CREATE INDEX "job_by_id" ON "app_job" ("owner_id", "deleted_at", "id", "status", "starred", "confidence", "created_at", "language_used", "engine_used", "engine");
CREATE INDEX "job_by_language_used" ON "app_job" ("owner_id", "deleted_at", "language_used", "id", "status", "starred", "confidence", "created_at", "engine_used", "engine");
CREATE INDEX "job_by_letter_count" ON "app_job" ("owner_id", "deleted_at", "letter_count", "id");
CREATE INDEX "job_by_lines" ON "app_job" ("owner_id", "deleted_at", "lines", "id");
CREATE INDEX "job_by_media_type" ON "app_job" ("owner_id", "deleted_at", "media_type", "id");
CREATE INDEX "job_by_pages_total" ON "app_job" ("owner_id", "deleted_at", "pages_total", "id");
CREATE INDEX "job_by_seconds" ON "app_job" ("owner_id", "deleted_at", "seconds", "id");
CREATE INDEX "job_by_starred" ON "app_job" ("owner_id", "deleted_at", "starred", "id", "status", "confidence", "created_at", "language_used", "engine_used", "engine");
CREATE INDEX "job_by_status" ON "app_job" ("owner_id", "deleted_at", "status", "id", "starred", "confidence", "created_at", "language_used", "engine_used", "engine");
CREATE INDEX "job_by_tags" ON "app_job" ("owner_id", "deleted_at", (substr(CAST("tags" AS text), 1, 60)), "id");
CREATE INDEX "job_by_text" ON "app_job" ("owner_id", "deleted_at", (substr(CAST("text" AS text), 1, 60)), "id");
CREATE INDEX "job_by_title" ON "app_job" ("owner_id", "deleted_at", "title", "id");
CREATE INDEX "job_by_updated_at" ON "app_job" ("owner_id", "deleted_at", "updated_at", "id");
CREATE INDEX "job_by_visitor" ON "app_job" ("visitor", "owner_id", "deleted_at", "id");
CREATE INDEX "job_by_words" ON "app_job" ("owner_id", "deleted_at", "words", "id");
CREATE INDEX "job_leases" ON "app_job" ("lease_expires") WHERE "status" = 'running';
CREATE INDEX "job_previews" ON "app_job" ("id") WHERE (NOT "previewed" AND "status" = 'done');
CREATE INDEX "job_queue" ON "app_job" ("priority", "turn", "id") WHERE "status" = 'queued';
CREATE INDEX "job_running" ON "app_job" ("status", "owner_id", "visitor") WHERE "status" = 'running';
CREATE INDEX "job_trashed" ON "app_job" ("deleted_at") WHERE "deleted_at" IS NOT NULL;
CREATE INDEX "job_turns" ON "app_job" ("owner_id", "visitor", "turn") WHERE "status" = 'queued';
CREATE INDEX "search_jobs" ON "app_searchtext" ("id", "job_id");
CREATE INDEX "upload_same_bytes" ON "app_upload" ("sha256", "owner_id");
CREATE INDEX "upload_sizes" ON "app_upload" ("owner_id", "size");
CREATE INDEX "webhook_due" ON "app_webhook" ("next_at") WHERE "status" = 'pending';
CREATE TRIGGER app_search_delete AFTER DELETE ON app_searchtext
    WHEN old.scope IS NOT NULL BEGIN
        INSERT INTO app_search(app_search, rowid, text) VALUES ('delete', (old.scope << 32) | old.id, old.text);
    END;
CREATE TRIGGER app_search_insert AFTER INSERT ON app_searchtext
    WHEN new.scope IS NOT NULL BEGIN
        INSERT INTO app_search(rowid, text) VALUES ((new.scope << 32) | new.id, new.text);
    END;
CREATE TRIGGER app_search_update AFTER UPDATE OF scope, text ON app_searchtext
    WHEN old.scope IS NOT new.scope OR old.text IS NOT new.text BEGIN
        INSERT INTO app_search(app_search, rowid, text) SELECT 'delete', (old.scope << 32) | old.id, old.text WHERE old.scope IS NOT NULL;
        INSERT INTO app_search(rowid, text) SELECT (new.scope << 32) | new.id, new.text WHERE new.scope IS NOT NULL;
    END;
