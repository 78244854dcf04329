import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';

/** The file appears under its name once it is complete, readable by its owner only. */
export async function openTarget(file: string) {
  const part = `${file}.part`;
  await rm(part, { force: true });
  const stream = createWriteStream(part, { mode: 0o600, flags: 'wx' });
  await once(stream, 'open');
  return {
    write: async (text: string) => {
      if (!stream.write(text)) await once(stream, 'drain');
    },
    close: async () => {
      stream.end();
      await once(stream, 'close');
      await rename(part, file);
    },
  };
}
