import type { Services } from './fixtures';

/** The common server is set up: it has an operator. */
export default async function setUp(): Promise<void> {
  const services: Services = await import(process.env.SIGNET_SERVICES ?? '');
  await services.makeOperator('owner');
  await services.closeDb();
}
