import { expect, test } from 'vitest';
import { demoConfiguration } from '../../../infra/demo/configuration.ts';
import { demoRunbook } from '../../../infra/demo/runbook.ts';
import { runbookSchema, tryRunbook } from '../../../shared/runbooks/index.ts';

test('the runbook of the demo is good, passes its own tests, and is the one that a rule names', () => {
  const runbook = runbookSchema.parse(demoRunbook);
  expect(tryRunbook(runbook).flatMap(({ differences }) => differences)).toEqual([]);
  const named = demoConfiguration('a@example.com', '2026-11-02').rules.map(
    ({ actions }) => 'runbook' in actions && actions.runbook,
  );
  expect(named).toContain(runbook.id);
});
