// Output of a run: a line as each path ends, then a Markdown table.
import os from 'node:os';
import { PATHS } from './paths.mjs';
import { ratioOf } from './rounds.mjs';

/** Signet makes more round trips to PostgreSQL, each as expensive as a reference's. */
const FACTOR = { sqlite: 1, postgresql: 1.5 };
const REFERENCES = ['bare', 'full'];
const HEAD = ['path', 'requests/s', 'p50 ms', 'p99 ms', 'CPU ms', 'RSS MB', 'bare', 'ratio', 'full', 'ratio'];
const PEER_HEAD = ['path', 'peer', 'requests/s', 'p50 ms', 'p99 ms', 'CPU ms', 'RSS MB', 'Signet costs'];

export function printPath({ path, servers }) {
  const cells = servers.map(({ name, cpu, perSecond }) => `${name} ${cpu.toFixed(3)} ms (${perSecond.toFixed(0)}/s)`);
  const ratios = ratiosOf({ path, servers }).map(({ ratio }) => ratio?.toFixed(2) ?? '–');
  console.error(`${path.padEnd(10)} ${cells.join('  ')}  ratios ${ratios.join(' ')}`);
}

export function printTable(results, { database, identities, rounds, seconds, connections }) {
  printRows(
    HEAD,
    1,
    results.map((result) => toRow(result, FACTOR[database])),
  );
  const peers = results.flatMap(toPeerRows);
  if (peers.length > 0) printRows(PEER_HEAD, 2, peers);
  const [cpu] = os.cpus();
  const machine = `${os.cpus().length} × ${cpu?.model.trim()}, Node ${process.versions.node}, load ${os.loadavg()[0].toFixed(1)}`;
  const run = `${database}, ${identities} identities, ${connections} connections, ${rounds} rounds of ${seconds} s`;
  console.log(
    `\n${new Date().toISOString().slice(0, 10)}: ${machine}; ${run}; bare and full: CPU ms of the references`,
  );
}

/** The first `names` columns are words, the others figures. */
function printRows(head, names, rows) {
  const line = (cells) => console.log(`| ${cells.join(' | ')} |`);
  console.log('');
  line(head);
  line(head.map((_, at) => (at < names ? '---' : '--:')));
  for (const row of rows) line(row);
}

function toPeerRows({ path, servers }) {
  const [signet, ...others] = servers;
  return others
    .filter(({ name }) => !REFERENCES.includes(name))
    .map((peer) => {
      const figures = [peer.perSecond.toFixed(0), peer.p50.toFixed(1), peer.p99.toFixed(1), peer.cpu.toFixed(3)];
      return [PATHS[path].title, peer.name, ...figures, peer.rss.toFixed(0), `${ratioOf(signet, peer).toFixed(2)} ×`];
    });
}

function toRow({ path, servers }, factor) {
  const [{ perSecond, p50, p99, cpu, rss }] = servers;
  const ratios = ratiosOf({ path, servers }).flatMap(({ cpu: theirs, ratio, budget }) =>
    ratio === undefined
      ? ['–', '–']
      : [theirs.toFixed(3), `${ratio.toFixed(2)}${verdict(ratio, budget && budget * factor)}`],
  );
  const own = `${cpu.toFixed(3)}${verdict(cpu, PATHS[path].millis)}`;
  const figures = [perSecond.toFixed(0), p50.toFixed(1), p99.toFixed(1), own, rss.toFixed(0)];
  return [PATHS[path].title, ...figures, ...ratios];
}

function verdict(figure, budget) {
  if (budget === undefined) return '';
  return figure <= budget ? ` (≤ ${budget})` : ` (≤ ${budget}: missed)`;
}

/** For each reference: its CPU, the ratio to it, and the budget. */
function ratiosOf({ path, servers }) {
  const [signet] = servers;
  return REFERENCES.map((name, at) => {
    const reference = servers.find((server) => server.name === name);
    if (!reference) return { name };
    return { name, cpu: reference.cpu, ratio: ratioOf(signet, reference), budget: PATHS[path].budget?.[at] };
  });
}

export function toReport(results, options) {
  const [cpu] = os.cpus();
  return { date: new Date().toISOString(), node: process.versions.node, cpu: cpu?.model, options, results };
}
