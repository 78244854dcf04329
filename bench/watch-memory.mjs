// npm run bench -- memory [--minutes 10]: the server's RSS when idle and while all paths are busy in turn.
import { pause } from '../scripts/lib/pause.mjs';
import { withServers } from './compare-paths.mjs';
import { supply } from './rounds.mjs';

const IDLE_MILLIS = 5000;
const MINUTE_MILLIS = 60_000;

export function watchMemory(options) {
  return withServers({ ...options, hasFull: false }, async (client, [signet]) => {
    await pause(IDLE_MILLIS);
    console.log('| minute | RSS MB |\n| --- | --: |');
    console.log(`| idle | ${signet.measure().megabytes.toFixed(0)} |`);
    const load = { connections: options.connections, seconds: options.seconds };
    for (let minute = 1; minute <= options.minutes; minute++) {
      const end = performance.now() + MINUTE_MILLIS;
      let most = 0;
      for (let at = 0; performance.now() < end; at++) {
        const path = options.paths[at % options.paths.length];
        await client.run(signet, path, { ...load, ...(await supply(client, signet, path, load)) });
        most = Math.max(most, signet.measure().megabytes);
      }
      console.log(`| ${minute} | ${most.toFixed(0)} |`);
    }
  });
}
