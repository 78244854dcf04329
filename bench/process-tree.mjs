// CPU and memory of a process with everything it started, from /proc (proc(5)); Linux only.
import { readdirSync, readFileSync } from 'node:fs';

const MILLIS_PER_TICK = 10; // USER_HZ is 100 on every Linux that Node supports

/** Milliseconds of CPU of the process, its children and those that have ended, and RSS in MB. */
export function measureTree(root) {
  const all = readProcesses();
  const tree = new Set([root]);
  for (let size = 0; size !== tree.size; ) {
    size = tree.size;
    for (const { pid, parent } of all) if (tree.has(parent)) tree.add(pid);
  }
  const mine = all.filter(({ pid }) => tree.has(pid));
  return {
    millis: mine.reduce((sum, { ticks }) => sum + ticks, 0) * MILLIS_PER_TICK,
    megabytes: mine.reduce((sum, { pages }) => sum + pages, 0) * (4096 / 1e6),
  };
}

export const parentOf = (child) => readProcesses().find(({ pid }) => pid === child).parent;

function readProcesses() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        // After the name, which may contain anything and ends with the last parenthesis.
        const fields = readFileSync(`/proc/${name}/stat`, 'utf8')
          .replace(/^.*\) /s, '')
          .split(' ');
        const [user, system, deadUser, deadSystem] = fields.slice(11, 15).map(Number);
        const ticks = user + system + deadUser + deadSystem;
        return [{ pid: Number(name), parent: Number(fields[1]), ticks, pages: Number(fields[21]) }];
      } catch {
        return []; // exited in between
      }
    });
}
