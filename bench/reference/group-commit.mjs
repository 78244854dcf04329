/**
 * Writes of one turn of the event loop share one transaction and are answered after its commit. With `isolated` each
 * has a savepoint, because it consists of several statements.
 */
export function groupCommit(db, { isolated }) {
  const [begin, commit, savepoint, release, undo] = [
    'BEGIN IMMEDIATE',
    'COMMIT',
    'SAVEPOINT one',
    'RELEASE one',
    'ROLLBACK TO one',
  ].map((sql) => db.prepare(sql));
  let queue = [];
  const flush = () => {
    const group = queue;
    queue = [];
    const outcomes = [];
    begin.run();
    for (const { work } of group) {
      if (isolated) savepoint.run();
      try {
        outcomes.push({ value: work() });
      } catch (error) {
        if (isolated) undo.run();
        outcomes.push({ error });
      }
      if (isolated) release.run();
    }
    commit.run();
    for (const [at, { resolve, reject }] of group.entries()) {
      const { error, value } = outcomes[at];
      if (error) reject(error);
      else resolve(value);
    }
  };
  return (work) =>
    new Promise((resolve, reject) => {
      if (queue.length === 0) setImmediate(flush);
      queue.push({ work, resolve, reject });
    });
}
