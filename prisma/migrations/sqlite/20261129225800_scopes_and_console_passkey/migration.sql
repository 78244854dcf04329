-- AlterTable
ALTER TABLE "ApiCredential" ADD COLUMN "scopes" TEXT NOT NULL DEFAULT '[]';

-- AlterTable
ALTER TABLE "Organization" ADD COLUMN "consoleNeedsPasskey" BOOLEAN NOT NULL DEFAULT false;

-- Each existing credential keeps exactly what its permission allowed: what `full` allowed included recovery links, codes and
-- passkeys, which have scopes of their own now. Anything but `full` was read only.
UPDATE "ApiCredential" SET "scopes" = CASE "permission"
  WHEN 'full' THEN '["identities:read","identities:write","credentials:read","credentials:write","sessions:read","sessions:write","recovery:write","schemas:write","audit:read"]'
  ELSE '["identities:read","credentials:read","sessions:read","audit:read"]'
END;
