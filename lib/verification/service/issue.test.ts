import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { mailboxOf } from '@/lib/mail/model';
import { db } from '@/lib/platform/db/client';
import type { ErrorDetails } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import type { Project } from '@/lib/project/model';
import { codeAndLink, lastMailTo, readOutbox } from '@/testing/outbox';
import { CHROME, makePerson, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { beginCodeStepUp, beginEmailChange, beginSignIn, type ClientContext, finishSignInWithCode } from '../service';

const START = new Date('2026-03-01T12:00:00.000Z');
const HOME = '198.51.100.1';
const STRANGER = '203.0.113.66';
let project: Project;

type From = { browserHash?: string; address?: string; isFamiliar?: boolean };

const at = (seconds: number) => vi.setSystemTime(START.getTime() + seconds * 1000);
const visit = (address = HOME): ClientContext => ({
  projectId: project.id,
  origin: project.origin,
  requestId: newId(),
  address,
});
const begin = (email: string, { browserHash = newId(), address, isFamiliar }: From = {}) =>
  beginSignIn(visit(address), { address: email, browserHash, isFamiliar, locale: 'en' });
/** Outcome of a request: `mailed`, or the refusal. */
const ask = (email: string, from?: From) =>
  begin(email, from).then(
    () => 'mailed',
    ({ code, details }: { code: string; details: ErrorDetails }) => `${code} ${details.retryAfterSeconds}`,
  );
const askOften = async (times: number, email: string, from?: From) => {
  const outcomes = [];
  for (let n = 0; n < times; n++) outcomes.push(await ask(email, from));
  return outcomes;
};
const many = (times: number, outcome: string) => Array.from({ length: times }, () => outcome);
const known = async () => (await makePerson(project)).identifiers[0] ?? '';
const unknown = async () => `nobody-${newId()}@example.com`;

beforeAll(async () => {
  project = await makeProject();
});
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: START });
  await (await db()).rateLimit.deleteMany();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Any number of addresses in one mailbox. */
const tagged = (email: string, index: number) => email.replace('@', `+${index}@`);

// Equal for addresses without an account: refusals reveal nothing.
describe.each([
  ['with an account', known],
  ['without an account', unknown],
])('for an address %s', (_, make) => {
  test('one browser may have three unanswered mails in 15 minutes', async () => {
    const [email, browserHash] = [await make(), newId()];
    for (let minutes = 0; minutes < 3; minutes++) {
      at(minutes * 60);
      expect(await ask(email, { browserHash })).toBe('mailed');
    }
    at(200);
    expect(await ask(email, { browserHash })).toBe('rate_limited 700');
    at(900);
    expect(await askOften(2, email, { browserHash })).toEqual(['mailed', 'rate_limited 60']);
  });

  test('other +tags add no mails to its mailbox', async () => {
    const [email, browserHash] = [await make(), newId()];
    const outcomes = [];
    for (let tag = 0; tag < 4; tag++) outcomes.push(await ask(tagged(email, tag), { browserHash }));
    expect(outcomes).toEqual([...many(3, 'mailed'), 'rate_limited 900']);
    for (let tag = 0; tag < 40; tag++) await ask(tagged(email, tag), { address: `192.0.2.${tag % 8}` });
    expect(await ask(email, { address: STRANGER })).toBe('rate_limited 3600');
    const addresses = (await readOutbox()).map(({ mail }) => mail.to);
    expect(addresses.filter((to) => mailboxOf(to) === email)).toHaveLength(20);
  });

  test("a stranger does not use up its owner's share, in the same network or elsewhere", async () => {
    const [email, browserHash] = [await make(), newId()];
    expect(await askOften(6, email, { address: HOME })).toEqual(many(6, 'mailed'));
    const stranger = { address: STRANGER, browserHash: newId() };
    expect(await askOften(9, email, stranger)).toEqual([...many(3, 'mailed'), ...many(6, 'rate_limited 900')]);
    expect(await askOften(4, email, { browserHash })).toEqual([...many(3, 'mailed'), 'rate_limited 900']);
  });

  test('a stranger with a new browser per request is limited to twelve an hour, without affecting others', async () => {
    const email = await make();
    at(1);
    const outcomes = await askOften(14, email, { address: STRANGER });
    expect(outcomes).toEqual([...many(12, 'mailed'), ...many(2, 'rate_limited 3600')]);
    expect(await askOften(3, email, { browserHash: newId() })).toEqual(many(3, 'mailed'));
    at(3601);
    expect(await ask(email, { address: STRANGER })).toBe('mailed');
  });

  test('strangers everywhere leave a share to familiar browsers, and no mailbox gets more than thirty', async () => {
    const email = await make();
    for (let network = 0; network < 5; network++) await askOften(5, email, { address: `192.0.2.${network}` });
    expect(await ask(email)).toBe('rate_limited 3600');
    const browserHash = newId();
    expect(await askOften(4, email, { browserHash, isFamiliar: true })).toEqual([
      ...many(3, 'mailed'),
      'rate_limited 900',
    ]);
    const others = await askOften(9, email, { isFamiliar: true });
    expect(others).toEqual([...many(7, 'mailed'), ...many(2, 'rate_limited 3600')]);
    expect(await (await db()).verification.count({ where: { address: email } })).toBe(30);
    at(3600);
    expect(await ask(email)).toBe('mailed');
  });

  test('one network does not use up the share of others', async () => {
    const email = await make();
    await Promise.all(Array.from({ length: 40 }, () => ask(email, { address: STRANGER })));
    expect(await (await db()).verification.count({ where: { address: email } })).toBe(12);
    expect(await askOften(8, email)).toEqual(many(8, 'mailed'));
  });

  test('concurrent requests do not exceed the limit', async () => {
    const email = await make();
    await Promise.all(Array.from({ length: 40 }, (_, index) => ask(email, { address: `192.0.2.${index % 8}` })));
    await Promise.all(Array.from({ length: 20 }, () => ask(email, { isFamiliar: true })));
    expect(await (await db()).verification.count({ where: { address: email } })).toBe(30);
  });
});

test('answered mails do not count for a browser', async () => {
  const [email, browserHash] = [await known(), newId()];
  for (let signIns = 0; signIns < 6; signIns++) {
    await begin(email, { browserHash });
    const { code } = codeAndLink(await lastMailTo(email));
    await finishSignInWithCode(visit(), { code, browserHash, userAgent: CHROME });
  }
});

test("a signed-in person can step up regardless of strangers' requests", async () => {
  const proof = await signIn(project, await makePerson(project));
  const [email = ''] = proof.identity.identifiers;
  for (let network = 0; network < 5; network++) await askOften(5, email, { address: `192.0.2.${network}` });
  const pending = await beginCodeStepUp(visit(), proof, { browserHash: newId(), locale: 'en' });
  expect(pending).toMatchObject({ address: email, hasCode: true });
});

test('a signed-in person cannot flood an address by changing theirs to it', async () => {
  const email = await known();
  for (let people = 0; people < 13; people++) {
    const proof = await signIn(project, await makePerson(project));
    const change = beginEmailChange(visit(), proof, { address: email, browserHash: newId(), locale: 'en' });
    if (people < 12) await change;
    else await expect(change).rejects.toMatchObject({ code: 'rate_limited', details: { retryAfterSeconds: 3600 } });
  }
});
