-- DropIndex
DROP INDEX "Identity_created_search_idx";

-- DropIndex
DROP INDEX "Identity_name_search_idx";

-- Most events belong to no organization.
DROP INDEX "AuditEvent_organizationId_id_idx";
CREATE INDEX "AuditEvent_organization_idx" ON "AuditEvent"("organizationId", "id") WHERE "organizationId" IS NOT NULL;

-- CreateTable
CREATE TABLE "IdentityCount" (
    "projectId" TEXT NOT NULL,
    "part" BIGINT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "IdentityCount_pkey" PRIMARY KEY ("projectId","part")
);

-- CreateIndex
CREATE INDEX "Identity_projectId_id_idx" ON "Identity"("projectId", "id");

-- CreateIndex
CREATE INDEX "Identity_projectId_sortName_id_idx" ON "Identity"("projectId", "sortName", "id");

-- The number of identities of each project. One row would make writers wait for each other until they commit: each transaction adds a
-- part of its own, named by its ID, and a job adds the parts to part 0. The functions find the tables whatever a connection's search path.
CREATE FUNCTION "count_identities"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO "IdentityCount" AS c ("projectId", "part", "count")
    SELECT "projectId", pg_current_xact_id()::text::bigint, CASE TG_OP WHEN 'INSERT' THEN count(*) ELSE -count(*) END
    FROM changed GROUP BY "projectId"
    ON CONFLICT ("projectId", "part") DO UPDATE SET "count" = c."count" + EXCLUDED."count";
    RETURN NULL;
END $$;

CREATE FUNCTION "reset_identity_counts"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    DELETE FROM "IdentityCount";
    RETURN NULL;
END $$;

CREATE TRIGGER "Identity_counted" AFTER INSERT ON "Identity"
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "count_identities"();

CREATE TRIGGER "Identity_discounted" AFTER DELETE ON "Identity"
REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "count_identities"();

CREATE TRIGGER "Identity_truncated" AFTER TRUNCATE ON "Identity"
FOR EACH STATEMENT EXECUTE FUNCTION "reset_identity_counts"();

-- From here on no other transaction changes identities until this one commits.
INSERT INTO "IdentityCount" ("projectId", "part", "count") SELECT "projectId", 0, count(*) FROM "Identity" GROUP BY "projectId";
