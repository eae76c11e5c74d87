import type { TestModule } from 'vitest/node';

/** How a run of the tests went. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What is counted of a file of tests: its own state, and that of each test in it. */
export interface CountedFile {
  readonly state: string;
  readonly tests: readonly string[];
}

/** Counts tests; a file that failed without a failed test, and an error outside of all tests, is one failure each. */
export function tally(files: readonly CountedFile[], errors: number): Count {
  const tests = files.flatMap((file) => file.tests);
  const broken = files.filter(({ state, tests }) => state === 'failed' && !tests.includes('failed'));
  const passed = tests.filter((state) => state === 'passed').length;
  const failed = tests.filter((state) => state === 'failed').length;
  return { passed, failed: failed + broken.length + errors, skipped: tests.length - passed - failed };
}

/** The same from what vitest knows after a run. */
export function countOf(modules: readonly TestModule[], errors: readonly unknown[]): Count {
  const files = modules.map((module) => ({
    state: module.state(),
    tests: [...module.children.allTests()].map((test) => test.result().state),
  }));
  return tally(files, errors.length);
}

/** The last line of every run. */
export function said({ passed, failed, skipped }: Count): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
