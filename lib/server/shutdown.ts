import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { errorFields, log } from '@/lib/platform/log';

/** A part of the process, and how to stop it. */
export type ShutdownStep = { name: string; stop: () => Promise<unknown> };

/** Each group that starts after the deadline still gets this long, to close files and connections. */
const GRACE_MILLIS = 2000;

/**
 * Stops the groups one after the other, and the steps of a group in parallel. All share `withinMillis`; a step that
 * takes longer is abandoned, and one that fails does not prevent the others. Resolves to whether all succeeded; never
 * rejects.
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

/** Resolves after `seconds`, or when the signal aborts. */
export async function pause(seconds: number, signal: AbortSignal): Promise<void> {
  if (seconds > 0) await wait(seconds * 1000, undefined, { signal }).catch(() => undefined);
}

const connections = new WeakMap<Server, Set<Socket>>();

/** Tracks the open connections of a server for `drain`; call it before the server listens. */
export function trackConnections(server: Server): Server {
  const open = new Set<Socket>();
  connections.set(server, open);
  return server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
}

/** Browsers open connections ahead of requests that may never come, and Node counts such a connection as busy. */
const MAX_SILENT_MILLIS = 1000;

/** A queue that can stop starting requests for a while. */
export type Pausable = { hold: () => void; release: () => void };

/**
 * Accepts the connections that wait, stops listening, lets requests in progress finish, and closes connections that are
 * idle or, on a tracked server, have sent nothing; at the deadline the rest is cut. No request starts while connections
 * are accepted: a client that gets a response connects again, without end.
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
