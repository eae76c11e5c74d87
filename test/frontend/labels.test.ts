import { describe, expect, test } from 'vitest';
import { labelsText, tellingLabels } from '../../frontend/incidents/labels.ts';

const disk = (pod: string, more: object = {}) => ({
  title: 'DiskFull',
  labels: { alertname: 'DiskFull', cluster: 'eu-1', pod, ...more },
});

describe('the labels shown of an alert', () => {
  test('are those that tell it from the others', () => {
    const alerts = [disk('a'), disk('b', { volume: 'data' })];
    expect(tellingLabels(alerts)).toEqual(['pod', 'volume']);
    expect(alerts.map((alert) => labelsText(alert, ['pod', 'volume']))).toEqual([
      'pod=a',
      'pod=b volume=data',
    ]);
  });

  test('are all but what repeats the title when it is alone, and never more than four', () => {
    expect(tellingLabels([disk('a')])).toEqual(['cluster', 'pod']);
    expect(tellingLabels([disk('a', { c: '1', d: '2', e: '3' })])).toEqual(['cluster', 'pod', 'c', 'd']);
    expect(tellingLabels([])).toEqual([]);
  });
});
