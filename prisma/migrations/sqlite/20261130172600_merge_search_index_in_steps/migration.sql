-- FTS5 merges its segments by itself, but not in bounded steps: with many deleted rows, one write could take a second. Every 256th change
-- now merges at most 200 pages, which keeps up with the pages it writes.
INSERT INTO "IdentitySearch" ("IdentitySearch", "rank") VALUES ('automerge', 0);
INSERT INTO "IdentitySearch" ("IdentitySearch", "rank") VALUES ('crisismerge', 1999);
INSERT INTO "IdentitySearch" ("IdentitySearch", "rank") VALUES ('deletemerge', 0);

DROP TRIGGER "IdentitySearchQueue_entered";

CREATE TRIGGER "IdentitySearchQueue_entered" AFTER INSERT ON "IdentitySearchQueue" WHEN new."position" >= 256 BEGIN
    DELETE FROM "IdentitySearch" WHERE "rowid" IN (SELECT "rowOfIdentity" FROM "IdentitySearchQueue");
    INSERT INTO "IdentitySearch" ("rowid", "text")
    SELECT "rowid", char(57344 + 256 * instr('0123456789abcdef', substr("projectId", 28, 1)) + 16 * instr('0123456789abcdef', substr("projectId", 29, 1)) + instr('0123456789abcdef', substr("projectId", 30, 1)),
      57344 + 256 * instr('0123456789abcdef', substr("projectId", 31, 1)) + 16 * instr('0123456789abcdef', substr("projectId", 32, 1)) + instr('0123456789abcdef', substr("projectId", 33, 1)),
      57344 + 256 * instr('0123456789abcdef', substr("projectId", 34, 1)) + 16 * instr('0123456789abcdef', substr("projectId", 35, 1)) + instr('0123456789abcdef', substr("projectId", 36, 1))) || "searchText"
    FROM "Identity" WHERE "rowid" IN (SELECT "rowOfIdentity" FROM "IdentitySearchQueue");
    DELETE FROM "IdentitySearchQueue";
    INSERT INTO "IdentitySearch" ("IdentitySearch", "rank") VALUES ('merge', 200);
END;
