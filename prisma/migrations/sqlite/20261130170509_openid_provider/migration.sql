-- CreateTable
CREATE TABLE "Application" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "projectId" TEXT NOT NULL,
    "clientId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "template" TEXT,
    "redirectUris" TEXT NOT NULL,
    "postLogoutRedirectUris" TEXT NOT NULL DEFAULT '[]',
    "logoutUri" TEXT,
    "launchUrl" TEXT,
    "logoHash" TEXT,
    "scopes" TEXT NOT NULL,
    "audiences" TEXT NOT NULL DEFAULT '[]',
    "consent" TEXT NOT NULL DEFAULT 'ask',
    "access" TEXT NOT NULL DEFAULT 'everybody',
    "requiresPkce" BOOLEAN NOT NULL DEFAULT true,
    "accessTokenSeconds" INTEGER NOT NULL DEFAULT 600,
    "refreshIdleSeconds" INTEGER NOT NULL DEFAULT 2592000,
    "refreshLifetimeSeconds" INTEGER NOT NULL DEFAULT 15552000,
    "disabledAt" DATETIME,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "Application_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ApplicationSecret" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "projectId" TEXT NOT NULL,
    "applicationId" TEXT NOT NULL,
    "name" TEXT,
    "hash" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME,
    "lastUsedAt" DATETIME,
    CONSTRAINT "ApplicationSecret_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ApplicationLogo" (
    "applicationId" TEXT NOT NULL PRIMARY KEY,
    "projectId" TEXT NOT NULL,
    "mediaType" TEXT NOT NULL,
    "bytes" BLOB NOT NULL,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "ApplicationLogo_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Group" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "projectId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "foldedName" TEXT NOT NULL,
    "description" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "Group_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "GroupMember" (
    "groupId" TEXT NOT NULL,
    "identityId" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,

    PRIMARY KEY ("groupId", "identityId"),
    CONSTRAINT "GroupMember_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "Group" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "GroupMember_identityId_fkey" FOREIGN KEY ("identityId") REFERENCES "Identity" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ApplicationGroup" (
    "applicationId" TEXT NOT NULL,
    "groupId" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,

    PRIMARY KEY ("applicationId", "groupId"),
    CONSTRAINT "ApplicationGroup_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "ApplicationGroup_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "Group" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ClaimMapping" (
    "projectId" TEXT NOT NULL PRIMARY KEY,
    "claims" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "ClaimMapping_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Grant" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "projectId" TEXT NOT NULL,
    "applicationId" TEXT NOT NULL,
    "identityId" TEXT NOT NULL,
    "scopes" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "Grant_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Grant_identityId_fkey" FOREIGN KEY ("identityId") REFERENCES "Identity" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "AuthorizationRequest" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "projectId" TEXT NOT NULL,
    "applicationId" TEXT NOT NULL,
    "parameters" TEXT NOT NULL,
    "isPushed" BOOLEAN NOT NULL,
    "browserHash" TEXT,
    "askedAt" DATETIME,
    "allowedBy" TEXT,
    "allowedEpoch" INTEGER,
    "deniedAt" DATETIME,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "consumedAt" DATETIME,
    CONSTRAINT "AuthorizationRequest_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ApplicationSession" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "projectId" TEXT NOT NULL,
    "applicationId" TEXT NOT NULL,
    "identityId" TEXT NOT NULL,
    "sessionId" TEXT,
    "revocationEpoch" INTEGER NOT NULL,
    "authenticatedAt" DATETIME NOT NULL,
    "method" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "endedAt" DATETIME,
    CONSTRAINT "ApplicationSession_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "ApplicationSession_identityId_fkey" FOREIGN KEY ("identityId") REFERENCES "Identity" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "ApplicationSession_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "Session" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "AuthorizationCode" (
    "hash" TEXT NOT NULL PRIMARY KEY,
    "projectId" TEXT NOT NULL,
    "applicationSessionId" TEXT NOT NULL,
    "redirectUri" TEXT NOT NULL,
    "challenge" TEXT,
    "nonce" TEXT,
    "scopes" TEXT NOT NULL,
    "audiences" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "consumedAt" DATETIME,
    "familyId" TEXT,
    CONSTRAINT "AuthorizationCode_applicationSessionId_fkey" FOREIGN KEY ("applicationSessionId") REFERENCES "ApplicationSession" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "TokenFamily" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "projectId" TEXT NOT NULL,
    "applicationSessionId" TEXT NOT NULL,
    "scopes" TEXT NOT NULL,
    "audiences" TEXT NOT NULL,
    "isOffline" BOOLEAN NOT NULL,
    "generation" INTEGER NOT NULL,
    "salt" TEXT NOT NULL,
    "rotatedAt" DATETIME,
    "idleEndsAt" DATETIME NOT NULL,
    "endsAt" DATETIME NOT NULL,
    "endedAt" DATETIME,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "TokenFamily_applicationSessionId_fkey" FOREIGN KEY ("applicationSessionId") REFERENCES "ApplicationSession" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "LogoutNotice" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "projectId" TEXT NOT NULL,
    "applicationId" TEXT,
    "payload" TEXT,
    "attempts" INTEGER NOT NULL,
    "nextAttemptAt" DATETIME NOT NULL,
    "claimedUntil" DATETIME,
    "sentAt" DATETIME,
    "failedAt" DATETIME,
    "lastError" TEXT,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "LogoutNotice_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "LogoutNotice_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- AlterTable
ALTER TABLE "SigningKey" ADD COLUMN "purpose" TEXT NOT NULL DEFAULT 'access_token';

-- CreateIndex
CREATE UNIQUE INDEX "Application_clientId_key" ON "Application"("clientId");

-- CreateIndex
CREATE INDEX "Application_projectId_id_idx" ON "Application"("projectId", "id");

-- CreateIndex
CREATE INDEX "ApplicationSecret_applicationId_idx" ON "ApplicationSecret"("applicationId");

-- CreateIndex
CREATE INDEX "ApplicationSecret_projectId_idx" ON "ApplicationSecret"("projectId");

-- CreateIndex
CREATE INDEX "ApplicationLogo_projectId_idx" ON "ApplicationLogo"("projectId");

-- CreateIndex
CREATE INDEX "Group_projectId_id_idx" ON "Group"("projectId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Group_projectId_foldedName_key" ON "Group"("projectId", "foldedName");

-- CreateIndex
CREATE INDEX "GroupMember_identityId_idx" ON "GroupMember"("identityId");

-- CreateIndex
CREATE INDEX "GroupMember_projectId_idx" ON "GroupMember"("projectId");

-- CreateIndex
CREATE INDEX "ApplicationGroup_groupId_idx" ON "ApplicationGroup"("groupId");

-- CreateIndex
CREATE INDEX "ApplicationGroup_projectId_idx" ON "ApplicationGroup"("projectId");

-- CreateIndex
CREATE INDEX "Grant_identityId_idx" ON "Grant"("identityId");

-- CreateIndex
CREATE INDEX "Grant_projectId_idx" ON "Grant"("projectId");

-- CreateIndex
CREATE UNIQUE INDEX "Grant_applicationId_identityId_key" ON "Grant"("applicationId", "identityId");

-- CreateIndex
CREATE INDEX "AuthorizationRequest_applicationId_idx" ON "AuthorizationRequest"("applicationId");

-- CreateIndex
CREATE INDEX "AuthorizationRequest_expiresAt_idx" ON "AuthorizationRequest"("expiresAt");

-- CreateIndex
CREATE INDEX "AuthorizationRequest_projectId_idx" ON "AuthorizationRequest"("projectId");

-- CreateIndex
CREATE INDEX "ApplicationSession_identityId_idx" ON "ApplicationSession"("identityId");

-- CreateIndex
CREATE INDEX "ApplicationSession_applicationId_id_idx" ON "ApplicationSession"("applicationId", "id");

-- CreateIndex
CREATE INDEX "ApplicationSession_projectId_idx" ON "ApplicationSession"("projectId");

-- CreateIndex
CREATE UNIQUE INDEX "ApplicationSession_sessionId_applicationId_key" ON "ApplicationSession"("sessionId", "applicationId");

-- CreateIndex
CREATE INDEX "AuthorizationCode_applicationSessionId_idx" ON "AuthorizationCode"("applicationSessionId");

-- CreateIndex
CREATE INDEX "AuthorizationCode_expiresAt_idx" ON "AuthorizationCode"("expiresAt");

-- CreateIndex
CREATE INDEX "AuthorizationCode_projectId_idx" ON "AuthorizationCode"("projectId");

-- CreateIndex
CREATE INDEX "TokenFamily_applicationSessionId_idx" ON "TokenFamily"("applicationSessionId");

-- CreateIndex
CREATE INDEX "TokenFamily_endsAt_idx" ON "TokenFamily"("endsAt");

-- CreateIndex
CREATE INDEX "TokenFamily_idleEndsAt_idx" ON "TokenFamily"("idleEndsAt");

-- CreateIndex
CREATE INDEX "TokenFamily_projectId_idx" ON "TokenFamily"("projectId");

-- CreateIndex
CREATE INDEX "LogoutNotice_sentAt_failedAt_nextAttemptAt_idx" ON "LogoutNotice"("sentAt", "failedAt", "nextAttemptAt");

-- CreateIndex
CREATE INDEX "LogoutNotice_applicationId_id_idx" ON "LogoutNotice"("applicationId", "id");

-- CreateIndex
CREATE INDEX "LogoutNotice_projectId_idx" ON "LogoutNotice"("projectId");

-- CreateIndex
CREATE INDEX "SigningKey_projectId_purpose_state_idx" ON "SigningKey"("projectId", "purpose", "state");
