import { configDefaults, defineConfig } from 'vitest/config';

/** Tests that leave nothing behind in their process, so that the next ones need not load everything anew. */
const lasting = [
  'test/shared/**/*.test.ts',
  // Of operate, those that read the template: others of these load what makes it.
  'test/infra/{*,demo/*,operate/{pause,restore-steps}}.test.ts',
  'test/{support,costs}/**/*.test.ts',
  'test/simulation/{engine,named,sdk}/*.test.ts',
  'test/infra/local/{doors,iam,queues,schedule,streams,template}/*.test.ts',
];

/**
 * Tests that load our own modules anew for each file, and no package: to load the SDK or the driver of a browser takes longer than most
 * tests, and so does a process for a story. Projects run in the order of their names: beside the last of these, which may be long, come
 * those that last, which are short.
 */
const fresh = [
  'test/stories/**/*.test.ts',
  'test/{contract,bench-parts}/**/*.test.ts',
  // Post-mortems change how a package of theirs draws: twice would be once too often.
  'test/functions/{*,!(postmortems)/**/*}.test.ts',
  'test/infra/operate/!(pause|restore-steps).test.ts',
  'test/frontend/**/*.test.ts',
  'test/infra/local/{*,cli/*,engines/*,lambda/*,proxy/*,resources/*}.test.ts',
];

/** Generated inputs die young: with more room for them, fewer are copied because they were met alive. */
const roomy = ['--max-semi-space-size=64'];

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What is polled comes in milliseconds; on a busy machine it may take longer than the second that is usual.
    expect: { poll: { timeout: 10_000 } },
    // One more than the cores of the smallest machine: stories wait for processes, sockets and browsers a third of their time.
    maxWorkers: 3,
    css: { include: [/frontend\/status\//] },
    projects: [
      { extends: true, test: { name: 'lasting', isolate: false, execArgv: roomy, include: lasting } },
      {
        extends: true,
        test: {
          name: 'fresh',
          isolate: false,
          execArgv: roomy,
          include: fresh,
          setupFiles: 'test/support/own-modules.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, 'test/bench/**', ...lasting, ...fresh],
        },
      },
    ],
  },
});
