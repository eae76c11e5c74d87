import { expect, it } from 'vitest';
import { type Explanation, inPlainWords, integrationsIn } from '../../../shared/alerts/index.ts';

const hash = 'e3b5'.repeat(16);
const explanation: Explanation = {
  summary: `It is in INC-1: Over 50 new alerts of integration int_01AB; Rule 'x'; grouped by alert=${hash}.`,
  steps: [
    {
      ...{ about: 'grouping', basis: 'recomputed', text: 'Its group is integration=int_01CD: what fires.' },
      lines: [
        'severity="P1_CRITICAL": no, it saw "P3_MEDIUM".',
        `grouped by alert=${hash.slice(0, 40)}…`,
        'Silence sil_01 (new disks) fits.',
      ],
      data: { key: `alert=${hash}` },
    },
  ],
};

it('an explanation says names before ids, and no digests, and keeps its data', () => {
  expect(integrationsIn(explanation, 5)).toEqual(['int_01AB', 'int_01CD']);
  expect(integrationsIn(explanation, 1)).toEqual(['int_01AB']);
  const said = inPlainWords(explanation, new Map([['int_01AB', 'Prometheus, eu']]));
  expect(said.summary).toBe(
    "It is in INC-1: Over 50 new alerts of integration 'Prometheus, eu' (int_01AB); Rule 'x'; grouped by the alert itself.",
  );
  expect(said.steps[0]).toMatchObject({
    text: 'Its group is integration=int_01CD: what fires.',
    lines: [
      'severity="P1": no, it saw "P3".',
      'grouped by the alert itself',
      'Silence “new disks” (sil_01) fits.',
    ],
    data: { key: `alert=${hash}` },
  });
});

it('also of a comment with something in brackets; a label that is called alert stays as it is', () => {
  const plain = (text: string) => inPlainWords({ summary: text, steps: [] }, new Map()).summary;
  expect(plain('Silence sil_01 (disks (rack 3)) holds it back.')).toBe(
    'Silence “disks (rack 3)” (sil_01) holds it back.',
  );
  expect(plain('grouped by label:alert=deadbeefdeadbeef')).toBe('grouped by label:alert=deadbeefdeadbeef');
});
