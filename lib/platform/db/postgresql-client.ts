import pg from 'pg';

/** Runs `work` on a connection outside the pool and closes it afterwards. */
export async function withClient<T>(config: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(config);
  client.on('error', () => {}); // the failing statement reports it
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
