const STEP_SIZE = 500;

/**
 * Deletes rows in small steps, so that no other writer waits for long; resolves to how many. `deleteSome` deletes at most
 * `limit` rows and resolves to how many it deleted; fewer than `limit` end the loop.
 */
export async function deleteInSteps(deleteSome: (limit: number) => Promise<number>): Promise<number> {
  for (let total = 0; ; ) {
    const count = await deleteSome(STEP_SIZE);
    total += count;
    if (count < STEP_SIZE) return total;
  }
}
