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

/** Names that 0.1.0 took and nobody can read, or that rewrite what stands around them: they are shown safely. */
const TURNS = /[\u202a-\u202e\u2066\u2067]/;
const PILED = /\p{M}{9}/u;
let upgrade: Upgrade;
beforeAll(async () => {
  upgrade = await upgradeFixture();
});
const person = (key: string) => getIdentity(upgrade.known.home.projectId, upgrade.known.home.ids[key] ?? '');

describe('shown are', () => {
  test('names of people', async () => {
    expect(displayName(await person('hostile'))).toBe('gnitceffe deleted Jane\u200d');
    expect(displayName(await person('invisible'))).toBe('invisible@example.com');
    expect(displayName(await person('zalgo'))).not.toMatch(PILED);
  });

  test('names of organizations and projects, never as nothing', async () => {
    const names = (await listAllProjects()).map(({ project: { name, slug } }) => [name, slug]);
    expect(names.every(([name]) => /[\p{L}\p{N}]/u.test(name ?? ''))).toBe(true);
  });

  test('sentences of the audit log', async () => {
    const { projectId, ids } = upgrade.known.home;
    for (const key of ['hostile', 'zalgo', 'invisible']) {
      const subject = displayName(await person(key));
      const events = await listEvents(projectId, { identityId: ids[key] }, { limit: 50 });
      for (const event of events) {
        const sentence = eventSentence(event, subject, 'en');
        expect(sentence).not.toMatch(TURNS);
        expect(sentence).not.toMatch(PILED);
        expect(
          sentence.startsWith(`${subject} `) || sentence.includes(` ${subject} `) || sentence.endsWith(subject),
        ).toBe(true);
      }
    }
  });

  test('mails, subjects too', async () => {
    for (const { id } of [upgrade.known.home, upgrade.known.shop].map(({ projectId }) => ({ id: projectId }))) {
      const project = await getProject(id);
      for (const { mail } of await readOutbox()) {
        const { subject, text, html } = renderMail(mail, { project, happenedAt: new Date() });
        for (const part of [subject, text, html]) {
          expect(part).not.toMatch(TURNS);
          expect(part).not.toMatch(PILED);
        }
      }
    }
  });
});

describe('a change', () => {
  test('keeps what it does not touch', async () => {
    const { id, traits } = await person('zalgo');
    const name = { ...(traits.name as object), 'academic-degree': 'Dr.' };
    const changed = await changeIdentity(cliActor(upgrade.known.home.projectId), id, () => ({
      traits: { ...traits, name },
    }));
    expect(changed.traits.name).toEqual(name);
  });

  test('of a longer address than is taken today is not asked for', async () => {
    const { id, traits } = await person('long');
    const name = { ...(traits.name as object), first: 'Short' };
    await changeIdentity(cliActor(upgrade.known.home.projectId), id, () => ({ traits: { ...traits, name } }));
  });

  test.each([
    ['first', '\u3164', 'invisible'],
    ['last', `z${'\u0316'.repeat(9)}`, 'marks'],
  ])('to a %s name that cannot be read is refused', async (part, value, keyword) => {
    const { id, traits } = await person('jane');
    const change = { traits: { ...traits, name: { [part]: value } } };
    const pointer = `/traits/name/${part}`;
    await expect(changeIdentity(cliActor(upgrade.known.home.projectId), id, () => change)).rejects.toMatchObject({
      code: 'invalid_traits',
      details: { violations: [{ pointer, keyword }] },
    });
  });
});
