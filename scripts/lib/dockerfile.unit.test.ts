import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { buildInputs } from '../build.mjs';
import { commandOf, contextOf, lastOf, parseCopy, parseDockerfile, parseEnvWords } from './dockerfile.mjs';

const ROOT = path.resolve(import.meta.dirname, '../..');
const read = (name: string) => readFileSync(path.join(ROOT, name), 'utf8');
const [build, final, ...others] = parseDockerfile(read('Dockerfile'));
const context = contextOf(read('.dockerignore'));
const compose = read('compose.yaml');

test('the image has a build stage and a run stage, on the recommended Node', () => {
  expect(others).toEqual([]);
  expect(build).toMatchObject({ name: 'build', base: expect.stringMatching(/^node:24-bookworm$/) });
  expect(final?.base).toBe('node:24-bookworm-slim');
  expect(read('scripts/lib/node-version.mjs')).toContain('24 is recommended');
});

test('a build sees its inputs, but no settings, data or history', () => {
  for (const name of buildInputs.filter((input) => existsSync(path.join(ROOT, input)))) {
    if (!name.startsWith('generated')) expect(context).toContain(name.split('/')[0]);
  }
  for (const name of context) expect(existsSync(path.join(ROOT, name)), name).toBe(true);
  for (const name of ['.env', '.git', 'data', 'secrets', 'node_modules', 'build', 'generated', '.next'])
    expect(context).not.toContain(name);
});

test('only files of the context and of the previous stage are copied', () => {
  for (const stage of [build, final]) {
    for (const { words } of stage?.instructions.filter(({ name }) => name === 'COPY') ?? []) {
      const { from, sources } = parseCopy(words);
      if (from) expect(from).toBe(build?.name);
      else for (const source of sources.filter((one) => one !== '.')) expect(context).toContain(source);
    }
  }
  expect(final?.instructions.filter(({ name }) => name === 'COPY')).toHaveLength(1);
});

test('the server runs without root and stops on the signal it waits for', () => {
  if (!final) throw new Error('no stage');
  expect(lastOf(final, 'USER')).toBe('1000:1000');
  expect(lastOf(final, 'STOPSIGNAL')).toBe('SIGTERM');
  expect(commandOf(lastOf(final, 'CMD'))).toEqual(['node', 'build/server.mjs']);
  expect(commandOf(lastOf(final, 'HEALTHCHECK')).join(' ')).toContain('/health/ready');
  expect(parseEnvWords(lastOf(final, 'ENV') ?? '')).toMatchObject({ NODE_ENV: 'production', HOST: '0.0.0.0' });
});

test('the compose file mounts the volume and publishes the port of the image', () => {
  if (!final) throw new Error('no stage');
  expect(compose).toContain(`data:${lastOf(final, 'VOLUME')}`);
  expect(compose).toContain(`:${lastOf(final, 'EXPOSE')}'`);
  const files = [...compose.matchAll(/(\w+)_FILE: \/run\/secrets\/(\w+)/g)].map(([, , secret]) => secret);
  for (const secret of files) expect(compose).toContain(`file: ./secrets/${secret}`);
  expect(read('.gitignore')).toContain('/secrets/');
});

test.each(['ADD x y', 'COPY --link a b', 'FROM node AS build\nONBUILD RUN x'])(
  'refuses an unsupported instruction: %s',
  (text) => {
    expect(() =>
      parseDockerfile(`FROM node\n${text}`).map((stage) => stage.instructions.map(({ words }) => parseCopy(words))),
    ).toThrow();
  },
);

test('refuses a .dockerignore that does not exclude everything first', () => {
  expect(() => contextOf('node_modules\n.git\n')).toThrow('.dockerignore');
});
