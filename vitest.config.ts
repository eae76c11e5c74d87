import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'test/bench/**'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    env: {
      // Has the packaged Chromium bring its own libraries (libnss3 and others), which a bare machine lacks.
      AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x',
    },
  },
});
