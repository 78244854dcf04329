import { expect, test } from 'vitest';
import { readText } from './body';

function requestOf(chunks: string[], { isCut = false } = {}): Request {
  const body = new ReadableStream({
    pull(controller) {
      const chunk = chunks.shift();
      if (chunk !== undefined) controller.enqueue(new TextEncoder().encode(chunk));
      else if (isCut) controller.error(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
      else controller.close();
    },
  });
  return new Request('http://localhost/', { method: 'POST', body, duplex: 'half' } as RequestInit);
}

test('reads a body in any number of chunks', async () => {
  expect(await readText(requestOf(['grant_type=', 'x']), 100)).toBe('grant_type=x');
  expect(await readText(new Request('http://localhost/', { method: 'POST' }), 100)).toBe('');
});

test('refuses a body that the client leaves incomplete as a client error', async () => {
  await expect(readText(requestOf(['grant_'], { isCut: true }), 100)).rejects.toMatchObject({ code: 'invalid_input' });
});

test('refuses a body beyond the limit before its end', async () => {
  await expect(readText(requestOf(['x'.repeat(60), 'x'.repeat(60)]), 100)).rejects.toMatchObject({
    code: 'payload_too_large',
  });
});
