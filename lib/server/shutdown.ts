import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { errorFields, log } from '@/lib/platform/log';

/** A part of the process and how it ends. */
export type ShutdownStep = { name: string; stop: () => Promise<unknown> };

/** What is left when the deadline is past gets this long each, to close files and connections. */
const GRACE_MILLIS = 2000;

/**
 * Stops the parts, each group at once and one group after the other. All have `withinMillis` together; what takes longer is
 * left behind, and what fails does not keep the others from ending. Resolves to whether all went well; never rejects.
 */
export async function shutdownInOrder(groups: ShutdownStep[][], withinMillis: number): Promise<boolean> {
  const deadline = performance.now() + withinMillis;
  const outcomes: boolean[] = [];
  for (const group of groups) {
    const millis = Math.max(deadline - performance.now(), GRACE_MILLIS);
    outcomes.push(...(await Promise.all(group.map((part) => stopWithin(part, millis)))));
  }
  return outcomes.every(Boolean);
}

async function stopWithin({ name, stop }: ShutdownStep, millis: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), millis);
  });
  try {
    const outcome = await Promise.race([stop(), late]);
    if (outcome === 'late') log.error('shutdown timed out', { part: name });
    return outcome !== 'late';
  } catch (error) {
    log.error('shutdown failed', { part: name, ...errorFields(error) });
    return false;
  } finally {
    clearTimeout(timer);
  }
}

/** Resolves after so many seconds, or when the signal is given. */
export async function pause(seconds: number, signal: AbortSignal): Promise<void> {
  if (seconds > 0) await wait(seconds * 1000, undefined, { signal }).catch(() => undefined);
}

const connections = new WeakMap<Server, Set<Socket>>();

/** Remembers the open connections of a server, from before it listens, for `drain`. */
export function trackConnections(server: Server): Server {
  const open = new Set<Socket>();
  connections.set(server, open);
  return server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
}

/** Browsers connect ahead of requests that may never come, and Node calls such a connection busy. */
const MAX_SILENT_MILLIS = 1000;

/** What can keep requests from being started for a while. */
export type Pausable = { hold: () => void; release: () => void };

/**
 * Lets in who has connected already, then takes no new connection, lets requests under way finish, and closes what idles or, of a
 * tracked server, has sent nothing; those still open by then are cut. No request starts while connections are let in: a client that
 * is answered connects again, without end.
 */
export async function drain(server: Server, withinMillis: number, turns?: Pausable): Promise<void> {
  turns?.hold();
  await acceptWaiting(server);
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  turns?.release();
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  const silent = setTimeout(() => {
    for (const socket of connections.get(server) ?? []) if (socket.bytesRead === 0) socket.destroy();
  }, MAX_SILENT_MILLIS);
  const deadline = setTimeout(() => server.closeAllConnections(), withinMillis);
  server.closeIdleConnections();
  await closed;
  clearInterval(idle);
  clearTimeout(silent);
  clearTimeout(deadline);
}

const QUIET_TURNS = 3;
const MAX_ACCEPTING_MILLIS = 1000;

/** Closing the listener resets connections in the accept queue; a turn of the event loop accepts one. */
async function acceptWaiting(server: Server): Promise<void> {
  const began = performance.now();
  let quiet = 0;
  const note = () => {
    quiet = 0;
  };
  server.on('connection', note);
  while (quiet < QUIET_TURNS && performance.now() - began < MAX_ACCEPTING_MILLIS) {
    quiet++;
    await new Promise((resolve) => setImmediate(resolve));
  }
  server.off('connection', note);
}
