import { closeDb } from '@/lib/platform/db/client';
import { env } from '@/lib/platform/env';
import { prepare } from './prepare';
import { seed } from './seed';

/** `seed <identities> <passkeys>` fills the database at DATABASE_URL; `prepare <identities>` prints what a client needs. */
const [command, identities, passkeys] = process.argv.slice(2);
if (command === 'seed') await seed(env().databaseUrl, Number(identities), Number(passkeys));
else process.stdout.write(`${JSON.stringify(await prepare(Number(identities)))}\n`);
await closeDb();
