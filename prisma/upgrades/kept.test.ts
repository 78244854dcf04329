import { beforeAll, describe, expect, test } from 'vitest';
import { authenticateClient } from '@/lib/api-credential/service';
import { getIdentity, listByOffset } from '@/lib/identity/service';
import { peekInvitation } from '@/lib/invitation/service';
import { newId } from '@/lib/platform/ids';
import { getProject } from '@/lib/project/service';
import { findSession } from '@/lib/session/service';
import { areKeysReadable, issueAccessToken, verifyAccessToken } from '@/lib/token/service';
import { findPendingRegistration, finishSignInWithCode, finishSignInWithLink } from '@/lib/verification/service';
import { readOutbox } from '@/testing/outbox';
import { ADDRESS, CHROME } from '@/testing/people';
import { type Row, signInWithKept, type Upgrade, upgradeFixture } from '@/testing/upgraded';

/**
 * Columns whose values a migration rewrites, and tables whose rows it removes or replaces. Such a migration is listed
 * here and has a test of its own for the result.
 */
const REWRITTEN: Record<string, string[]> = {
  // Domains are compared as A-labels: addresses.test.ts.
  Identity: ['searchText', 'sortName', 'version'],
  Identifier: ['value'],
  VerifiableAddress: ['value'],
  RecoveryAddress: ['value'],
  Verification: ['address'],
  Invitation: ['email'],
  RateLimit: ['count'],
};
const MAY_LOSE_ROWS = ['Identifier', 'RateLimit'];

let upgrade: Upgrade;
beforeAll(async () => {
  upgrade = await upgradeFixture();
});

const visit = async ({ projectId }: { projectId: string }) => {
  const { id, origin } = await getProject(projectId);
  return { projectId: id, origin, requestId: newId(), address: ADDRESS };
};

describe('rows of 0.1.0', () => {
  test('keep their values', async () => {
    for (const [table, before] of Object.entries(upgrade.before)) {
      const after = await upgrade.rowsOf(table);
      const now = new Map(after.map((row) => [keyOf(row), row]));
      for (const row of before) {
        const found = now.get(keyOf(row));
        if (MAY_LOSE_ROWS.includes(table) && !found) continue;
        expect(comparable(table, found, row), table).toEqual(comparable(table, row, row));
      }
    }
  });
});

/** The first two columns identify a row in every table. */
function keyOf(row: Row): string {
  return JSON.stringify(Object.values(row).slice(0, 2));
}

function comparable(table: string, row: Row | undefined, shape: Row): Row {
  const columns = Object.keys(shape).filter((column) => !REWRITTEN[table]?.includes(column));
  return Object.fromEntries(columns.map((column) => [column, row?.[column]]));
}

describe('data of 0.1.0 is readable', () => {
  test('identities of every project', async () => {
    const { home, shop } = upgrade.known;
    for (const { projectId, ids } of [home, shop]) {
      const listed = await listByOffset(projectId, {}, 0, 1000);
      expect(listed.map(({ id }) => id)).toEqual(expect.arrayContaining(Object.values(ids)));
    }
    const { operatorRoles, passkeyCount } = await getIdentity(home.projectId, home.ids.owner ?? '');
    expect([operatorRoles.map(({ role }) => role).includes('owner'), passkeyCount]).toEqual([true, 1]);
  });

  test('queued mails', async () => {
    const kinds = (await readOutbox()).map(({ mail }) => mail.kind);
    const waiting = upgrade.before.OutboxMail?.filter(({ payload }) => payload !== null) ?? [];
    expect(kinds.sort()).toEqual(waiting.map(({ kind }) => String(kind)).sort());
  });

  test('signing keys', async () => {
    for (const { projectId } of [upgrade.known.home, upgrade.known.shop])
      expect(await areKeysReadable(projectId)).toBe(true);
  });

  test('operator invitations', async () => {
    const { home, pending } = upgrade.known;
    const states = await Promise.all(
      Object.values(pending.invited).map(async (link) => {
        const token = new URL(link).searchParams.get('token') ?? '';
        return (await peekInvitation(home.projectId, token)).state;
      }),
    );
    expect(states).not.toContain('spent');
  });
});

describe('pending flows continue', () => {
  test('a mailed code', async () => {
    const { home, pending } = upgrade.known;
    const { code, browserHash } = pending.signInOfJane;
    const entered = await finishSignInWithCode(await visit(home), { code, browserHash, userAgent: CHROME });
    expect(entered?.identity.id).toBe(home.ids.jane);
    expect(entered?.returnTo).toBe('/console');
  });

  test('a mailed link', async () => {
    const { shop, pending } = upgrade.known;
    const { token, browserHash } = pending.signInOfAnna;
    const entered = await finishSignInWithLink(await visit(shop), { token, browserHash, userAgent: CHROME });
    expect(entered?.identity.id).toBe(shop.ids.anna);
  });

  test('a recovery link', async () => {
    const { home, pending } = upgrade.known;
    const token = new URL(pending.recovery.link).search.slice(1);
    const arrival = { token, browserHash: 'another', userAgent: CHROME };
    const entered = await finishSignInWithLink(await visit(home), arrival);
    expect(entered?.identity.id).toBe(home.ids.jane);
  });

  test('the registration step that asks for more traits', async () => {
    const { odd } = upgrade.known;
    const found = await findPendingRegistration(odd.openProjectId, 'browser-newcomer');
    expect(found?.address).toBe('newcomer@xn--bcher-kva.example');
  });

  test('a session', async () => {
    const { home, pending } = upgrade.known;
    expect(await findSession(home.projectId, pending.stepUp.sessionId)).not.toBeNull();
  });
});

describe('people and API clients sign in', () => {
  test.each(['owner', 'jane', 'hostile'])('%s with the passkey of 0.1.0', async (name) => {
    const { home } = upgrade.known;
    const identity = await signInWithKept(home, name);
    expect(identity.id).toBe(home.ids[name]);
  });

  test('an API client with its previous and its current secret', async () => {
    const { projectId, origin, full, read } = upgrade.known.home;
    const prove = ({ clientId, clientSecret }: typeof full, authMethod = 'client_secret_basic' as const) =>
      authenticateClient({ projectId, clientId, clientSecret, authMethod });
    for (const clientSecret of [full.clientSecret, full.newerSecret ?? '']) {
      const credential = await prove({ ...full, clientSecret });
      if ('reason' in credential) throw new Error(credential.reason);
      const granted = { scopes: ['openid' as const], audiences: [`${origin}/admin`] };
      const { accessToken } = await issueAccessToken({ projectId, origin }, credential, granted);
      const verified = await verifyAccessToken(await visit({ projectId }), accessToken);
      expect(verified?.scopes).toContain('identities:write');
    }
    expect(await prove(read)).toMatchObject({ reason: 'method', registered: 'client_secret_post' });
  });
});
