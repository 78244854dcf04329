import { logToStandardError } from '@/lib/platform/log';
import { run } from './program';

// The entry of `npm run signet`.
process.umask(0o077); // files written here are private to this user
logToStandardError();
process.exitCode = await run(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  isTerminal: process.stderr.isTTY,
});
