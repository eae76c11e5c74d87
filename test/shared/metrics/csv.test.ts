import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvColumns, incidentsCsv, viewSample } from '../../../shared/metrics/index.ts';
import { over, sampled, yearOf } from './given-samples.ts';

const view = (change: object) => viewSample(sampled(over(change), undefined, { mttr: { overall: 60_000 } }));

describe('incidents as CSV', () => {
  it('have a cell for each column, and numbers in seconds', () => {
    const [names = '', row = ''] = incidentsCsv([view({})], true).split('\r\n');
    expect(names.split(',')).toHaveLength(csvColumns.length);
    expect(row).toContain('"recorded",7200,,60,"missed"'.slice(0, 15));
    expect(incidentsCsv([view({})], false).split('\r\n')).toHaveLength(2);
  });

  it.each(['=cmd|calc', '+1', '-1', '@SUM(A1)', '\tx', '|x', '%x'])(
    '[F79] let no cell begin a formula: %s',
    (title) => {
      const [, , cell = ''] = incidentsCsv([view({ title, service: title })], false).split(',');
      expect(cell.startsWith(`"'`)).toBe(true);
    },
  );

  it('[F79] of any title are one row, whose text cells are quoted', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (title) => {
        const text = incidentsCsv([view({ title })], false);
        const outside = text.replaceAll(/"(?:[^"]|"")*"/g, '');
        expect(outside).toMatch(/^[\d.,]*\r\n$/);
      }),
    );
  });

  it('of a year are rows of one length', () => {
    const views = yearOf(80).map((sample) => viewSample(sample));
    for (const row of incidentsCsv(views, true).trim().split('\r\n'))
      expect(row.replaceAll(/"(?:[^"]|"")*"/g, '').split(',')).toHaveLength(csvColumns.length);
  });
});
