import { beforeAll, describe, expect, test } from 'vitest';
import { toIdentityFilter } from '@/lib/identity/contract';
import { emailOf } from '@/lib/identity/model';
import {
  changeIdentity,
  createIdentity,
  deleteIdentity,
  describeDisplaced,
  findIdentityByIdentifier,
  getIdentity,
  listByOffset,
  listDisplacedIdentities,
} from '@/lib/identity/service';
import { cliActor } from '@/lib/platform/actor';
import { migrate, pendingMigrations } from '@/lib/platform/db/migrate';
import { STEPS } from '@/lib/platform/db/steps';
import { newId } from '@/lib/platform/ids';
import { hmac } from '@/lib/platform/secret';
import { getProject } from '@/lib/project/service';
import { beginSignIn } from '@/lib/verification/service';
import { readOutbox } from '@/testing/outbox';
import { ADDRESS } from '@/testing/people';
import { execute, type Upgrade, upgradeFixture } from '@/testing/upgraded';

/** This migration compares domains as A-labels; 0.1.0 stored them as typed. */
const MANY = 1100;
const stepName = Object.keys(STEPS).find((name) => name.endsWith('_ascii_domains')) ?? '';
let upgrade: Upgrade;
let stops: string[];
const shop = () => upgrade.known.shop;
const home = () => upgrade.known.home;

beforeAll(async () => {
  stops = [];
  upgrade = await upgradeFixture(async (url, { home: { projectId, ids } }) => {
    await execute(url, manyIdentifiers(projectId, ids.jane ?? ''));
    await stopAfterEachPiece(url);
  });
});

/** Interrupts each start one piece later than the last, until a start completes. */
async function stopAfterEachPiece(url: string): Promise<void> {
  for (;;) {
    const outcome = await migrate(url, {
      onProgress: (name, rows) => {
        throw new Error(`${name} ${rows}`);
      },
    }).catch((error: Error) => error.message);
    if (typeof outcome === 'number') return;
    stops.push(outcome);
    expect((await pendingMigrations(url))?.[0]).toBe(stepName);
  }
}

function manyIdentifiers(projectId: string, identityId: string): string {
  const rows = Array.from({ length: MANY }, (_, at) => {
    const value = `many${at}@bücher${at}.example`;
    return `('${newId()}', '${projectId}', '${identityId}', '${value}', '2026-11-20 12:00:00')`;
  });
  return `INSERT INTO "Identifier" ("id", "projectId", "identityId", "value", "createdAt") VALUES ${rows.join(', ')}`;
}

const find = (address: string, projectId = shop().projectId) => findIdentityByIdentifier(projectId, address);
const filtered = async (query: Parameters<typeof toIdentityFilter>[0]) =>
  (await listByOffset(shop().projectId, toIdentityFilter(query), 0, 100)).map(({ id }) => id);
const visit = async (projectId: string) => {
  const { origin } = await getProject(projectId);
  return { projectId, origin, requestId: newId(), address: ADDRESS };
};

describe('an interrupted step', () => {
  test('resumes where the previous start stopped', async () => {
    expect(stops.length).toBeGreaterThanOrEqual(3);
    expect(new Set(stops).size).toBe(stops.length);
    expect(await pendingMigrations(upgrade.url)).toEqual([]);
    expect(await migrate(upgrade.url)).toBe(0);
  });

  test('leaves no identifier in the old form', async () => {
    const values = (await upgrade.rowsOf('Identifier')).map(({ value }) => String(value));
    expect(values.filter((value) => value.startsWith('many') && value.includes('@xn--bcher'))).toHaveLength(MANY);
    expect(values.filter((value) => /@.*[^\0-\x7f]/.test(value))).toEqual([]);
  });
});

describe('every form of an address finds the same identity', () => {
  test.each([
    ['Anna@MÜNCHEN.example', 'anna'],
    ['anna@xn--mnchen-3ya.example', 'anna'],
    ['anna@mu\u0308nchen.example', 'anna'],
    ['bertha@bücher.example', 'bertha'],
    ['faß@straße.example', 'sharp'],
    ['fass@strasse.example', 'double'],
    ['dora@例え.テスト', 'dots'],
    ['ｗｉｄｅ@example.com', 'wide'],
    ['attacker@xn--mnchen-3ya.example', 'hidden'],
    ['JustAName', 'nameOnly'],
    ['broken@-x-..example', 'broken'],
  ])('%s is %s', async (typed, key) => {
    expect((await find(typed))?.id).toBe(shop().ids[key]);
  });

  test('an identity stored with an A-label is found by the Unicode form', async () => {
    expect((await find('info@MÜNCHEN.example', home().projectId))?.id).toBe(home().ids.alabel);
  });

  test('and receives mail', async () => {
    await beginSignIn(await visit(home().projectId), {
      address: 'Info@München.example',
      browserHash: 'b',
      locale: 'en',
    });
    const sent = (await readOutbox()).at(-1);
    expect([sent?.mail.to, sent?.isDiscarded]).toEqual(['info@xn--mnchen-3ya.example', false]);
  });

  test('another identity cannot take the address in another form', async () => {
    const actor = cliActor(home().projectId);
    const traits = { email: 'info@münchen.example' };
    await expect(createIdentity(actor, { traits })).rejects.toMatchObject({ code: 'identifier_taken' });
  });

  test('the trait keeps the typed form', async () => {
    const { traits } = await getIdentity(shop().projectId, shop().ids.anna ?? '');
    expect(traits.email).toBe('Anna@MÜNCHEN.example');
  });

  test.each([
    ['credentials_identifier', 'ANNA@münchen.example'],
    ['credentials_identifier', 'anna@xn--mnchen-3ya.example'],
    ['preview_credentials_identifier_similar', 'anna@mün'],
    ['preview_credentials_identifier_similar', 'anna@xn--mn'],
    ['q', 'anna@münchen'],
    ['q', 'xn--mnchen'],
  ])('%s=%s', async (name, value) => {
    expect(await filtered({ [name]: [value] })).toContain(shop().ids.anna);
    expect(await filtered({ [name]: ['anna@strasse'] })).not.toContain(shop().ids.anna);
  });
});

describe('two identities whose addresses become equal', () => {
  const younger = () => getIdentity(shop().projectId, shop().ids.annaTwin ?? '');

  test('both remain, the younger without that identifier but with an address for mail', async () => {
    const { identifiers, traits, ...identity } = await younger();
    expect(identifiers).toEqual(['anna2']);
    expect(traits).toEqual({ email: 'anna@xn--mnchen-3ya.example', login: 'anna2' });
    expect(emailOf(identity)).toBe('anna@xn--mnchen-3ya.example');
  });

  test('are listed, without the address', async () => {
    const listed = await listDisplacedIdentities();
    const { annaTwin, berthaTwin, anna, bertha } = shop().ids;
    expect(listed.map(({ identityId, holderId }) => [identityId, holderId]).sort()).toEqual(
      [
        [annaTwin, anna],
        [berthaTwin, bertha],
      ].sort(),
    );
    expect(listed.map(describeDisplaced).join()).not.toContain('@');
  });

  test('the younger can be updated', async () => {
    const change = { traits: { email: 'anna@xn--mnchen-3ya.example', login: 'anna2', name: 'Anna the second' } };
    const changed = await changeIdentity(cliActor(shop().projectId), shop().ids.annaTwin ?? '', () => change);
    expect(changed.identifiers).toEqual(['anna2']);
    expect((await find('anna@münchen.example'))?.id).toBe(shop().ids.anna);
  });

  test('the younger regains the address once the older is deleted', async () => {
    await deleteIdentity(cliActor(shop().projectId), shop().ids.anna ?? '');
    const change = { metadataPublic: { seen: true } };
    await changeIdentity(cliActor(shop().projectId), shop().ids.annaTwin ?? '', () => change);
    expect((await find('anna@münchen.example'))?.id).toBe(shop().ids.annaTwin);
    expect((await listDisplacedIdentities()).map(({ identityId }) => identityId)).toEqual([shop().ids.berthaTwin]);
  });
});

describe('pending flows', () => {
  test('codes and invitations have the A-label', async () => {
    for (const [table, column] of [
      ['Verification', 'address'],
      ['Invitation', 'email'],
    ] as const) {
      const rows = await upgrade.rowsOf(table);
      expect(rows.filter((row) => /@.*[^\0-\x7f]/.test(String(row[column])))).toEqual([]);
    }
  });

  test('rate limits of an address continue under its new form, the counts of both forms added', async () => {
    const hitsOf = async (address: string) => {
      const key = hmac('rate-limit', `code-mail-address\0${shop().projectId}\0${address}`);
      const rows = await upgrade.rowsOf('RateLimit');
      return rows.filter(({ id }) => id === `code-mail-address:3600:${key}`).map(({ count }) => Number(count));
    };
    expect(await hitsOf('newer@bücher.example')).toEqual([]);
    expect(await hitsOf('newer@xn--bcher-kva.example')).toEqual([1]);
    expect(await hitsOf('anna@xn--mnchen-3ya.example')).toEqual([2]);
  });
});
