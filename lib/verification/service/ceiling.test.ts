import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { db } from '@/lib/platform/db/client';
import { resetEnv } from '@/lib/platform/env';
import { newId } from '@/lib/platform/ids';
import { metrics } from '@/lib/platform/metrics';
import type { Project } from '@/lib/project/model';
import { getProject } from '@/lib/project/service';
import { logLines } from '@/testing/log-lines';
import { readOutbox } from '@/testing/outbox';
import { makePerson, signIn } from '@/testing/people';
import { makeProject } from '@/testing/project';
import { beginEmailChange, beginSignIn, type ClientContext } from '../service';

const START = new Date('2026-03-01T12:00:00.000Z');
const PER_HOUR = 3;
let project: Project;

const at = (seconds: number) => vi.setSystemTime(START.getTime() + seconds * 1000);
const newcomer = () => `new-${newId()}@example.com`;
const visit = (): ClientContext => ({
  projectId: project.id,
  origin: project.origin,
  requestId: newId(),
  address: '203.0.113.7',
});
const ask = (address: string) => beginSignIn(visit(), { address, browserHash: newId(), locale: 'en' });
const askMany = async (count: number) => {
  const addresses = Array.from({ length: count }, newcomer);
  return { addresses, answers: await Promise.all(addresses.map(ask)) };
};
/** Those that the worker will mail. */
const mailed = async (addresses: string[]) =>
  (await readOutbox()).filter(({ mail, isDiscarded }) => !isDiscarded && addresses.includes(mail.to)).length;
const withheld = async () =>
  (await metrics().mails.get()).values.find(({ labels }) => labels.outcome === 'withheld')?.value ?? 0;

beforeEach(async () => {
  vi.stubEnv('NEWCOMER_MAILS_PER_HOUR', String(PER_HOUR));
  resetEnv();
  vi.useFakeTimers({ toFake: ['Date'], now: START });
  const { id } = await makeProject();
  await (await db()).project.update({ where: { id }, data: { registration: 'open' } });
  project = await getProject(id);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  resetEnv();
});

describe('mails to addresses without an account', () => {
  test('are limited per hour over all addresses, also concurrently; requests beyond get the same answer', async () => {
    vi.stubEnv('LOG_LEVEL', 'warn');
    resetEnv();
    const lines = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const before = await withheld();
    const { addresses, answers } = await askMany(8);
    expect(await mailed(addresses)).toBe(PER_HOUR);
    expect(new Set(answers.map(({ address: _, ...answer }) => JSON.stringify(answer))).size).toBe(1);
    expect((await withheld()) - before).toBe(8 - PER_HOUR);
    const warnings = (await logLines(lines)).filter((line) => JSON.stringify(line).includes('newcomer mail limit'));
    expect(warnings).toHaveLength(1);
    expect(JSON.stringify(warnings[0])).toContain(project.id);
    at(3600);
    expect(await mailed((await askMany(2)).addresses)).toBe(2);
  });

  test('are limited to five times as many per day, not counting those held back by the hour', async () => {
    let sent = 0;
    for (let hour = 0; hour < 8; hour++) {
      at(hour * 3600);
      sent += await mailed((await askMany(5)).addresses);
    }
    expect(sent).toBe(5 * PER_HOUR);
    at(86_400);
    expect(await mailed((await askMany(5)).addresses)).toBe(PER_HOUR);
  });

  test('do not count against existing accounts or other projects', async () => {
    await askMany(8);
    const [email = ''] = (await makePerson(project)).identifiers;
    await ask(email);
    expect(await mailed([email])).toBe(1);
    const other = await makeProject();
    await (await db()).project.update({ where: { id: other.id }, data: { registration: 'open' } });
    project = other;
    expect(await mailed((await askMany(8)).addresses)).toBe(PER_HOUR);
  });

  test('include the codes for another address', async () => {
    await askMany(PER_HOUR);
    const proof = await signIn(project, await makePerson(project));
    const change = async (address: string) => {
      await beginEmailChange(visit(), proof, { address, browserHash: newId(), locale: 'en' });
      return mailed([address]);
    };
    expect(await change(newcomer())).toBe(0);
    const [taken = ''] = (await makePerson(project)).identifiers;
    expect(await change(taken)).toBe(1);
  });
});
