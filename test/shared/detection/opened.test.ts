import { describe, expect, it } from 'vitest';
import type { Signal } from '../../../shared/alerts/index.ts';
import { type Rule, ruleSchema } from '../../../shared/detection/index.ts';
import { DetectionMemory } from '../../support/detection-memory.ts';
import { epoch, post, signal } from '../../support/signals.ts';

const runbook = { href: 'https://wiki.example.com/down', text: 'Runbook' };
const source = { href: 'https://prometheus.example.com/graph', text: 'Source' };

/** The incident that one alert opens under one rule. */
function opened(more: Partial<Signal>, actions: Partial<Rule['actions']> = {}) {
  const memory = new DetectionMemory([ruleSchema.parse({ id: 'service', name: 'By service', actions })]);
  memory.receive([post(signal('api', 'firing', 0, more))], epoch);
  return [...memory.incidents.values()][0];
}

describe('an incident that an alert opens', () => {
  it('says what the alert said', () => {
    expect(opened({ description: 'api-4 is down\nNo answer' })).toMatchObject({
      title: 'api is failing',
      description: 'api-4 is down\nNo answer',
    });
  });
  it('has the runbook of its rule, else that of its alert, else none', () => {
    expect(opened({ links: [source, runbook] }, { runbook: 'Ask Ada' })).toMatchObject({
      runbook: 'Ask Ada',
    });
    expect(opened({ links: [source, runbook] })).toMatchObject({ runbook: runbook.href });
    expect(opened({ links: [source] })).not.toHaveProperty('runbook');
  });
});
