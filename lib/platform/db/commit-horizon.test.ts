import { beforeEach, describe, expect, test } from 'vitest';
import { idAt } from '@/lib/audit/model';
import { listEvents, listSettledEvents, recordEvent } from '@/lib/audit/service';
import { makeProject } from '@/testing/project';
import { systemActor } from '../actor';
import { databaseKind } from './client';
import { transaction } from './transaction';

let projectId: string;
beforeEach(async () => {
  projectId = (await makeProject()).id;
});

/** Records an event whose ID is `name`. */
const record = (name: string, beforeCommit: () => Promise<void> = async () => {}) =>
  transaction(async (tx) => {
    await recordEvent(tx, systemActor(projectId), { type: 'project.updated', details: { name } });
    await beforeCommit();
  });
const settled = async () =>
  (await listSettledEvents(projectId, {}, { limit: 1000 })).map(({ details }) => details.name);
const later = async (time = Date.now()) => {
  while (Date.now() <= time) await new Promise((resolve) => setImmediate(resolve));
};

function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

describe('a follower of the log', () => {
  test('sees what was committed just before', async () => {
    const names = Array.from({ length: 40 }, (_, at) => `${at}`);
    for (const name of names) {
      await record(name);
      expect((await settled())[0]).toBe(name);
    }
  });

  test.runIf(databaseKind() === 'postgresql')('does not see events after an uncommitted one', async () => {
    await record('before');
    const [made, commit] = [gate(), gate()];
    const slow = record('slow', async () => {
      made.open();
      await commit.opened;
    });
    await made.opened;
    await later();
    await record('fast');
    await later();
    expect((await listEvents(projectId, {}, { limit: 10 })).map(({ details }) => details.name)).toContain('fast');
    expect(await settled()).not.toContain('fast');
    commit.open();
    await slow;
    await later();
    expect(await settled()).toEqual(['fast', 'slow', 'before']);
  });

  test.runIf(databaseKind() === 'sqlite')('waits for a transaction that is writing', async () => {
    const made = gate();
    const slow = record('slow', async () => {
      await later();
      made.open();
      await later();
    });
    await made.opened;
    const shown = settled();
    await slow;
    expect(await shown).toEqual(['slow']);
  });

  test('misses nothing under concurrent writes when it asks only for events newer than the last one it saw', async () => {
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let at = 0; at < 15; at++) {
        await record(`${writer}-${at}`, async () => {
          for (let turns = (writer * 7 + at) % 5; turns > 0; turns--) await later();
        });
      }
    });
    let isWriting = true;
    const writing = Promise.all(writers).finally(() => {
      isWriting = false;
    });
    const seen: unknown[] = [];
    let newest = idAt(new Date(0));
    for (let isLast = false; !isLast; ) {
      isLast = !isWriting;
      if (isLast) await later();
      const events = await listSettledEvents(projectId, {}, { limit: 1000 });
      const fresh = events.filter(({ id }) => id > newest);
      seen.push(...fresh.map(({ details }) => details.name));
      newest = fresh[0]?.id ?? newest;
    }
    await writing;
    expect(seen).toHaveLength(8 * 15);
    expect(new Set(seen).size).toBe(8 * 15);
  });
});
