import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aboutMessage, aboutRecord } from '../../../infra/operate/about.ts';

describe('what a dead letter was about', () => {
  it('is its kind and ids', () => {
    const message = {
      kind: 'deliver',
      org: 'org_1',
      incident: 'inc_2',
      generation: 1,
      step: 2,
      person: 'per_3',
      channel: 'email',
    };
    expect(aboutMessage(JSON.stringify(message))).toBe(
      'kind deliver, org org_1, incident inc_2, generation 1, step 2, person per_3, channel email',
    );
  });

  it('is never what a sender wrote', () => {
    const message = { kind: 'signals', org: 'org_1', signals: [{ title: 'SECRET' }, {}], title: 'SECRET' };
    expect(aboutMessage(JSON.stringify(message))).toBe('kind signals, org org_1, 2 signals');
  });

  it('is said also of what nobody can read', () => {
    expect(aboutMessage('no JSON at all')).toBe('no JSON, of 14 characters');
    expect(aboutMessage('{"some":"thing"}')).toBe('JSON that names nothing, of 16 characters');
    expect(aboutRecord({ eventID: '1' })).toBe('a record that names nothing');
  });

  it('reads a record of the stream in the form of DynamoDB', () => {
    const NewImage = {
      type: { S: 'incident.opened' },
      incidentId: { S: 'inc_2' },
      seq: { N: '7' },
      data: { M: {} },
    };
    expect(aboutRecord({ dynamodb: { NewImage } })).toBe('type incident.opened, incidentId inc_2, seq 7');
  });

  it('is one short line that does nothing to a terminal, whatever there is', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.record({ kind: fc.string(), org: fc.string() }).map((one) => JSON.stringify(one)),
        ),
        (text) => {
          const said = aboutMessage(text);
          expect(said).toMatch(/^[ -~]+$/);
          expect(said.length).toBeLessThan(1_500);
        },
      ),
    );
  });
});
