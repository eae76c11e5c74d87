import { createRequire } from 'node:module';
import { afterAll, vi } from 'vitest';

const require = createRequire(import.meta.url);
/** The one with which clients of AWS are mocked. */
const sinon = createRequire(require.resolve('aws-sdk-client-mock'))('sinon') as { restore(): void };

// Where files share a process, packages stay loaded, which is most of what a file needs to begin. Our own modules are evaluated anew
// for each file, whose state nobody else sees and which read their settings at once.
vi.resetModules();

// Also what somebody put in its place so late that the end of its own file did not see it.
sinon.restore();

const variables = { ...process.env };

// What a file put in the place of something that others find too.
afterAll(() => {
  sinon.restore();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
  for (const name of Object.keys(process.env)) if (!(name in variables)) delete process.env[name];
  Object.assign(process.env, variables);
});
