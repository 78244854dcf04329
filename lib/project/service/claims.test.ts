import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Actor, cliActor } from '@/lib/platform/actor';
import { db } from '@/lib/platform/db/client';
import { resetEnv } from '@/lib/platform/env';
import { newId } from '@/lib/platform/ids';
import { startDnsServer } from '@/testing/dns-server';
import { readEvents } from '@/testing/events';
import { makeProject } from '@/testing/project';
import type { Project } from '../model';
import { challengeRecord, hasUnreachableOrigin } from '../model/origin';
import * as projects from '../service';

let dns: Awaited<ReturnType<typeof startDnsServer>>;
let first: Project;
let project: Project;
let actor: Actor;

/** An operator of an organization other than the installation's. */
const operatorOf = ({ id }: Project): Actor => ({ ...cliActor(id), kind: 'operator', id: newId() });
const someHost = () => `${newId()}.example.com`;
const originsOf = async ({ id }: Project) => (await projects.listOrigins(id)).map(({ origin }) => origin);
const answersAt = async (host: string) => (await projects.findProjectByHost(host))?.id ?? null;
const refusal = (code: string) => expect.objectContaining({ code });

async function claimOf({ id }: Project, value?: string) {
  const claims = await projects.listClaims(id);
  const claim = claims.find((one) => value === undefined || one.value === value);
  if (!claim) throw new Error(`no claim among ${claims.length}`);
  return claim;
}

async function publish(of: Project, value?: string): Promise<void> {
  const { name, value: text } = challengeRecord(await claimOf(of, value));
  dns.records.set(name, [...(dns.records.get(name) ?? []), text]);
}

beforeAll(async () => {
  dns = await startDnsServer();
  first = await projects.ensureFirstProject('http://localhost:3000');
});
afterAll(() => dns.stop());
beforeEach(async () => {
  vi.stubEnv('SIGNET_DNS_SERVERS', dns.server);
  resetEnv();
  dns.records.clear();
  project = await makeProject();
  actor = operatorOf(project);
});
afterEach(() => {
  vi.unstubAllEnvs();
  resetEnv();
});

describe('a pending domain', () => {
  test('is served once its record exists, with events for request and proof', async () => {
    const host = someHost();
    expect(await projects.requestOrigin(actor, `https://${host}`, {})).toBeNull();
    expect(await answersAt(host)).toBeNull();
    expect(await originsOf(project)).toEqual([project.origin]);
    const claim = await claimOf(project);
    expect(challengeRecord(claim).name).toBe(`_signet-challenge.${host}`);
    expect(await projects.checkClaim(actor, claim.id)).toBe('absent');
    dns.records.set(`_signet-challenge.${host}`, ['v=spf1 -all', `${challengeRecord(claim).value}x`]);
    expect(await projects.checkClaim(actor, claim.id)).toBe('absent');
    await publish(project);
    expect(await projects.checkClaim(actor, claim.id)).toBe('proven');
    expect(await answersAt(host)).toBe(project.id);
    expect(await projects.listClaims(project.id)).toEqual([]);
    const [proven, asked] = await readEvents(project.id, 'project.updated');
    expect(asked?.details.changes).toEqual({ '/waiting': { before: [], after: [`https://${host}`] } });
    expect(proven?.details.changes).toMatchObject({ '/waiting': { after: [] }, '/origins': {} });
  });

  test('stays pending when no resolver answers', async () => {
    vi.stubEnv('SIGNET_DNS_SERVERS', '127.0.0.1:1');
    resetEnv();
    await projects.requestOrigin(actor, `https://${someHost()}`, {});
    expect(await projects.checkClaim(actor, (await claimOf(project)).id)).toBe('unreachable');
    expect(await projects.listClaims(project.id)).toHaveLength(1);
  });

  test('does not keep another project from proving it, and is then refused', async () => {
    const host = someHost();
    const squatter = await makeProject();
    await projects.requestOrigin(operatorOf(squatter), `https://${host}`, {});
    await projects.requestOrigin(actor, `https://${host}`, {});
    await publish(project);
    expect(await projects.checkClaim(operatorOf(squatter), (await claimOf(squatter)).id)).toBe('absent');
    await projects.checkClaim(actor, (await claimOf(project)).id);
    expect(await answersAt(host)).toBe(project.id);
    await publish(squatter);
    const late = projects.checkClaim(operatorOf(squatter), (await claimOf(squatter)).id);
    await expect(late).rejects.toEqual(refusal('origin_taken'));
    expect(await answersAt(host)).toBe(project.id);
  });

  test('goes to one of two projects that prove it concurrently', async () => {
    const host = someHost();
    const other = await makeProject();
    for (const one of [project, other]) {
      await projects.requestOrigin(operatorOf(one), `https://${host}`, {});
      await publish(one);
    }
    const checks = [project, other].map(async (one) => projects.checkClaim(operatorOf(one), (await claimOf(one)).id));
    const outcomes = (await Promise.allSettled(checks)).map(({ status }) => status);
    expect(outcomes.sort()).toEqual(['fulfilled', 'rejected']);
  });

  test("another project's claim can be neither checked nor withdrawn", async () => {
    const other = await makeProject();
    await projects.requestOrigin(operatorOf(other), `https://${someHost()}`, {});
    const { id } = await claimOf(other);
    await expect(projects.checkClaim(actor, id)).rejects.toEqual(refusal('not_found'));
    await expect(projects.withdrawClaim(actor, id)).rejects.toEqual(refusal('not_found'));
    await projects.withdrawClaim(operatorOf(other), id);
    await expect(projects.approveClaim(actor, id)).rejects.toEqual(refusal('not_found'));
  });

  test('has one claim for repeated requests and counts towards the limit of twenty', async () => {
    const origin = `https://${someHost()}`;
    await projects.requestOrigin(actor, origin, {});
    await projects.requestOrigin(actor, origin, {});
    expect(await projects.listClaims(project.id)).toHaveLength(1);
    for (let count = 2; count < 20; count++) await projects.requestOrigin(actor, `https://${someHost()}`, {});
    const more = projects.requestOrigin(actor, `https://${someHost()}`, {});
    await expect(more).rejects.toMatchObject({ details: { violations: [{ keyword: 'maxItems' }] } });
  });
});

describe('a domain is approved at once', () => {
  test.each<[string, () => string, Actor['kind'], boolean]>([
    ['on the local machine', () => `http://p-${newId()}.localhost:3000`, 'operator', false],
    ['when an installation owner adds it', () => `https://${someHost()}`, 'operator', true],
    ['when the command line adds it', () => `https://${someHost()}`, 'cli', false],
    ['on another port of an approved host', () => `${project.origin}:8443`, 'operator', false],
  ])('%s', async (_, origin, kind, isInstallationOwner) => {
    const wanted = origin();
    await projects.requestOrigin({ ...actor, kind }, wanted, { isInstallationOwner });
    expect(await originsOf(project)).toContain(wanted);
    expect(await projects.listClaims(project.id)).toEqual([]);
  });

  test('when an installation owner without a role in the project approves it', async () => {
    const host = someHost();
    await projects.requestOrigin(actor, `https://${host}`, {});
    await projects.approveClaim(operatorOf(first), (await claimOf(project)).id);
    expect(await answersAt(host)).toBe(project.id);
    expect(dns.asked).not.toContain(`_signet-challenge.${host}`);
    await projects.requestOrigin(actor, `https://${someHost()}`, {});
    await projects.rejectClaim(operatorOf(first), (await claimOf(project)).id);
    expect(await projects.listClaims(project.id)).toEqual([]);
  });
});

describe('a new project', () => {
  const input = (host: string) => ({ name: 'New', slug: `n-${newId().slice(-12)}`, origin: `https://${host}` });

  test('has no domain until it is proven; then it is the primary one', async () => {
    const host = someHost();
    const made = await projects.createProject(operatorOf(first), project.organizationId, input(host));
    expect(hasUnreachableOrigin(made)).toBe(true);
    expect(await answersAt(host)).toBeNull();
    expect(await answersAt(new URL(made.origin).host)).toBeNull();
    await publish(made);
    await projects.checkClaim(operatorOf(made), (await claimOf(made)).id);
    expect(await projects.getProject(made.id)).toMatchObject({ origin: `https://${host}`, rpId: host });
    expect(await originsOf(made)).toEqual([`https://${host}`]);
    await projects.deleteProject(cliActor(made.id));
  });

  test('gets its domain at once from an installation owner', async () => {
    const host = someHost();
    const approver = { isInstallationOwner: true };
    const made = await projects.createProject(operatorOf(first), project.organizationId, input(host), approver);
    expect(await answersAt(host)).toBe(made.id);
    await projects.deleteProject(cliActor(made.id));
  });

  test('gets no domain once its deletion has begun', async () => {
    const made = await projects.createProject(operatorOf(first), project.organizationId, input(someHost()));
    const claim = await claimOf(made);
    await projects.deleteProject(cliActor(made.id));
    await expect(projects.approveClaim(operatorOf(first), claim.id)).rejects.toEqual(refusal('not_found'));
  });
});

describe('a sender', () => {
  const sender = async () => (await projects.getProject(project.id)).mailFrom;
  const setSender = async (mailFrom: string) =>
    projects.updateProject(actor, { base: { mailFrom: await sender() }, mine: { mailFrom } });

  test("is used at once on a domain of the project, or with MAIL_FROM's own address", async () => {
    const own = `Own <mail@${project.rpId}>`;
    await setSender(own);
    expect(await sender()).toBe(own);
    vi.stubEnv('MAIL_FROM', 'Signet <no-reply@mail.example.org>');
    resetEnv();
    await setSender('Acme <no-reply@mail.example.org>');
    expect(await sender()).toBe('Acme <no-reply@mail.example.org>');
    await setSender('Acme <ceo@mail.example.org>');
    expect(await sender()).toBe('Acme <no-reply@mail.example.org>');
    expect(await claimOf(project)).toMatchObject({ kind: 'sender', domain: 'mail.example.org' });
  });

  test('stays pending on another domain and keeps the current one until the record exists', async () => {
    const domain = someHost();
    await setSender(`Bank <no-reply@${domain}>`);
    expect(await sender()).toBeNull();
    const claim = await claimOf(project);
    expect(claim).toMatchObject({ kind: 'sender', domain });
    await setSender(`Bank <hello@${domain}>`);
    await publish(project);
    expect(await projects.listClaims(project.id)).toHaveLength(1);
    expect(await projects.checkClaim(actor, (await claimOf(project)).id)).toBe('proven');
    expect(await sender()).toBe(`Bank <hello@${domain}>`);
    await setSender(`Bank <other@${domain}>`);
    expect(await sender()).toBe(`Bank <other@${domain}>`);
  });

  test("is not approved by a parent or child of the project's domain", async () => {
    for (const domain of [`mail.${project.rpId}`, 'example.com']) {
      await setSender(`mail@${domain}`);
      expect(await sender()).toBeNull();
    }
  });

  test('is removed with the last origin on its domain', async () => {
    const host = someHost();
    const added = await projects.addOrigin(actor, `https://${host}`);
    await setSender(`mail@${host}`);
    await projects.removeOrigin(actor, added.id);
    expect(await sender()).toBeNull();
  });
});

test('a domain older than approvals stays in use and is listed until an owner keeps it', async () => {
  const client = await db();
  await client.projectOrigin.updateMany({ where: { projectId: project.id }, data: { approval: null } });
  await client.projectOrigin.updateMany({ where: { projectId: first.id }, data: { approval: null } });
  await client.project.update({ where: { id: project.id }, data: { mailFrom: 'Old <old@old.example>' } });
  expect(await answersAt(new URL(project.origin).host)).toBe(project.id);
  const listed = async () => (await projects.listForReview()).unreviewed.filter((one) => one.projectId === project.id);
  const all = await listed();
  expect(all).toEqual([
    { kind: 'origin', projectId: project.id, value: project.origin },
    { kind: 'sender', projectId: project.id, value: 'Old <old@old.example>' },
  ]);
  expect((await projects.listForReview()).unreviewed.some((one) => one.projectId === first.id)).toBe(false);
  for (const one of all) await projects.confirmUnreviewed(operatorOf(first), one);
  expect(await listed()).toEqual([]);
  const [event] = await readEvents(project.id, 'project.updated');
  expect(Object.keys(event?.details.changes)).toEqual(['/approvals']);
  for (const one of all) await expect(projects.confirmUnreviewed(actor, one)).rejects.toEqual(refusal('not_found'));
});
