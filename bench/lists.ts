import { performance } from 'node:perf_hooks';
import { countIdentities } from '@/lib/identity/repository';
import { findIdentity, listAfter, listByOffset } from '@/lib/identity/service';
import { closeDb, db } from '@/lib/platform/db/client';

/**
 * Times each kind of list in the configured database. Writes `name → [CPU milliseconds, longest event-loop block]` as
 * JSON.
 */
const ROUNDS = 3;
const [{ id: project }, total] = await Promise.all([
  (await db()).project.findFirstOrThrow({ select: { id: true } }),
  (await db()).identity.count(),
]);
const last = Math.floor(total / 250) * 250 - 250;
const middle = (await listByOffset(project, {}, Math.floor(total / 2), 1))[0]?.id ?? '';
const ten = `user${String(total).padStart(7, '0').slice(0, -1)}`;

const WORK: Record<string, () => Promise<unknown>> = {
  'one identity': () => findIdentity(project, middle),
  'first page': () => listByOffset(project, {}, 0, 250),
  'last page': () => listByOffset(project, {}, last, 250),
  'by token, middle': () => listAfter(project, {}, middle, 250),
  'page of 1000': () => listByOffset(project, {}, 0, 1000),
  'exact identifier': () => listByOffset(project, { identifier: 'user0000777@example.com' }, 0, 250),
  'exact, counted': () => countIdentities(project, { identifier: 'user0000777@example.com' }),
  'prefix of few': () => listByOffset(project, { identifierPrefix: ten }, 0, 250),
  'prefix of few, inactive': () => listByOffset(project, { identifierPrefix: ten, state: 'inactive' }, 0, 250),
  'prefix of few, counted': () => countIdentities(project, { identifierPrefix: ten }),
  'prefix of all': () => listByOffset(project, { identifierPrefix: 'user' }, 0, 250),
  'prefix of all, counted': () => countIdentities(project, { identifierPrefix: 'user' }),
  'prefix of the last tenth': () => listByOffset(project, { identifierPrefix: 'user09' }, 0, 250),
  'prefix of none': () => listByOffset(project, { identifierPrefix: 'nobody' }, 0, 250),
  'count of all': () => countIdentities(project, {}),
  'count of inactive': () => countIdentities(project, { state: 'inactive' }),
};

const results: Record<string, [number, number]> = {};
for (const [name, work] of Object.entries(WORK)) {
  let best = Number.POSITIVE_INFINITY;
  let longest = 0;
  for (let round = 0; round < ROUNDS; round++) {
    let turned = performance.now();
    const timer = setInterval(() => {
      longest = round === 0 ? 0 : Math.max(longest, performance.now() - turned);
      turned = performance.now();
    }, 1);
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1000);
    await new Promise((resolve) => setTimeout(resolve, 5));
    clearInterval(timer);
  }
  results[name] = [best, longest];
}
console.log(JSON.stringify(results));
await closeDb();
