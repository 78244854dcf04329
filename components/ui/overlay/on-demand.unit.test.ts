import { expect, test, vi } from 'vitest';
import { OnDemand } from './on-demand';

test('loads once, however many ask for it', async () => {
  const request = vi.fn(async () => 'code');
  const code = new OnDemand(request);
  expect(code.loaded).toBeUndefined();
  expect(await Promise.all([code.load(), code.load()])).toEqual(['code', 'code']);
  expect(await code.load()).toBe('code');
  expect(code.loaded).toBe('code');
  expect(request).toHaveBeenCalledTimes(1);
});

test('loads again after a failure', async () => {
  const request = vi.fn(async () => 'code').mockRejectedValueOnce(new Error('offline'));
  const code = new OnDemand(request);
  await expect(code.load()).rejects.toThrow('offline');
  expect(code.loaded).toBeUndefined();
  expect(await code.load()).toBe('code');
});
