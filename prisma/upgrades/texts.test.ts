import { beforeAll, describe, expect, test } from 'vitest';
import { eventSentence } from '@/components/audit/event-sentence';
import { listEvents } from '@/lib/audit/service';
import { displayName } from '@/lib/identity/model/name';
import { changeIdentity, getIdentity } from '@/lib/identity/service';
import { renderMail } from '@/lib/mail/templates';
import { cliActor } from '@/lib/platform/actor';
import { getProject, listAllProjects } from '@/lib/project/service';
import { readOutbox } from '@/testing/outbox';
import { type Upgrade, upgradeFixture } from '@/testing/upgraded';

/** Names that 0.1.0 accepted but that are invisible or reorder the text around them: they are displayed safely. */
const REORDERING = /[\u202a-\u202e\u2066\u2067]/;
const STACKED_MARKS = /\p{M}{9}/u;
let upgrade: Upgrade;
beforeAll(async () => {
  upgrade = await upgradeFixture();
});
const person = (key: string) => getIdentity(upgrade.known.home.projectId, upgrade.known.home.ids[key] ?? '');

describe('safe display', () => {
  test("of people's names", async () => {
    expect(displayName(await person('hostile'))).toBe('gnitceffe deleted Jane\u200d');
    expect(displayName(await person('invisible'))).toBe('invisible@example.com');
    expect(displayName(await person('zalgo'))).not.toMatch(STACKED_MARKS);
  });

  test('of organization and project names, never empty', async () => {
    const names = (await listAllProjects()).map(({ project: { name, slug } }) => [name, slug]);
    expect(names.every(([name]) => /[\p{L}\p{N}]/u.test(name ?? ''))).toBe(true);
  });

  test('in audit log sentences', async () => {
    const { projectId, ids } = upgrade.known.home;
    for (const key of ['hostile', 'zalgo', 'invisible']) {
      const subject = displayName(await person(key));
      const names = { subjectOf: () => subject, programOf: () => undefined, titles: new Map() };
      const events = await listEvents(projectId, { identityId: ids[key] }, { limit: 50 });
      for (const event of events) {
        const sentence = eventSentence(event, names, 'en');
        expect(sentence).not.toMatch(REORDERING);
        expect(sentence).not.toMatch(STACKED_MARKS);
        expect(
          sentence.startsWith(`${subject} `) || sentence.includes(` ${subject} `) || sentence.endsWith(subject),
        ).toBe(true);
      }
    }
  });

  test('in mails and their subjects', async () => {
    for (const { id } of [upgrade.known.home, upgrade.known.shop].map(({ projectId }) => ({ id: projectId }))) {
      const project = await getProject(id);
      for (const { mail } of await readOutbox()) {
        const { subject, text, html } = renderMail(mail, { project, happenedAt: new Date() });
        for (const part of [subject, text, html]) {
          expect(part).not.toMatch(REORDERING);
          expect(part).not.toMatch(STACKED_MARKS);
        }
      }
    }
  });
});

describe('an update', () => {
  test('keeps the fields it does not change', async () => {
    const { id, traits } = await person('zalgo');
    const name = { ...(traits.name as object), 'academic-degree': 'Dr.' };
    const changed = await changeIdentity(cliActor(upgrade.known.home.projectId), id, () => ({
      traits: { ...traits, name },
    }));
    expect(changed.traits.name).toEqual(name);
  });

  test("does not require shortening an address longer than today's limit", async () => {
    const { id, traits } = await person('long');
    const name = { ...(traits.name as object), first: 'Short' };
    await changeIdentity(cliActor(upgrade.known.home.projectId), id, () => ({ traits: { ...traits, name } }));
  });

  test.each([
    ['first', '\u3164', 'invisible'],
    ['last', `z${'\u0316'.repeat(9)}`, 'marks'],
  ])('refuses a %s name that cannot be read', async (part, value, keyword) => {
    const { id, traits } = await person('jane');
    const change = { traits: { ...traits, name: { [part]: value } } };
    const pointer = `/traits/name/${part}`;
    await expect(changeIdentity(cliActor(upgrade.known.home.projectId), id, () => change)).rejects.toMatchObject({
      code: 'invalid_traits',
      details: { violations: [{ pointer, keyword }] },
    });
  });
});
