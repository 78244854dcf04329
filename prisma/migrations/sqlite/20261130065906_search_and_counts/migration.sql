-- DropIndex: the index of trigrams below replaces both.
DROP INDEX "Identity_name_search_idx";
DROP INDEX "Identity_created_search_idx";

-- CreateIndex
CREATE INDEX "Identity_projectId_id_idx" ON "Identity"("projectId", "id");

-- CreateIndex
CREATE INDEX "Identity_projectId_sortName_id_idx" ON "Identity"("projectId", "sortName", "id");

-- Most events belong to no organization.
DROP INDEX "AuditEvent_organizationId_id_idx";
CREATE INDEX "AuditEvent_organization_idx" ON "AuditEvent"("organizationId", "id") WHERE "organizationId" IS NOT NULL;

-- CreateTable
CREATE TABLE "IdentityCount" (
    "projectId" TEXT NOT NULL,
    "part" BIGINT NOT NULL,
    "count" INTEGER NOT NULL,

    PRIMARY KEY ("projectId", "part")
);

-- The number of identities of each project: part 0 alone, because SQLite has one writer at a time.
INSERT INTO "IdentityCount" ("projectId", "part", "count") SELECT "projectId", 0, count(*) FROM "Identity" GROUP BY "projectId";

CREATE TRIGGER "Identity_counted" AFTER INSERT ON "Identity" BEGIN
    INSERT INTO "IdentityCount" ("projectId", "part", "count") VALUES (new."projectId", 0, 1)
    ON CONFLICT DO UPDATE SET "count" = "count" + 1;
END;

CREATE TRIGGER "Identity_discounted" AFTER DELETE ON "Identity" BEGIN
    UPDATE "IdentityCount" SET "count" = "count" - 1 WHERE "projectId" = old."projectId" AND "part" = 0;
END;

CREATE TRIGGER "Project_uncounted" AFTER DELETE ON "Project" BEGIN
    DELETE FROM "IdentityCount" WHERE "projectId" = old."id";
END;

-- The trigrams of each identity's search text, by rowid of "Identity". It keeps no text and no positions: it yields candidates, and a
-- search compares the search text of each. The text begins with three private-use characters that stand for the project (nine
-- hexadecimal digits of its ID), so that a search can stay within it.
CREATE VIRTUAL TABLE "IdentitySearch" USING fts5("text", content='', contentless_delete=1, detail=none, tokenize='trigram case_sensitive 1');

INSERT INTO "IdentitySearch" ("rowid", "text")
SELECT "rowid", char(57344 + 256 * instr('0123456789abcdef', substr("projectId", 28, 1)) + 16 * instr('0123456789abcdef', substr("projectId", 29, 1)) + instr('0123456789abcdef', substr("projectId", 30, 1)),
      57344 + 256 * instr('0123456789abcdef', substr("projectId", 31, 1)) + 16 * instr('0123456789abcdef', substr("projectId", 32, 1)) + instr('0123456789abcdef', substr("projectId", 33, 1)),
      57344 + 256 * instr('0123456789abcdef', substr("projectId", 34, 1)) + 16 * instr('0123456789abcdef', substr("projectId", 35, 1)) + instr('0123456789abcdef', substr("projectId", 36, 1))) || "searchText"
FROM "Identity";

-- An index entry of its own would multiply the cost of a write: changed rows wait here, and every 256th change enters them all. A search
-- looks through those that wait.
CREATE TABLE "IdentitySearchQueue" ("position" INTEGER PRIMARY KEY, "rowOfIdentity" INTEGER NOT NULL);

CREATE TRIGGER "Identity_search_inserted" AFTER INSERT ON "Identity" BEGIN
    INSERT INTO "IdentitySearchQueue" ("rowOfIdentity") VALUES (new."rowid");
END;

CREATE TRIGGER "Identity_search_updated" AFTER UPDATE OF "searchText" ON "Identity" WHEN new."searchText" <> old."searchText" BEGIN
    INSERT INTO "IdentitySearchQueue" ("rowOfIdentity") VALUES (new."rowid");
END;

CREATE TRIGGER "Identity_search_deleted" AFTER DELETE ON "Identity" BEGIN
    INSERT INTO "IdentitySearchQueue" ("rowOfIdentity") VALUES (old."rowid");
END;

CREATE TRIGGER "IdentitySearchQueue_entered" AFTER INSERT ON "IdentitySearchQueue" WHEN new."position" >= 256 BEGIN
    DELETE FROM "IdentitySearch" WHERE "rowid" IN (SELECT "rowOfIdentity" FROM "IdentitySearchQueue");
    INSERT INTO "IdentitySearch" ("rowid", "text")
    SELECT "rowid", char(57344 + 256 * instr('0123456789abcdef', substr("projectId", 28, 1)) + 16 * instr('0123456789abcdef', substr("projectId", 29, 1)) + instr('0123456789abcdef', substr("projectId", 30, 1)),
      57344 + 256 * instr('0123456789abcdef', substr("projectId", 31, 1)) + 16 * instr('0123456789abcdef', substr("projectId", 32, 1)) + instr('0123456789abcdef', substr("projectId", 33, 1)),
      57344 + 256 * instr('0123456789abcdef', substr("projectId", 34, 1)) + 16 * instr('0123456789abcdef', substr("projectId", 35, 1)) + instr('0123456789abcdef', substr("projectId", 36, 1))) || "searchText"
    FROM "Identity" WHERE "rowid" IN (SELECT "rowOfIdentity" FROM "IdentitySearchQueue");
    DELETE FROM "IdentitySearchQueue";
END;
