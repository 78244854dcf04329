/**
 * State that exists once per process. The front server and Next's build each bundle a copy of our modules, so a module
 * variable exists once per copy; the global symbol registry is shared. `make` runs for the first caller of a name.
 */
export function processWide<State extends object>(name: string, make: () => State): State {
  const slot = Symbol.for(`signet.${name}`);
  const states: { [key: symbol]: State | undefined } = globalThis as never;
  states[slot] ??= make();
  return states[slot];
}
