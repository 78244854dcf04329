import dgram from 'node:dgram';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

/**
 * Outbound traffic of this process, observed below every library: socket connections, datagrams and name lookups.
 * `fetch`, `http`, `tls` and drivers all pass through here.
 */
export type Outbound = { kind: 'connect' | 'lookup' | 'datagram'; target: string };

type Function = (this: unknown, ...given: unknown[]) => unknown;

/** Records until `stop`. Calls proceed normally. */
export function watchOutbound(): { calls: Outbound[]; stop: () => void } {
  const calls: Outbound[] = [];
  const undo: Array<() => void> = [];
  const watch = (holder: object, name: string, kind: Outbound['kind'], toTarget: (given: unknown[]) => string) => {
    const functions = holder as Record<string, Function | undefined>;
    const original = functions[name];
    if (typeof original !== 'function') return;
    functions[name] = function (...given) {
      calls.push({ kind, target: toTarget(given) });
      return original.apply(this, given);
    };
    undo.push(() => {
      functions[name] = original;
    });
  };
  watch(net.Socket.prototype, 'connect', 'connect', targetOf);
  for (const name of ['send', 'connect'])
    watch(dgram.Socket.prototype, name, 'datagram', (given) => String(given.at(-2)));
  const resolvers = [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype];
  for (const resolver of resolvers)
    for (const name of Object.getOwnPropertyNames(resolver).filter((one) => /^(lookup|resolve|reverse)/.test(one)))
      watch(resolver, name, 'lookup', ([host]) => String(host));
  syncBuiltinESMExports();
  return {
    calls,
    stop: () => {
      for (const one of undo) one();
      syncBuiltinESMExports();
    },
  };
}

/**
 * `host:port` or a path, from the arguments of `Socket.connect`: (options), (port, host), (path), or its own normalized
 * array.
 */
function targetOf([first, second]: unknown[]): string {
  if (Array.isArray(first)) return targetOf(first);
  if (typeof first === 'object' && first !== null) {
    const { host = 'localhost', port, path } = first as { host?: string; port?: number; path?: string };
    return port === undefined ? String(path) : `${host}:${port}`;
  }
  return typeof first === 'number' ? `${typeof second === 'string' ? second : 'localhost'}:${first}` : String(first);
}
